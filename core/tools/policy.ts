/** What a policy says of tools: names alone, or rules for each. */

import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Caller } from '../caller.ts';
import { hostPattern } from '../exfiltration/host-list.ts';
import { callable, integer, listOf, type OptionCheck, object, oneOf } from '../options.ts';

/** What a call of a tool does: it looks something up, changes something, or does what nobody can undo. */
export type ToolEffect = 'read' | 'write' | 'irreversible';

/** Rules of one tool. See `docs/tools.md`. */
export interface ToolRules {
  /**
   * Schema of the arguments (Standard Schema; it may be asynchronous). Arguments reach the handler as the model gave
   * them: a call is refused where the schema finds an issue, and where what it gives back is another value (a default
   * filled in, an unknown key left out, a text made a number). @default any JSON object
   */
  readonly input?: StandardSchemaV1;
  /** Who may have it called. @default everybody that the handler offers it for */
  readonly callers?: (caller: Caller) => boolean;
  /** Most calls in one request. @default 10 */
  readonly maxCalls?: number;
  /**
   * What a call does. An irreversible one waits for an approval.
   * @default 'irreversible': what is not described is taken for the worst
   */
  readonly effect?: ToolEffect;
  /** Hosts that addresses in arguments may name; `*.example.org` for subdomains. @default none */
  readonly hosts?: readonly string[];
  /** SHA-256 of the definition as `toolDigest` gives it; a definition with another one is refused. @default not pinned */
  readonly digest?: string;
  /** Most UTF-16 units of one result that is sent to the model. @default 100_000 */
  readonly maxResultUnits?: number;
  /**
   * Arguments of `write` tools that hold text of tool results, documents and replayed turns: they wait for an approval, or
   * pass. Those of `irreversible` tools wait for one whatever they hold. @default 'approve'
   */
  readonly fromData?: 'approve' | 'allow';
}

/** Tools that may be offered and called: their names, or the rules of each by its name. */
export type ToolPolicy = readonly string[] | Readonly<Record<string, ToolRules>>;

/** Rules with nothing left open. */
export interface SettledToolRules extends ToolRules {
  readonly maxCalls: number;
  readonly effect: ToolEffect;
  readonly hosts: readonly string[];
  readonly maxResultUnits: number;
  readonly fromData: 'approve' | 'allow';
}

/** Rules of a tool of which nothing is said. */
export const DEFAULT_TOOL_RULES: SettledToolRules = {
  maxCalls: 10,
  effect: 'irreversible',
  hosts: [],
  maxResultUnits: 100_000,
  fromData: 'approve',
};

const DIGEST = /^[0-9a-f]{64}$/;

const schema: OptionCheck = (value) => {
  const standard = (value as { '~standard'?: { validate?: unknown } } | null)?.['~standard'];
  return callable(standard?.validate) === undefined ? undefined : 'a Standard Schema';
};

const digest: OptionCheck = (value) =>
  typeof value === 'string' && DIGEST.test(value) ? undefined : 'a SHA-256 digest in 64 lower-case hex digits';

const RULE_CHECKS: Readonly<Record<keyof ToolRules, OptionCheck>> = {
  input: schema,
  callers: callable,
  maxCalls: integer(1),
  effect: oneOf('read', 'write', 'irreversible'),
  hosts: listOf(hostPattern),
  digest,
  maxResultUnits: integer(1),
  fromData: oneOf('approve', 'allow'),
};

/** Names of tools. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html */
const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** What is wrong with the rules of a tool; nothing where they are fine. */
const wrongIn = (rules: unknown): string | undefined => {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) return 'be an object';
  for (const [option, value] of Object.entries(rules)) {
    const check = Object.hasOwn(RULE_CHECKS, option) ? RULE_CHECKS[option as keyof ToolRules] : undefined;
    if (check === undefined) return `not have the unknown option ${option}`;
    const expected = value === undefined ? undefined : check(value);
    if (expected !== undefined) return `have as ${option} ${expected}`;
  }
  return undefined;
};

/** How a {@link ToolPolicy} is checked. */
export const toolPolicy: OptionCheck = (value) => {
  if (Array.isArray(value))
    return value.every((name) => typeof name === 'string' && name !== '') ? undefined : 'an array of names of tools';
  if (object(value) !== undefined || typeof value === 'function') return 'names of tools, or rules by name';
  for (const [name, rules] of Object.entries(value as object)) {
    if (!NAME.test(name)) return 'rules by name, each of at most 64 letters, digits, _ and -';
    const wrong = wrongIn(rules);
    if (wrong !== undefined) return `rules by name: those of ${name} must ${wrong}`;
  }
  return undefined;
};

const isList = (policy: ToolPolicy): policy is readonly string[] => Array.isArray(policy);

/** Whether a policy has rules for each tool, and not names alone: only then calls are checked beyond their names. */
export const hasToolRules = (policy: ToolPolicy | undefined): policy is Readonly<Record<string, ToolRules>> =>
  policy !== undefined && !isList(policy);

/** Whether a policy admits a tool of this name. `undefined` admits any. */
export const admitsTool = (policy: ToolPolicy | undefined, name: string): boolean =>
  policy === undefined || (isList(policy) ? policy.includes(name) : Object.hasOwn(policy, name));

/** The rules of a tool; `undefined` where the policy has none: it is a list, or it does not name the tool. */
export const toolRulesOf = (policy: ToolPolicy | undefined, name: string): SettledToolRules | undefined => {
  if (!hasToolRules(policy) || !Object.hasOwn(policy, name)) return undefined;
  const given = Object.entries(policy[name] ?? {}).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_TOOL_RULES, ...Object.fromEntries(given) };
};
