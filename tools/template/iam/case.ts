/** What a case asks of the policies of a template, and what they must answer. */

import type { Promises, View } from '../rules/rule.ts';
import type { Decision } from './evaluate.ts';
import type { RequestContext } from './wildcard.ts';
import type { World } from './world.ts';

/** Roles of the functions. */
export type RoleName = 'ChatRole' | 'ChatStreamRole' | 'AgentRole' | 'UsageRole';

/** Roles whose functions answer in one piece, those that call the model, and all. */
export const WHOLE: readonly RoleName[] = ['ChatRole', 'AgentRole'];
export const MODEL: readonly RoleName[] = [...WHOLE, 'ChatStreamRole'];
export const ALL: readonly RoleName[] = [...MODEL, 'UsageRole'];

/** Changes to what AWS says of an ordinary request; `undefined` leaves a key out. */
export type ContextChanges = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A question. */
export interface AccessCase {
  /** What somebody tries, and why it must be like that. */
  readonly name: string;
  /** Who asks: roles of functions, a service, or a role of the account that may do everything. */
  readonly who: readonly RoleName[] | { readonly service: string } | 'administrator';
  readonly action: string;
  readonly resource: (world: World) => string;
  readonly context?: (world: World, role: string) => ContextChanges;
  /**
   * `deny` where a statement denies it, whatever else somebody attaches to the role; `none` where nothing allows it;
   * `refused` for either.
   */
  readonly expect: Decision | 'refused';
  /** Only where the deployment is like that. */
  readonly when?: (promises: Promises, view: View) => boolean;
  /** Resource of the template whose policy is on the way, too. */
  readonly policyOf?: string;
}

/** What a case asks with: the changes over what is ordinary. */
export const changed = (context: RequestContext, changes: ContextChanges): RequestContext =>
  Object.fromEntries(
    Object.entries({ ...context, ...changes }).filter(
      (entry): entry is [string, string | readonly string[]] => entry[1] !== undefined,
    ),
  );
