/** What becomes of an address: the policy. */

import type { HostList } from './host-list.ts';
import type { Target } from './target.ts';
import type { ExfiltrationAction, ExfiltrationKind } from './types.ts';

/** The policy, checked. */
export interface ExfiltrationPolicy {
  readonly hosts: HostList;
  readonly actions: Readonly<Record<ExfiltrationKind, ExfiltrationAction>>;
  readonly dataToListedHosts: boolean;
}

/** What is done about something found. */
export interface Verdict {
  readonly kind: ExfiltrationKind;
  readonly action: Exclude<ExfiltrationAction, 'allow'>;
}

const STRICTNESS: readonly ExfiltrationAction[] = ['allow', 'defang', 'strip', 'block'];

/** What is done about a kind, if anything. */
export const verdictOn = ({ actions }: ExfiltrationPolicy, kind: ExfiltrationKind): Verdict | undefined => {
  const action = actions[kind];
  return action === 'allow' ? undefined : { kind, action };
};

/** What is done about an address, if anything: the stricter of what its kind and its data call for. */
export const verdictOf = (
  policy: ExfiltrationPolicy,
  kind: ExfiltrationKind,
  { place, data }: Target,
): Verdict | undefined => {
  if (place === 'own') return undefined;
  const forData = data ? verdictOn(policy, 'data') : undefined;
  if (place === 'listed') return policy.dataToListedHosts ? forData : undefined;
  const forKind = verdictOn(policy, kind);
  if (forData === undefined || forKind === undefined) return forKind ?? forData;
  return STRICTNESS.indexOf(forData.action) > STRICTNESS.indexOf(forKind.action) ? forData : forKind;
};
