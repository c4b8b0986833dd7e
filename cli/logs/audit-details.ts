/** What an audit record says of one request beyond what a report counts: who, how it ended, what it cost. */

import {
  amountOf,
  countOf,
  DIGEST,
  type Fields,
  fieldOf,
  fieldsOf,
  listOf,
  MODEL,
  REQUEST_ID,
  shaped,
  UPSTREAM_ID,
  WORD,
} from './fields.ts';

/** A call to a model. */
export interface CallDetails {
  readonly model: string | undefined;
  /** Bedrock's own ids of its attempts. */
  readonly requestIds: readonly string[];
  readonly attempts: number;
  readonly basis: 'usage' | 'bound' | 'free';
  readonly chargedTokens: number;
}

/** The details of a record; of versions before 4 what they have. */
export interface AuditDetails {
  readonly version: number;
  /** Of this record alone. */
  readonly recordId: string | undefined;
  /** Ids of the front door and of the trace. */
  readonly otherIds: readonly string[];
  readonly source: string | undefined;
  readonly identity: string | undefined;
  /** Keyed digests by kind. */
  readonly principals: readonly (readonly [kind: string, digest: string])[];
  readonly model: string | undefined;
  readonly status: number | undefined;
  readonly outcome: string | undefined;
  /** What each control made of it, in order. */
  readonly controls: readonly (readonly [control: string, outcome: string])[];
  readonly dataLevel: string | undefined;
  readonly tokens: Readonly<Record<'input' | 'output' | 'cacheRead' | 'cacheWrite' | 'total', number>>;
  /** `undefined` where records do not say. */
  readonly usd: number | undefined;
  readonly modelCalls: number;
  readonly attempts: number;
  readonly calls: readonly CallDetails[];
  readonly latencyMs: number | undefined;
  /** Keyed digests of texts, of either direction. */
  readonly contentDigests: readonly string[];
}

const GATEWAY_ID = /^[\w-]{15}=$|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i; // JKJaXmPLvHcESHA=
const TRACE = /^1-[\da-f]{8}-[\da-f]{24}$/i; // 1-5759e988-bd862e3fe1be46a994272793
const KINDS: ReadonlySet<string> = new Set(['user', 'apiKey', 'ip', 'tenant', 'session']);

/** Most of what one record may hold. */
const MAX_CALLS = 60;
const MAX_IDS = 10;
const MAX_CONTROLS = 40;
const MAX_DIGESTS = 64;

const BASES = ['usage', 'bound', 'free'] as const;

const callOf = (value: unknown): CallDetails => {
  const fields = fieldsOf(value);
  const ids = listOf(fieldOf(fields, 'requestIds'), MAX_IDS).map((id) => shaped(id, UPSTREAM_ID));
  return {
    model: shaped(fieldOf(fields, 'model'), MODEL),
    requestIds: ids.filter((id) => id !== undefined),
    attempts: countOf(fieldOf(fields, 'attempts')),
    basis: BASES.find((basis) => basis === fieldOf(fields, 'basis')) ?? 'bound',
    chargedTokens: countOf(fieldOf(fields, 'chargedTokens')),
  };
};

const pairsOf = (
  value: unknown,
  most: number,
  shapes: readonly [RegExp, RegExp],
): readonly (readonly [string, string])[] =>
  Object.entries(fieldsOf(value))
    .slice(0, most)
    .flatMap(([name, item]) => {
      const [first, second] = [shaped(name, shapes[0]), shaped(item, shapes[1])];
      return first === undefined || second === undefined ? [] : [[first, second] as const];
    });

const digestsOf = (content: Fields): readonly string[] =>
  [...listOf(fieldOf(content, 'in'), MAX_DIGESTS), ...listOf(fieldOf(content, 'out'), MAX_DIGESTS)]
    .map((item) => shaped(fieldOf(fieldsOf(item), 'digest'), DIGEST))
    .filter((digest) => digest !== undefined);

/** The details of a record. */
export const detailsOf = (fields: Fields): AuditDetails => {
  const gateway = fieldsOf(fieldOf(fields, 'gateway'));
  const tokens = fieldsOf(fieldOf(fields, 'tokens'));
  const tokensOf = (name: string): number => countOf(fieldOf(tokens, name));
  const modelCalls = countOf(fieldOf(fields, 'modelCalls'));
  const usd = fieldOf(fields, 'usd');
  const latency = fieldOf(fieldsOf(fieldOf(fields, 'latencyMs')), 'total');
  return {
    version: countOf(fieldOf(fields, 'audit')),
    recordId: shaped(fieldOf(fields, 'recordId'), REQUEST_ID),
    otherIds: [
      shaped(fieldOf(gateway, 'requestId'), GATEWAY_ID),
      shaped(fieldOf(gateway, 'extendedRequestId'), GATEWAY_ID),
      shaped(fieldOf(fields, 'traceRoot'), TRACE),
    ].filter((id) => id !== undefined),
    source: shaped(fieldOf(fields, 'source'), WORD),
    identity: shaped(fieldOf(fields, 'identity'), WORD),
    principals: pairsOf(fieldOf(fields, 'principals'), 10, [WORD, DIGEST]).filter(([kind]) => KINDS.has(kind)),
    model: shaped(fieldOf(fields, 'model'), MODEL),
    status: countOf(fieldOf(fields, 'status')) || undefined,
    outcome: shaped(fieldOf(fields, 'outcome'), WORD),
    controls: pairsOf(fieldOf(fields, 'controls'), MAX_CONTROLS, [WORD, WORD]),
    dataLevel: shaped(fieldOf(fieldsOf(fieldOf(fields, 'dataClass')), 'level'), WORD),
    tokens: {
      input: tokensOf('input'),
      output: tokensOf('output'),
      cacheRead: tokensOf('cacheRead'),
      cacheWrite: tokensOf('cacheWrite'),
      total: tokensOf('total'),
    },
    usd: typeof usd === 'number' ? amountOf(usd) : undefined,
    modelCalls,
    attempts: Math.max(modelCalls, countOf(fieldOf(fields, 'attempts'))),
    calls: listOf(fieldOf(fields, 'calls'), MAX_CALLS).map(callOf),
    latencyMs: latency === undefined ? undefined : countOf(latency),
    contentDigests: digestsOf(fieldsOf(fieldOf(fields, 'content'))),
  };
};
