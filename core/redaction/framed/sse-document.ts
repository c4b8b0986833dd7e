/** A server-sent event as a document. Source: WHATWG HTML, section 9.2.6, "Interpreting an event stream". */

import { isPrivateNumber } from '../redact-json.ts';
import type { Document, Slot } from './document.ts';
import { type Intake, jsonDocument } from './json-document.ts';

/** A line of an event. */
interface Line {
  /** All of it, but for its end. */
  readonly text: string;
  readonly end: string;
  /** Offset of the line. */
  readonly start: number;
  /** `''` for a comment. */
  readonly field: string;
  /** Offset of the value in the line. */
  readonly value: number;
}

const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/y; // data: {"a":1}
const CONTAINER_OR_STRING = /^\s*[{["]/; // {"delta":"…"}
const NUMBER = /^\d{12,19}$/; // 4111111111111111

/** The path of data that is JSON: that of data that is text is `''`. */
const ROOT = '"';

/** What OpenAI's streams end with. */
const DONE = '[DONE]';

/** Most kinds of frames of which is known that their data is text. */
const MAX_TEXTUAL = 16;

const linesOf = (frame: string): Line[] => {
  const lines: Line[] = [];
  let start = frame.startsWith('\uFEFF') ? 1 : 0;
  while (start < frame.length) {
    LINE.lastIndex = start;
    const [whole = '', text = '', end = ''] = LINE.exec(frame) ?? [];
    const colon = text.indexOf(':');
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? text.length : colon + (text[colon + 1] === ' ' ? 2 : 1);
    lines.push({ text, end, start, field, value });
    start += whole.length;
  }
  return lines;
};

const fieldValue = ({ text, value }: Line): string => text.slice(value);

/** The same event with all data together, so that it can be written anew. */
const gathered = (frame: string, lines: readonly Line[]): string => {
  const first = lines.findIndex(({ field }) => field === 'data');
  const last = lines.findLastIndex(({ field }) => field === 'data');
  const between = lines.slice(first, last + 1);
  if (between.every(({ field }) => field === 'data')) return frame;
  const others = between.filter(({ field }) => field !== 'data');
  const data = between.filter(({ field }) => field === 'data');
  const rest = frame.slice((lines[last]?.start ?? 0) + (lines[last]?.text.length ?? 0));
  const moved = [...others, ...data].map(({ text }) => text).join(lines[first]?.end);
  return frame.slice(0, lines[first]?.start) + moved + rest;
};

/** Slots of JSON in one or more lines of data: no string of JSON goes over the end of a line. */
const jsonSlots = (data: readonly Line[], { slots }: Document): Slot[] => {
  let index = 0;
  /** Offset of the line in the JSON. */
  let offset = 0;
  return slots.map((slot) => {
    for (let line = data[index]; line !== undefined; line = data[index]) {
      const length = line.text.length - line.value;
      if (slot.start <= offset + length) break;
      offset += length + 1;
      index += 1;
    }
    const shift = (data[index]?.start ?? 0) + (data[index]?.value ?? 0) - offset;
    return { ...slot, start: slot.start + shift, end: slot.end + shift };
  });
};

/** All data as one text; in several lines, with the name of the field before each. */
const textSlots = (data: readonly Line[], text: string, intake: Intake, json?: Document): Slot[] => {
  const [first, last] = [data[0], data.at(-1)];
  if (first === undefined || last === undefined || text === '') return [];
  const span = { start: first.start + first.value, end: last.start + last.text.length };
  const leaf = json === undefined ? intake.continued(text, '', '', '') : intake.structured(text, '', '');
  const write = (clean: string): string => {
    // A number that is a card by itself stays JSON; a piece of one is a piece of a text.
    if (NUMBER.test(text) && leaf.own.some((own) => isPrivateNumber(text, own))) return JSON.stringify(clean);
    const values = clean.split('\n');
    const prefix = values.some((value) => value.startsWith(' ')) ? 'data: ' : first.text.slice(0, first.value);
    return values.join((first.end || '\n') + prefix);
  };
  return [{ ...span, leaf, inner: json, write }];
};

const fieldSlots = (lines: readonly Line[], intake: Intake): Slot[] =>
  lines
    .filter(({ field, text }) => field !== 'data' && text !== '')
    .map(({ start, text }) => ({
      start,
      end: start + text.length,
      leaf: intake.alone(text, ''),
      write: (clean: string) => clean,
    }));

/**
 * An event as a document. Data that is a JSON container or string is JSON; all else, numbers and literals too, may be
 * pieces of a text. Other fields and comments are texts by themselves.
 */
export const readSse = (frame: string, intake: Intake): Document => {
  const isData = ({ field }: Line): boolean => field === 'data';
  const lines = linesOf(frame);
  const name = lines.findLast(({ field }) => field === 'event');
  const event = name === undefined ? '' : `${fieldValue(name)} `;
  const data = lines.filter(isData);
  const text = data.map(fieldValue).join('\n');
  const json = CONTAINER_OR_STRING.test(text) ? jsonDocument(text, intake, ROOT, event) : undefined;
  // Among text, what looks like JSON may be a piece of it.
  const asText = json === undefined || intake.textual.has(event);
  if (json === undefined && text !== '' && text !== DONE && intake.textual.size < MAX_TEXTUAL)
    intake.textual.add(event);
  const whole = asText ? gathered(frame, lines) : frame;
  const now = whole === frame ? lines : linesOf(whole);
  const slots = asText ? textSlots(now.filter(isData), text, intake, json) : jsonSlots(data, json);
  return { text: whole, slots: [...slots, ...fieldSlots(now, intake)].sort((one, other) => one.start - other.start) };
};
