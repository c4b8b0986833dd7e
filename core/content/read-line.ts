/** The beginning of a line, read. */

import { readFence } from './fence.ts';
import { type LineStart, lineStartAt, UNSETTLED } from './line-start.ts';
import { decide, labelOf, pass, passOver, placeholderOf, put, putLabel, type Reader, tailOf } from './reader.ts';
import { toFenceEnd, toLineEnd, toStatementEnd } from './swallow.ts';

const BLANKS = /^[ \t]{0,64}/;
const FRONT_MATTER = { sign: 0x2d, length: 3, indent: 0 };

const readOpening = (reader: Reader, start: LineStart, fence: NonNullable<LineStart['fence']>): void => {
  const { language, opening } = fence;
  const action = decide(reader, { kind: 'code', language, start: start.at, end: opening });
  if (action === 'block') return;
  if (action === 'strip') {
    pass(reader, start.at);
    put(reader, placeholderOf(language));
    passOver(reader, opening, toFenceEnd(readFence(fence)), false);
    return;
  }
  if (action === 'label' && !start.labelled) {
    const blanks = BLANKS.exec(reader.text.slice(reader.at, start.at))?.[0] ?? '';
    if (!tailOf(reader).endsWith(`${labelOf(language)}\n`)) put(reader, `${blanks}${labelOf(language)}\n`);
  }
  pass(reader, opening);
  reader.tags = 0;
  reader.fence = readFence(fence);
};

const readBlock = (reader: Reader, { at, labelled, block }: LineStart): void => {
  const language = 'configuration';
  const action = decide(reader, { kind: 'configuration', language, start: at, end: at + 1 });
  if (action === 'block') return;
  pass(reader, at);
  if (action === 'label' && !labelled && !tailOf(reader).endsWith(`${labelOf(language)}\n`))
    put(reader, `${labelOf(language)}\n`);
  if (action !== 'strip') return;
  put(reader, placeholderOf(language));
  if (block === 'front-matter') passOver(reader, at + 3, toFenceEnd(readFence(FRONT_MATTER)), false);
  else passOver(reader, at + 1, toStatementEnd(false));
};

const readRule = (reader: Reader, { at, labelled, rule }: LineStart): void => {
  if (rule === undefined) return;
  const { kind, language, until } = rule;
  const action = decide(reader, { kind, language, start: at, end: at + 1 });
  if (action === 'block') return;
  pass(reader, at);
  if (action === 'allow') return;
  reader.isQuiet = true;
  if (action === 'label') {
    if (!labelled) putLabel(reader, language, ' ');
    return;
  }
  put(reader, placeholderOf(language));
  passOver(reader, at, until === 'line' ? toLineEnd : toStatementEnd(true));
};

/** Reads the beginning of a line. False when more text is needed. */
export const readLineStart = (reader: Reader): boolean => {
  const isFirst = reader.origin + reader.at === 0;
  const start = lineStartAt(reader.text, reader.at, reader.columns, isFirst, reader.final, reader.rules);
  if (start === UNSETTLED) return false;
  reader.isLineStart = false;
  if (start.list !== undefined) reader.columns = Math.max(0, start.list);
  if (start.fence !== undefined) readOpening(reader, start, start.fence);
  else if (start.block !== undefined) readBlock(reader, start);
  else if (start.rule !== undefined) readRule(reader, start);
  else pass(reader, start.at);
  return true;
};
