/** What goes wrong at the local Bedrock, by the name that the report has for it. */

import { CUTS, type FaultKind } from '../../local/bedrock/index.ts';

/**
 * How long the clients wait for an answer of Bedrock to begin, and for the table, in milliseconds, where an invocation
 * has so long: what is later is a time-out.
 */
export const patienceOf = (deadlineMs: number): number => Math.ceil(deadlineMs / 4);

const error = (type: string, more: object = {}): FaultKind => ({ kind: 'error', type, ...more });
const within = (type: string): FaultKind => ({ kind: 'mid-stream-exception', type });

/** Every fault by name, where an invocation has so many milliseconds. */
export const faultsOf = (deadlineMs: number): Readonly<Record<string, FaultKind>> => ({
  throttled: error('ThrottlingException'),
  'throttled, come again in 100 ms': error('ThrottlingException', { retryAfterMs: 100 }),
  'throttled, come again in 60 s': error('ThrottlingException', { retryAfterSeconds: 60 }),
  'model not ready': error('ModelNotReadyException'),
  '503 unavailable': error('ServiceUnavailableException'),
  '500 internal error': error('InternalServerException'),
  '500 nobody knows what': error('NobodyKnowsWhatException', { status: 500 }),
  '424 model error': error('ModelErrorException'),
  '408 model time-out': error('ModelTimeoutException'),
  '403 denied': error('AccessDeniedException'),
  'late answer': { kind: 'delay', ms: 100 },
  'answer later than the time-out': { kind: 'delay', ms: 2 * patienceOf(deadlineMs) },
  'no answer': { kind: 'hang' },
  'no answer, the model ran': { kind: 'hang', after: 0 },
  'no end of the stream': { kind: 'hang', after: 3 },
  'connection reset': { kind: 'connection-reset' },
  'malformed JSON': { kind: 'malformed-json' },
  'throttled in the stream': within('ThrottlingException'),
  'model error in the stream': within('ModelStreamErrorException'),
  'internal error in the stream': within('InternalServerException'),
  'nobody knows what in the stream': within('NobodyKnowsWhatException'),
  'slow stream': { kind: 'slow-stream', ms: 15 },
  'stream slower than the deadline': { kind: 'slow-stream', ms: deadlineMs / 5 },
  ...Object.fromEntries(CUTS.map((cut): [string, FaultKind] => [`cut: ${cut}`, { kind: 'cut', cut }])),
});

/** Names of all faults. */
export const FAULT_NAMES: readonly string[] = Object.keys(faultsOf(0));

/** Where a whole model is gone for everybody: the name of its fault. */
export const OUTAGE = '503 unavailable';
