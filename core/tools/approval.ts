/** Approval of a tool call: a token that fits one caller, one tool, its very arguments and a short time, and works once. */

import { type Macs, seal, unseal } from '../mac.ts';

const PREFIX = 'a1';

/** How long a token works, in milliseconds. */
export const APPROVAL_MS = 300_000;

/** What an approval is bound to besides its expiry. */
export interface ApprovalSubject {
  /** The caller's identity, or empty for an anonymous one. */
  readonly owner: string;
  /** The caller's tenant, or empty for none. */
  readonly tenant: string;
  readonly tool: string;
  /** SHA-256 of the arguments as `canonicalJson` writes them. */
  readonly argumentsDigest: string;
}

/** What a client shows to whoever approves, and sends back. */
export interface ToolApproval {
  readonly tool: string;
  /** The arguments as JSON, fields sorted, what does not show escaped, private values replaced. To be shown as text. */
  readonly arguments: string;
  readonly token: string;
  /** ISO 8601 */
  readonly expiresAt: string;
}

/** A token that was good: its id is to be used up, and no longer known after `expiresAt`. */
export interface ApprovalUse {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** As JSON, so that no text of one part can pass for the border to the next. */
const contextOf = ({ owner, tenant, tool, argumentsDigest }: ApprovalSubject): string =>
  JSON.stringify([owner, tenant, tool, argumentsDigest]);

/** The token of an approval. `nonce` makes it unlike any other one. */
export const sealApproval = (mac: Macs, subject: ApprovalSubject, nonce: string, expiresAt: number): string =>
  seal(mac, PREFIX, [nonce, expiresAt.toString(36)], contextOf(subject));

/** What a token allows at `now`, or `undefined` when it is forged, expired or made for another call. */
export const openApproval = (
  mac: Macs,
  token: string,
  subject: ApprovalSubject,
  now: number,
): ApprovalUse | undefined => {
  const [id, expiry] = unseal(mac, PREFIX, token, contextOf(subject)) ?? [];
  if (id === undefined || expiry === undefined) return undefined;
  const expiresAt = Number.parseInt(expiry, 36);
  return expiresAt > now ? { id, expiresAt } : undefined;
};
