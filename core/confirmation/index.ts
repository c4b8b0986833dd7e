/** Confirmation of large requests: a token that fits one caller, one body and a short time, and works once. */

import { type Macs, seal, unseal } from '../mac.ts';

const PREFIX = 'c1';

/** What a confirmation is bound to besides its expiry. */
export interface ConfirmationSubject {
  /** The caller's identity, or empty for an anonymous one. */
  readonly owner: string;
  /** The body as it will be answered, serialised. */
  readonly body: string;
}

/** A token that the client sends back, and when it stops to work. */
export interface Confirmation {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** A token that was good: its id is to be used up, and no longer known after `expiresAt`. */
export interface ConfirmationUse {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** As JSON, so that no text of one part can pass for the border to the other. */
const contextOf = ({ owner, body }: ConfirmationSubject): string => JSON.stringify([owner, body]);

/** Makes a confirmation for `subject`. `nonce` makes it unlike any other one. */
export const issueConfirmation = (
  mac: Macs,
  subject: ConfirmationSubject,
  nonce: string,
  expiresAt: number,
): Confirmation => ({ token: seal(mac, PREFIX, [nonce, expiresAt.toString(36)], contextOf(subject)), expiresAt });

/** What a token allows at `now`, or `undefined` when it is forged, expired or made for another subject. */
export const openConfirmation = (
  mac: Macs,
  token: string,
  subject: ConfirmationSubject,
  now: number,
): ConfirmationUse | undefined => {
  const [nonce, expiry] = unseal(mac, PREFIX, token, contextOf(subject)) ?? [];
  if (nonce === undefined || expiry === undefined) return undefined;
  const expiresAt = Number.parseInt(expiry, 36);
  return expiresAt > now ? { id: nonce, expiresAt } : undefined;
};
