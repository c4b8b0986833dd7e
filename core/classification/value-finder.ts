/** Private values of many texts at once: a call has thousands of short ones, and each run of the redactor has its cost. */

import { CONTEXT, type Finding, type Redactor } from '../redaction/index.ts';

/** A text, or the value of a JSON field. */
export interface FieldText {
  readonly text: string;
  /** The name of the field: it says what a number is (`ssn`), and what a word is (`classification`). @default none */
  readonly field?: string | undefined;
}

/** Longest text that is read together with others, in UTF-16 units. */
const SHORT = 200;

/** Most that is read together, in UTF-16 units. */
const BATCH = 100_000;

/** No context reaches from one text into the next. */
const APART = '\n'.repeat(CONTEXT + 1);

/** A text as it is read: behind the name of its field. */
interface Read {
  readonly index: number;
  readonly text: string;
  /** Where the text itself begins in what is read. */
  readonly offset: number;
}

/** What could go on into the next text is read by itself: a key has an end of its own. */
const isShort = ({ text }: Read): boolean => text.length <= SHORT && !text.includes('-----');

const batchesOf = (reads: readonly Read[]): readonly (readonly Read[])[] => {
  const batches: Read[][] = [];
  let batch: Read[] = [];
  let length = 0;
  for (const read of reads) {
    if (!isShort(read)) {
      batches.push([read]);
      continue;
    }
    if (length > BATCH) [batch, length] = [[], 0];
    if (batch.length === 0) batches.push(batch);
    batch.push(read);
    length += read.text.length + APART.length;
  }
  return batches;
};

/** Finds the values of each text, by offsets in it. */
export const valueFinder =
  (redactor: Pick<Redactor, 'detect'>) =>
  (texts: readonly FieldText[]): readonly (readonly Finding[])[] => {
    const found: Finding[][] = texts.map(() => []);
    const reads = texts.map(({ text, field }, index): Read => {
      const before = field === undefined ? '' : `${field}: `;
      return { index, text: before + text, offset: before.length };
    });
    for (const batch of batchesOf(reads)) {
      const findings = redactor.detect(batch.map(({ text }) => text).join(APART));
      let next = 0;
      let from = 0;
      for (const { index, text, offset } of batch) {
        const [begin, end] = [from + offset, from + text.length];
        for (let finding = findings[next]; finding !== undefined && finding.start < end; finding = findings[next]) {
          if (finding.end > begin)
            found[index]?.push({
              ...finding,
              start: Math.max(finding.start, begin) - begin,
              end: Math.min(finding.end, end) - begin,
            });
          next += 1;
        }
        from = end + APART.length;
      }
    }
    return found;
  };
