/** One step of reading: each sign is seen by all that it may mean something to. */

import { readBareUrl } from './bare-url.ts';
import { closeBracket } from './brackets.ts';
import { createLabelSet } from './labels.ts';
import { openBracket, type Reader, type Step } from './reader.ts';
import { readTag, TAG_NAME } from './tag-reading.ts';
import { openTag, readValue } from './tags.ts';
import { createJudged } from './target.ts';
import type { ExfiltrationPolicy } from './verdict.ts';

const MAX_BLANKS = 64;

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LESS = 0x3c;
const COLON = 0x3a;
const DOT = 0x2e;
const NEWLINE = 0x0a;
/** Signs that mean something outside of tags: all others are passed over. */
export const TRIGGERS: Uint8Array = new Uint8Array(0x10000);
for (const sign of '[]<:.`\\\n') TRIGGERS[sign.charCodeAt(0)] = 1;

/** Whether a line end at `at` follows another with nothing but blanks between. */
const endsParagraph = (text: string, at: number): boolean => {
  let index = at - 1;
  while (index > at - MAX_BLANKS && ' \t\r'.includes(text.charAt(index)) && index >= 0) index -= 1;
  return index >= 0 && text.charCodeAt(index) === NEWLINE;
};

/** A reader at the beginning of a text. */
export const createReader = (policy: ExfiltrationPolicy): Reader => ({
  policy,
  targets: createJudged(policy.hosts),
  imageLabels: createLabelSet('image removed', 'link removed', 'html removed', 'content removed'),
  openLabels: createLabelSet(),
  text: '',
  origin: 0,
  next: 0,
  final: false,
  needed: 0,
  covered: 0,
  openers: undefined,
  tags: 0,
  tag: undefined,
  reading: 0,
  doubt: false,
  dirty: -1,
});

/** Reads the unit at the place of reading, and goes on to the next unless something is found or needed. */
export const readUnit = (reader: Reader): Step => {
  const { text, next } = reader;
  const unit = text.charCodeAt(next);
  reader.needed = next;
  let opens = false;
  if ((reader.tags | reader.reading) !== 0) {
    const found = readValue(reader);
    if (found !== undefined) return found;
  }
  if (TRIGGERS[unit] === 1) {
    let found: Step | true;
    if (unit === CLOSE_BRACKET) found = closeBracket(reader);
    else if (unit === OPEN_BRACKET) openBracket(reader);
    else if (unit === COLON || unit === DOT) found = readBareUrl(reader);
    else if (unit === LESS) found = openTag(reader);
    else if (unit === NEWLINE && endsParagraph(text, next)) {
      reader.openers = undefined;
      reader.doubt = false;
    }
    if (found === true) opens = true;
    else if (found !== undefined) return found;
    if (unit === LESS || unit === 0x60 || unit === 0x5c) reader.dirty = next + reader.origin;
  }
  if (opens || (reader.tags | reader.reading) !== 0) {
    reader.tags = readTag(reader.tags, unit) | (opens ? TAG_NAME : 0);
    const begins = reader.tag?.at === next + reader.origin;
    reader.reading = begins ? TAG_NAME : readTag(reader.reading, unit);
    if (reader.reading === 0) reader.tag = undefined;
  }
  reader.next = next + 1;
  return undefined;
};
