/** What of decoded bytes is text: all of it, or stretches among noise, at whichever bit it begins. */

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

interface Judged {
  readonly characters: number;
  readonly strange: number;
  /** Starts and ends of the stretches of text. */
  readonly stretches: readonly number[];
}

const judge = (bytes: Uint8Array): Judged => {
  const stretches: number[] = [];
  let characters = 0;
  let strange = 0;
  let start = 0;
  let here = 0;
  for (let at = 0; at <= bytes.length; ) {
    const size = at < bytes.length ? sizeAt(bytes, at) : 0;
    if (size > 0) {
      here += 1;
      at += size;
      continue;
    }
    if (here >= MIN_STRETCH) stretches.push(start, at);
    characters += here;
    here = 0;
    if (at < bytes.length) strange += 1;
    at += 1;
    start = at;
  }
  return { characters, strange, stretches };
};

/** Bytes that begin so many bits later. */
const shifted = (bytes: Uint8Array, by: number): Uint8Array => {
  const out = new Uint8Array(Math.max(0, bytes.length - 1));
  for (let at = 0; at < out.length; at++)
    out[at] = ((bytes[at] as number) << by) | ((bytes[at + 1] as number) >> (8 - by));
  return out;
};

const utf8 = new TextDecoder('utf-8');
const utf16 = new TextDecoder('utf-16le');
const encoder = new TextEncoder();

/** Bytes of UTF-16 as those of UTF-8. */
const narrowed = (bytes: Uint8Array): Uint8Array => {
  let zeros = 0;
  for (const byte of bytes) if (byte === 0) zeros += 1;
  if (bytes.length < 8 || zeros < bytes.length * WIDE_SHARE) return bytes;
  const isAligned = bytes[1] === 0 && bytes[3] === 0 && bytes[5] === 0;
  return isAligned ? encoder.encode(utf16.decode(bytes)) : bytes.filter((byte) => byte !== 0);
};

const textOfStretches = (bytes: Uint8Array, { stretches }: Judged): readonly string[] => {
  const texts: string[] = [];
  for (let at = 0; at < stretches.length; at += 2)
    texts.push(utf8.decode(bytes.subarray(stretches[at], stretches[at + 1])));
  return texts;
};

/**
 * The text of bytes in UTF-8 or UTF-16; of noise the stretches that are text.
 *
 * @param shifts Bits by which the text may begin later than the bytes: tried where they are not text as they are.
 * @returns `undefined` where there is none.
 */
export const textOfBytes = (bytes: Uint8Array, shifts: readonly number[] = []): string | undefined => {
  const straight = narrowed(bytes);
  const judged = judge(straight);
  const all = judged.characters + judged.strange;
  const isText = all >= MIN_TEXT && judged.strange <= all * STRANGE_SHARE;
  const texts = isText ? [utf8.decode(straight)] : [...textOfStretches(straight, judged)];
  if (!isText || judged.strange > FEW_STRANGE)
    for (const by of shifts) {
      const later = narrowed(shifted(bytes, by));
      texts.push(...textOfStretches(later, judge(later)));
    }
  return texts.length === 0 ? undefined : texts.join('\n');
};
