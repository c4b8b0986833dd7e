/** The generated module that holds the lexicon of concepts. */

import { readFileSync, writeFileSync } from 'node:fs';
import { BEGINNING_BITS, PHRASE_START, phraseStep } from '../../core/injection/model/concepts.ts';
import type { PackedLexicon } from '../../core/injection/model/packed.ts';
import { fold } from '../../core/text/fold.ts';
import { tokenise } from '../../core/text/tokens.ts';

const FILE = new URL('../../core/injection/model/lexicon.ts', import.meta.url);
const SOURCES = new URL('../data/lexicon/', import.meta.url);

/** Languages, most trusted first: where two call different things by the same word, the first is right. */
const LANGUAGES = [
  'english',
  'german',
  'french',
  'spanish',
  'italian',
  'portuguese',
  'russian',
  'chinese',
  'japanese',
  'korean',
  'hindi',
  'arabic',
  'hinglish',
];

interface Entry {
  readonly concept: string;
  readonly phrase: string;
}

const entriesOf = (language: string): readonly Entry[] =>
  readFileSync(new URL(`${language}.txt`, SOURCES), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [concept = '', phrases = ''] = line.split(/: (.*)/s);
      return phrases.split('|').map((phrase) => ({ concept, phrase: phrase.trim() }));
    });

const base64 = (view: ArrayBufferView): string =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64');

const packed = (): PackedLexicon => {
  const entries = LANGUAGES.flatMap(entriesOf);
  const concepts = [...new Set(entries.map(({ concept }) => concept))].sort();
  const numbers = new Map<number, number>();
  const beginnings = new Uint8Array(1 << (BEGINNING_BITS - 3));
  for (const { concept, phrase } of entries) {
    const { count, hashes } = tokenise(fold(phrase).units);
    let hash = PHRASE_START;
    for (let word = 0; word < count; word++) {
      if (word > 0) {
        const bit = hash >>> (32 - BEGINNING_BITS);
        beginnings[bit >> 3] = (beginnings[bit >> 3] as number) | (1 << (bit & 7));
      }
      hash = phraseStep(hash, hashes[word] as number);
    }
    if (count > 0 && !numbers.has(hash)) numbers.set(hash, concepts.indexOf(concept) + 1);
  }
  return {
    concepts,
    phrases: base64(Int32Array.from(numbers.keys())),
    numbers: base64(Uint8Array.from(numbers.values())),
    beginnings: base64(beginnings),
  };
};

/** Writes the module. */
export const writeLexicon = (): void => {
  writeFileSync(
    FILE,
    `/** Made by \`npm run train\` from \`training/data/lexicon\`: not to be edited. */

import type { PackedLexicon } from './packed.ts';

/** Phrases in thirteen languages, and what they stand for. */
export const LEXICON: PackedLexicon = ${JSON.stringify(packed(), null, 2)};
`,
  );
};
