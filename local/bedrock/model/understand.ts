/** The weak model's reading: it sees through every disguise that an attacker may use, as good models do. */

import {
  decodedParts,
  joined,
  latin,
  reversed,
  turned,
  unescaped,
  unleeted,
  visible,
  wordsReversed,
} from './disguises.ts';

/** Encodings within encodings that are followed. */
const DEPTH = 2;
const MAX_READINGS = 32;
/** A longer text is read as it is: nobody hides a whole book. */
const MAX_DISGUISED = 100_000;

const readingsOf = (text: string): readonly string[] => {
  const plain = visible(text);
  if (plain.length > MAX_DISGUISED) return [plain];
  const plainLatin = latin(plain);
  const unleetedLatin = unleeted(plainLatin);
  return [
    plain,
    plainLatin,
    unleetedLatin,
    joined(plainLatin),
    joined(unleetedLatin),
    turned(plain),
    reversed(plain),
    wordsReversed(plain),
  ];
};

/** All that a text says: as it stands first, then in every other reading. */
export const understand = (text: string): readonly string[] => {
  const readings = new Set<string>();
  const pending = [{ text, depth: 0 }];
  for (const { text: current, depth } of pending) {
    const own = readingsOf(current);
    for (const reading of own) readings.add(reading);
    if (depth === DEPTH || readings.size >= MAX_READINGS || current.length > MAX_DISGUISED) continue;
    const [plain = ''] = own;
    const inner = unescaped(plain);
    for (const part of [...(inner === plain ? [] : [inner]), ...own.slice(0, 2).flatMap(decodedParts)])
      if (!readings.has(part) && pending.length < MAX_READINGS) pending.push({ text: part, depth: depth + 1 });
  }
  return [...readings];
};
