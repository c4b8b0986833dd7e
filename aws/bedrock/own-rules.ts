/** Clients that are guarded, and the rules that each was given. */

import type { ClientRules } from './client-rules.ts';

const rulesByClient = new WeakMap<object, ClientRules>();

/** Notes a client as guarded: a second guard would screen, count and charge every call twice. */
export const noteGuarded = (client: object, rules: ClientRules): void => {
  rulesByClient.set(client, rules);
};

/** Rules that a guarded client was given; `undefined` for one that is not guarded. */
export const ownRulesOf = (client: object): ClientRules | undefined => rulesByClient.get(client);
