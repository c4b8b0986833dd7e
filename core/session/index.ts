/** Session ids that this service issues: a client can carry one, not make one or use another caller's. */

import { type Macs, seal, unseal } from '../mac.ts';

const PREFIX = 's1';

/** Issues a session token for `id`, bound to `owner` (the caller's identity). */
export const issueSession = (mac: Macs, id: string, owner: string): string => seal(mac, PREFIX, [id], owner);

/** The session id in a token that was issued to `owner`, or `undefined` for any other text. */
export const openSession = (mac: Macs, token: string, owner: string): string | undefined =>
  unseal(mac, PREFIX, token, owner)?.[0];
