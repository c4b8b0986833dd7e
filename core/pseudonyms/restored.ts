/** Values in the place of their stand-ins, in a text and in JSON. */

import { isJsonText, mapJsonText } from '../spotlight/json-text.ts';
import { mapJsonValue } from './json-value.ts';
import { createLinkPlace } from './link-place.ts';
import type { StandInTable } from './table.ts';

/** JSON within a string within a string …: deeper, it is a text. */
const MAX_INNER = 3;

/** What becomes of stand-ins in addresses of links: a reader's browser may fetch those by itself. */
export type Links = 'restored' | 'kept';

const restoredAsText = (table: StandInTable, text: string, links: Links): string => {
  const place = createLinkPlace();
  let out = '';
  let at = 0;
  let passed = 0;
  for (const { start, end, value } of table.find(text)) {
    if (links === 'kept') place.pass(text.slice(passed, start));
    passed = start;
    if (place.inLink) continue;
    out += text.slice(at, start) + value;
    at = end;
  }
  return out + text.slice(at);
};

const restored = (table: StandInTable, text: string, links: Links, inner: number): string => {
  if (table.find(text).length === 0) return text;
  if (inner >= MAX_INNER || !isJsonText(text)) return restoredAsText(table, text, links);
  const restore = (string: string): string => restored(table, string, links, inner + 1);
  return mapJsonText(text, { string: restore, name: restore });
};

/** A text with its values. Where all of it is JSON, what stands in its strings is written as JSON writes it. */
export const restoredText = (table: StandInTable, text: string, links: Links = 'restored'): string =>
  restored(table, text, links, 0);

/** A JSON value as tools get it: with its values in strings and in names of fields. */
export const restoredArguments = (table: StandInTable, value: unknown): unknown => {
  const string = (text: string): string => restoredText(table, text);
  return mapJsonValue(value, { string, name: string, number: Number });
};

/** A JSON value as callers get it: names of fields and addresses of links stay. */
export const restoredAnswer = (table: StandInTable, value: unknown): unknown =>
  mapJsonValue(value, { string: (text) => restoredText(table, text, 'kept'), name: String, number: Number });
