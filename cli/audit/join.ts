/** Audit records and Bedrock's own log of calls, side by side. Counts and ids only, in bounded memory. */

import type { AuditEntry } from '../logs/audit-entry.ts';
import { billedTokens, type InvocationEntry } from '../logs/invocation-entry.ts';

/** A request, as its records and its calls have it. */
export interface Reconciled {
  readonly requestId: string;
  /** Calls to models, and attempts of them, by the records. */
  readonly calls: number;
  readonly attempts: number;
  readonly chargedTokens: number;
  readonly chargedUsd: number;
  /** Whether something was charged by a bound, since Bedrock did not say what was used. */
  readonly atBound: boolean;
  /** Calls in Bedrock's log. */
  readonly invocations: number;
  readonly billedTokens: number;
  readonly billedUsd: number;
}

/** Calls of one caller that no record knows. */
export interface Unrecorded {
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
}

/** One reading of all files, for a part of the requests. */
export interface JoinPass {
  /** @returns Whether there was room for it. */
  record(entry: AuditEntry): boolean;
  invocation(entry: InvocationEntry): void;
  requests(): Iterable<Reconciled>;
  /** Calls of this part that no record knows, by who called. */
  readonly unrecorded: ReadonlyMap<string, Unrecorded>;
}

/** Requests that one reading keeps. */
export const MAX_REQUESTS = 200_000;
/** Calls that no record knows which are told apart: a log that is given twice counts once. */
const MAX_UNRECORDED = 400_000;
/** Bedrock's ids that one reading keeps for each request that it does. */
const IDS_A_REQUEST = 10;
/** Bedrock's ids of one request that are told apart, and callers. */
const MAX_IDS = 200;
const MAX_CALLERS = 1000;

/** Stands for callers beyond those that are told apart, and for those that a log does not name. */
export const OTHERS = 'others';

type Mutable = { -readonly [Name in keyof Reconciled]: Reconciled[Name] } & {
  readonly recordIds: Set<string>;
  readonly upstreamIds: Set<string>;
};

/** FNV-1a: which part of the requests an id belongs to. */
const partOf = (id: string, parts: number): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % parts;
};

/**
 * A reading for part number `part` of so many. Records are read before calls. Calls that name no request belong to the
 * part of their own id, unless a record of another one knows it: {@link JoinPass.unrecorded} of that part takes them back.
 */
export const createJoinPass = (
  part: number,
  parts: number,
  usdOf: (entry: InvocationEntry) => number,
  room: number = MAX_REQUESTS,
): JoinPass => {
  const byId = new Map<string, Mutable>();
  const byUpstreamId = new Map<string, Mutable>();
  const unrecorded = new Map<string, Unrecorded>();
  /** Bedrock's ids of what `unrecorded` has counted. */
  const counted = new Set<string>();

  const requestOf = (requestId: string): Mutable | undefined => {
    const known = byId.get(requestId);
    if (known !== undefined) return known;
    if (byId.size >= room) return undefined;
    const request: Mutable = {
      requestId,
      calls: 0,
      attempts: 0,
      chargedTokens: 0,
      chargedUsd: 0,
      atBound: false,
      invocations: 0,
      billedTokens: 0,
      billedUsd: 0,
      recordIds: new Set(),
      upstreamIds: new Set(),
    };
    byId.set(requestId, request);
    return request;
  };

  const addUnrecorded = (entry: InvocationEntry, sign: 1 | -1): void => {
    const { requestId } = entry;
    if (requestId !== undefined && counted.has(requestId)) return;
    if (requestId !== undefined && counted.size < MAX_UNRECORDED) counted.add(requestId);
    const arn = entry.arn ?? OTHERS;
    const caller = unrecorded.has(arn) || unrecorded.size < MAX_CALLERS ? arn : OTHERS;
    const { calls, tokens, usd } = unrecorded.get(caller) ?? { calls: 0, tokens: 0, usd: 0 };
    unrecorded.set(caller, {
      calls: calls + sign,
      tokens: tokens + sign * billedTokens(entry),
      usd: usd + sign * usdOf(entry),
    });
  };

  const bill = (request: Mutable, entry: InvocationEntry): void => {
    // The same log may have been given twice, from S3 and from CloudWatch.
    const { requestId } = entry;
    if (requestId !== undefined && request.upstreamIds.has(requestId)) return;
    if (requestId !== undefined && request.upstreamIds.size < MAX_IDS) request.upstreamIds.add(requestId);
    request.invocations += 1;
    request.billedTokens += billedTokens(entry);
    request.billedUsd += usdOf(entry);
  };

  return {
    record({ requestId, details }) {
      if (requestId === undefined || partOf(requestId, parts) !== part) return true;
      const request = requestOf(requestId);
      if (request === undefined || byUpstreamId.size >= room * IDS_A_REQUEST) return false;
      const { recordId } = details;
      if (recordId !== undefined && request.recordIds.has(recordId)) return true;
      if (recordId !== undefined && request.recordIds.size < MAX_IDS) request.recordIds.add(recordId);
      request.calls += details.modelCalls;
      request.attempts += details.attempts;
      request.chargedTokens += details.tokens.total;
      request.chargedUsd += details.usd ?? 0;
      request.atBound ||= details.calls.some(({ basis }) => basis === 'bound');
      for (const id of details.calls.flatMap(({ requestIds }) => requestIds)) byUpstreamId.set(id, request);
      return true;
    },
    invocation(entry) {
      const { bulwarkId, requestId = '' } = entry;
      const own = byUpstreamId.get(requestId) ?? (bulwarkId === undefined ? undefined : byId.get(bulwarkId));
      const isMine = partOf(bulwarkId ?? requestId, parts) === part;
      if (own !== undefined) {
        bill(own, entry);
        // Without a name it is counted as unknown with the part of its own id.
        if (bulwarkId === undefined && !isMine) addUnrecorded(entry, -1);
      } else if (isMine) addUnrecorded(entry, 1);
    },
    requests: () => byId.values(),
    unrecorded,
  };
};
