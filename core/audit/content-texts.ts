/** The texts in what came and in what left, as whoever reads them has them: of a stream, what its frames add up to. */

import { jsonTexts, laneOf, pathOf } from '../redaction/framed/json-texts.ts';
import { isMetadata } from '../redaction/framed/members.ts';
import { splitNdjson } from '../redaction/framed/ndjson-frames.ts';
import { splitSse } from '../redaction/framed/sse-frames.ts';

/** How a body is made up. */
export type ContentKind = 'json' | 'sse' | 'ndjson' | 'text';

/** Most texts of a stream that are told apart; what comes in others is one more. */
const MAX_TEXTS = 64;

/** Where the data of frames that are no JSON goes. */
const PLAIN = 'plain';

const DATA = /^data:\s?/; // data: {"delta":{"text":"Pears"}}

const dataOf = (frame: string): string =>
  frame
    .split(/\r\n|\r|\n/)
    .filter((line) => DATA.test(line))
    .map((line) => line.replace(DATA, ''))
    .join('\n');

const isText = ({ kind, text, name }: { kind: string; text: string; name: string }): boolean =>
  kind === 'string' && text !== '' && !isMetadata(name);

const framedTexts = (body: string, kind: 'sse' | 'ndjson'): readonly string[] => {
  const texts = new Map<string, string[]>();
  const add = (key: string, text: string): void => {
    const place = texts.has(key) || texts.size < MAX_TEXTS ? key : PLAIN;
    const pieces = texts.get(place) ?? [];
    texts.set(place, pieces);
    pieces.push(text);
  };
  const take = (frame: string): void => {
    const data = kind === 'sse' ? dataOf(frame) : frame.trim();
    if (data === '') return;
    const found = jsonTexts(data, '');
    if (found === undefined) add(PLAIN, data);
    for (const text of found ?? []) if (isText(text)) add(`${pathOf(text)} ${laneOf(text)}`, text.text);
  };
  const splitter = (kind === 'sse' ? splitSse : splitNdjson)(take);
  splitter.push(body);
  splitter.end();
  return [...texts.values()].map((pieces) => pieces.join(''));
};

/**
 * The texts of a body: of JSON its strings, names of members and ids apart; of frames, what the strings at one place add up
 * to; of anything else all of it.
 *
 * @throws BulwarkError `output_blocked` for a frame of more than a mebi unit.
 *
 * @example
 * contentTexts('data: {"text":"Pe"}\n\ndata: {"text":"ars"}\n\n', 'sse'); // ['Pears']
 */
export const contentTexts = (body: string, kind: ContentKind): readonly string[] => {
  if (body === '') return [];
  if (kind === 'sse' || kind === 'ndjson') return framedTexts(body, kind);
  const found = kind === 'json' ? jsonTexts(body, '') : undefined;
  return found === undefined ? [body] : found.filter(isText).map(({ text }) => text);
};
