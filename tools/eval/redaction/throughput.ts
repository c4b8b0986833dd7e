/** How fast a text is redacted, and how many times as long that takes as merely looking at each unit of it. */

import type { Redactor } from '../../../core/redaction/index.ts';

/** Speed on one text. */
export interface Throughput {
  /** Of the set of entities, and what the text is. */
  readonly set: string;
  readonly kind: string;
  /** Size of the text in UTF-8. */
  readonly bytes: number;
  /** MB (10⁶ bytes) of UTF-8 a second; the best of several rounds, as others use the machine too. */
  readonly megabytesPerSecond: number;
  /** Times as long as a loop that looks at each unit once, in the same rounds. */
  readonly timesPlainScan: number;
}

/** Rounds that count, after those for the compiler. */
const ROUNDS = 7;
const WARM_UP = 3;

/** Milliseconds after which no further round begins. */
const PATIENCE = 1500;

/** Looks at each unit, as any reader must. */
const plainScan = (text: string): number => {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (sum + text.charCodeAt(index)) | 0;
  return sum;
};

/** Results that are used: nothing may be left out for want of a reader. */
let used = 0;

const timed = (clock: () => number, run: () => number): number => {
  const before = clock();
  used = (used + run()) | 0;
  return clock() - before;
};

/** Measures one set on one text. */
export const measureThroughput = (
  set: { readonly name: string; readonly redactor: Pick<Redactor, 'redact'> },
  kind: string,
  text: string,
  clock: () => number,
): Throughput => {
  const bytes = Buffer.byteLength(text);
  let [redacting, scanning] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const until = clock() + PATIENCE;
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [own, plain] = [
      timed(clock, () => set.redactor.redact(text).text.length),
      timed(clock, () => plainScan(text)),
    ];
    const late = clock() > until;
    if (round >= 0 || late) {
      redacting = Math.min(redacting, own);
      scanning = Math.min(scanning, plain);
    }
    if (late) break;
  }
  return {
    set: set.name,
    kind,
    bytes,
    megabytesPerSecond: bytes / 1000 / redacting,
    timesPlainScan: redacting / scanning,
  };
};
