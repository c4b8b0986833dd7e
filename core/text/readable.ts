/** What of decoded bytes is text: all of it, or stretches among noise, at whichever bit it begins. */

import { type Room, spend } from './room.ts';

const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16le');
const encoder = new TextEncoder();

/** Least share of strange bytes from which on bytes are no text as a whole: noise decodes to anything. */
const STRANGE_SHARE = 0.1;
/** Strange bytes that a text may have without being looked at for another that begins at another bit. */
const FEW_STRANGE = 12;
/** Least characters of a text. */
const MIN_TEXT = 6;
/** Least characters of a stretch of text among noise. */
const MIN_STRETCH = 14;
/** Share of zero bytes from which on bytes are text in UTF-16. */
const WIDE_SHARE = 0.3;

/** By byte: 1 for ASCII that is seen, tabs and line ends; 2 to 4 for the first of so many bytes; 0 for others. */
const SIZES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x80) return (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13 ? 1 : 0;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
});

/** Bytes of the character that begins at `at`, in UTF-8; 0 where none does, or one that shows nothing. */
const sizeAt = (bytes: Uint8Array, at: number): number => {
  const byte = bytes[at] as number;
  const size = SIZES[byte] as number;
  if (size < 2) return size;
  for (let more = 1; more < size; more++) if (((bytes[at + more] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] as number;
  if (byte === 0xc2 && second < 0xa0) return 0;
  if ((byte === 0xe0 && second < 0xa0) || (byte === 0xed && second > 0x9f)) return 0;
  return (byte === 0xf0 && second < 0x90) || (byte === 0xf4 && second > 0x8f) ? 0 : size;
};

/** How many characters bytes are, and how many bytes are part of none. */
const judge = (bytes: Uint8Array): { characters: number; strange: number } => {
  let characters = 0;
  let strange = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sizeAt(bytes, at);
    if (size === 0) strange += 1;
    else characters += 1;
    at += size === 0 ? 1 : size;
  }
  return { characters, strange };
};

/** By byte: 1 for what is part of no character wherever it stands. */
const NOISE = SIZES.map((size, byte) => (size === 0 && (byte < 0x80 || byte > 0xbf) ? 1 : 0));

/** Stretches of text among noise. */
const stretchesOf = (bytes: Uint8Array): readonly string[] => {
  const texts: string[] = [];
  for (let start = 0; start + MIN_STRETCH <= bytes.length; ) {
    if (SIZES[bytes[start] as number] === 0) {
      start += 1;
      continue;
    }
    // A stretch that began here would reach beyond: the last noise before that is where to go on.
    let last = start + MIN_STRETCH - 1;
    while (last > start && NOISE[bytes[last] as number] === 0) last -= 1;
    if (last > start) {
      start = last + 1;
      continue;
    }
    let end = start;
    let characters = 0;
    for (let size = sizeAt(bytes, end); size > 0; size = end < bytes.length ? sizeAt(bytes, end) : 0) {
      characters += 1;
      end += size;
    }
    if (characters >= MIN_STRETCH) texts.push(utf8.decode(bytes.subarray(start, end)));
    start = end + 1;
  }
  return texts;
};

/** Bytes that begin so many bits later. */
const shifted = (bytes: Uint8Array, by: number): Uint8Array => {
  const out = new Uint8Array(Math.max(0, bytes.length - 1));
  for (let at = 0; at < out.length; at++)
    out[at] = ((bytes[at] as number) << by) | ((bytes[at + 1] as number) >> (8 - by));
  return out;
};

/** Bytes of UTF-16 as those of UTF-8. */
const narrowed = (bytes: Uint8Array): Uint8Array => {
  let zeros = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros += 1;
  if (bytes.length < 8 || zeros < bytes.length * WIDE_SHARE) return bytes;
  const isAligned = bytes[1] === 0 && bytes[3] === 0 && bytes[5] === 0;
  return isAligned ? encoder.encode(utf16.decode(bytes)) : bytes.filter((byte) => byte !== 0);
};

/**
 * The text of bytes in UTF-8 or UTF-16; of noise the stretches that are text.
 *
 * @param shifts Bits by which the text may begin later than the bytes: tried where they are not text as they are.
 * @param room Pays for those.
 * @returns `undefined` where there is none.
 */
export const textOfBytes = (bytes: Uint8Array, shifts: readonly number[], room: Room): string | undefined => {
  const straight = narrowed(bytes);
  const { characters, strange } = judge(straight);
  const all = characters + strange;
  const isText = all >= MIN_TEXT && strange <= all * STRANGE_SHARE;
  const texts = isText ? [utf8.decode(straight)] : [...stretchesOf(straight)];
  if (!isText || strange > FEW_STRANGE)
    for (const by of shifts) if (spend(room, bytes.length)) texts.push(...stretchesOf(narrowed(shifted(bytes, by))));
  return texts.length === 0 ? undefined : texts.join('\n');
};
