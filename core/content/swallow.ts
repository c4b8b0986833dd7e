/** How things without a known end are passed over. */

import { readTag } from '../exfiltration/tag-reading.ts';
import { closesFence, type FenceReading } from './fence.ts';

/** Says of each unit whether what is passed over goes on with it, ends after it, or has ended before it. */
export type Swallow = (unit: number) => 'on' | 'after' | 'before';

const NEWLINE = 0x0a;
const SEMICOLON = 0x3b;
const GREATER = 0x3e;

/** Up to the line's end. */
export const toLineEnd: Swallow = (unit) => (unit === NEWLINE ? 'before' : 'on');

/** Up to a fence's closing line. */
export const toFenceEnd =
  (reading: FenceReading): Swallow =>
  (unit) =>
    closesFence(reading, unit) ? 'before' : 'on';

/** Up to a blank line, or behind `;`. */
export const toStatementEnd = (withSemicolon: boolean): Swallow => {
  let wasNewline = false;
  return (unit) => {
    if (withSemicolon && unit === SEMICOLON) return 'after';
    if (unit === NEWLINE && wasNewline) return 'before';
    if (unit !== 0x0d) wasNewline = unit === NEWLINE;
    return 'on';
  };
};

/** Behind the end of a tag that is read so far. */
export const toTagEnd = (begun: number): Swallow => {
  let reading = begun;
  return (unit) => {
    reading = readTag(reading, unit);
    return reading === 0 ? 'after' : 'on';
  };
};

/** Behind an element's end tag. */
export const toElementEnd = (name: string): Swallow => {
  const end = `</${name}`;
  let matched = 0;
  return (unit) => {
    if (matched === end.length) return unit === GREATER ? 'after' : 'on';
    const sign = String.fromCharCode(unit).toLowerCase();
    if (sign === end[matched]) matched += 1;
    else matched = sign === '<' ? 1 : 0;
    return 'on';
  };
};

/** Up to a quote, or of a value without quotes up to a blank or `>`. */
export const toValueEnd = (quote: string): Swallow => {
  if (quote !== '') return (unit) => (unit === quote.charCodeAt(0) ? 'before' : 'on');
  return (unit) => (unit <= 0x20 || unit === GREATER ? 'before' : 'on');
};

/** Up to the end of an address that runs: a blank, a quote, `<`, `>`, a bracket that closes one outside. */
export const toAddressEnd = (): Swallow => {
  let depth = 0;
  return (unit) => {
    if (unit <= 0x20 || unit === 0x22 || unit === 0x3c || unit === GREATER || unit === 0x60) return 'before';
    if (unit === 0x28) depth += 1;
    return unit === 0x29 && depth-- === 0 ? 'before' : 'on';
  };
};
