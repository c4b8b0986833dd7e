/** What a line alone can have wrong: it cannot be read as it was meant, or it shows a credential. */

import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { DataLine, DataText } from './data-line.ts';

/** Most units of a line: more is cut when it is learned from. */
export const MAX_LINE_UNITS = 4000;

/** Something wrong with one line. */
export interface LineFault {
  readonly line: Pick<DataLine, 'file' | 'number'>;
  readonly why: string;
}

/** What a line must not have, and why. */
const BROKEN: readonly (readonly [why: string, is: (line: DataLine) => boolean])[] = [
  ['empty', ({ raw }) => raw.trim() === ''],
  ['control character', ({ raw }) => /(?!\t)\p{Cc}/u.test(raw)],
  ['half of a surrogate pair, or a character that could not be decoded', ({ raw }) => /[\p{Cs}\ufffd]/u.test(raw)],
  ['character of a private area, or of none', ({ raw }) => /[\p{Co}\p{Cn}]/u.test(raw)],
  ['blank at its end', ({ raw }) => /\s$/.test(raw)],
  ['escaped escape: of two backslashes before n one is left', ({ raw }) => raw.includes('\\\\n')],
  ['tab at the start of a line written as an escape: only \\n is one', ({ raw }) => /(?:^|\\n)\\t/.test(raw)],
  ['carriage return written as an escape', ({ raw }) => raw.includes('\\r\\n')],
  [`more than ${MAX_LINE_UNITS} units`, ({ text }) => text.length > MAX_LINE_UNITS],
];

/** Lines that cannot be learned from as they stand. */
export const brokenLines = (lines: readonly DataLine[]): readonly LineFault[] =>
  lines.flatMap((line) => BROKEN.filter(([, isBroken]) => isBroken(line)).map(([why]) => ({ line, why })));

/** Files that nothing reads. */
export const strayFiles = (texts: readonly DataText[]): readonly LineFault[] =>
  texts
    .filter(({ file }) => !/^(?:(?:attack|benign)\/[a-z-]+|documents|lexicon|planted|tasks)\/[a-z-]+\.txt$/.test(file))
    .map(({ file }) => ({ line: { file, number: 0 }, why: 'a file that nothing reads' }));

/** Vendors' tokens and private keys; a mere `password: …` is a word that such texts are full of. */
const SURE = 0.95;
let redactor: Redactor | undefined;

/** Lines with what looks like a credential of a well-known vendor. None may be in a repository, not even an invented one. */
export const secretLines = (lines: readonly DataLine[]): readonly LineFault[] => {
  redactor ??= createRedactor({ entities: ['SECRET'], minScore: SURE });
  const { detect } = redactor;
  return lines.flatMap((line) =>
    detect(line.text).map(({ rule, entity }) => ({ line, why: `looks like a secret: ${rule ?? entity}` })),
  );
};
