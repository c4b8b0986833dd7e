/** Who asks: what an event proves about its sender, and who of that pays. */

import type { Principal, PrincipalKind } from './quota/types.ts';

/** What the event's source vouches for. Nothing here comes from a header or a body that the client controls. */
export interface Caller {
  /** Subject of a verified token, or an IAM ARN. */
  readonly user?: string;
  /** Id (not the secret) of an API Gateway key. */
  readonly apiKey?: string;
  /** IPv4 address, or the /64 prefix of an IPv6 address. */
  readonly ip?: string;
  /** Tenant claim of a verified token. */
  readonly tenant?: string;
  /** Session id that this service issued to this caller, or a claim. */
  readonly session?: string;
}

/** The kinds that can stand for a caller, the most telling first. */
const IDENTITIES = ['user', 'apiKey', 'ip'] as const satisfies readonly PrincipalKind[];

/** The one principal that stands for the caller: the user, else the API key, else the address. */
export const identityOf = (caller: Caller): Principal | undefined => {
  for (const kind of IDENTITIES) {
    const id = caller[kind];
    if (id !== undefined) return { kind, id };
  }
  return undefined;
};

/** Everybody whom a request of `caller` could be charged to. A ledger writes only for those that a budget counts for. */
export const principalsOf = (caller: Caller): readonly Principal[] => {
  const { session, user, apiKey, ip, tenant } = caller;
  const proved = Object.entries({ session, user, apiKey, ip, tenant }) as [keyof Caller, string | undefined][];
  return [
    ...proved.flatMap(([kind, id]) => (id === undefined ? [] : [{ kind, id }])),
    { kind: 'account', id: 'account' },
  ];
};
