/** What one ordinary request uses: what the bill of a million of them rests on. */

import { ORDINARY, TABLE_USE } from '../../core/alarms/index.ts';

/** Bytes that a request leaves in logs. `npm run cost -- --measure` measures them on the local stack. */
export interface LogBytes {
  /** Metrics, in CloudWatch's embedded metric format. */
  readonly metrics: number;
  /** Its audit record. */
  readonly audit: number;
  /** Whatever else the functions print. */
  readonly other: number;
}

/** As measured, rounded up to fifty. */
export const LOG_BYTES: LogBytes = { metrics: 1500, audit: 1550, other: 50 };

/** Lambda's own lines for a request (START, END, REPORT) and the line of the access log, with 26 bytes for each event. */
export const PLATFORM_LOG_BYTES = { lambda: 400, gateway: 650 } as const;

const CHARACTERS_PER_TOKEN = 4;
const CHARACTERS_PER_TEXT_UNIT = 1000;

/** Of the tokens of a request, so many are read; the others are written. */
const INPUT_SHARE = 0.8;

/** Tokens of a request. */
export const TOKENS = {
  input: ORDINARY.tokensPerRequest * INPUT_SHARE,
  output: ORDINARY.tokensPerRequest * (1 - INPUT_SHARE),
} as const;

const textUnits = (tokens: number): number => Math.ceil((tokens * CHARACTERS_PER_TOKEN) / CHARACTERS_PER_TEXT_UNIT);

/** What a request uses besides. */
export const REQUEST = {
  /** One principal, which is what the default budgets count for. */
  writeUnits: TABLE_USE.writesPerPrincipal,
  readUnits: TABLE_USE.readsPerPrincipal,
  /** Seconds that the function runs, nearly all of them waiting for the model. */
  seconds: 2,
  /** Text units that a guardrail reads of the prompt and of the reply. */
  promptUnits: textUnits(TOKENS.input),
  replyUnits: textUnits(TOKENS.output),
} as const;

/** Requests of the bill. */
export const REQUESTS = 1_000_000;
