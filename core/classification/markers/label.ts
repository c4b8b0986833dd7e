/** Whether a segment of a line is a label, and which markers are in it. */

import type { DataLevel } from '../levels.ts';
import { FILLERS, MARKER_KINDS, UNSPACED_COMPANIONS, UNSPACED_KINDS } from './phrases.ts';
import { isCapitalised, isUpperCase, type LabelWord, phraseKey, wordsOf } from './words.ts';

/** A marker of your own. */
export interface Marker {
  /** Names it in logs: nothing of a text does. */
  readonly id: string;
  /** As they stand in documents; case, hyphens and spaces do not matter. */
  readonly phrases: readonly string[];
  readonly level: DataLevel;
  /** Counts also within a sentence: for names that say enough, such as that of a project. @default false */
  readonly anywhere?: boolean;
}

/** A marker that was found. */
export interface FoundMarker {
  readonly id: string;
  readonly level: DataLevel;
}

interface Phrase extends FoundMarker {
  /** A word that people also say: it counts capitalised only. */
  readonly single: boolean;
}

/** Phrases by how they are compared. */
export type PhraseTable = ReadonlyMap<string, Phrase>;

/** The phrases of the kit, and those of your own markers. */
export const phraseTable = (own: readonly Marker[]): PhraseTable => {
  const table = new Map<string, Phrase>();
  for (const { id, level, phrases, words = [] } of MARKER_KINDS) {
    for (const phrase of phrases) table.set(phraseKey(phrase), { id, level, single: false });
    for (const word of words) table.set(phraseKey(word), { id, level, single: true });
  }
  for (const { id, level, phrases } of own)
    for (const phrase of phrases) table.set(phraseKey(phrase), { id, level, single: false });
  return table;
};

/** Stamps that have a meaning in capitals only, and not in brackets, where `[SECRET]` stands for a value. */
const STAMPS: ReadonlyMap<string, FoundMarker> = new Map([
  ['RESTRICTED', { id: 'restricted', level: 'restricted' }],
  ['SECRET', { id: 'secret', level: 'restricted' }],
  ['CLASSIFIED', { id: 'secret', level: 'restricted' }],
  ['PRIVILEGED', { id: 'privileged', level: 'restricted' }],
  ['FOUO', { id: 'confidential', level: 'confidential' }],
  ['CUI', { id: 'confidential', level: 'confidential' }],
  ['EMBARGOED', { id: 'confidential', level: 'confidential' }],
  ['INTERNAL', { id: 'internal', level: 'internal' }],
]);

/** Most words of a name beside a marker. */
const MOST_NAMES = 3;

/** Most words of a phrase. */
const MOST_PHRASE = 8;

/** The longest phrase that stands at a word. */
const phraseAt = (table: PhraseTable, words: readonly LabelWord[], at: number): [Phrase, number] | undefined => {
  for (let length = Math.min(words.length - at, MOST_PHRASE); length > 0; length--) {
    const phrase = table.get(
      words
        .slice(at, at + length)
        .map(({ word }) => word)
        .join(' '),
    );
    if (phrase !== undefined) return [phrase, length];
  }
  return undefined;
};

const NUMBER = /^\d{1,4}$/; // 2026

/** The markers of a segment whose words are nothing but markers, what goes with them, and a name. */
const spacedLabel = (table: PhraseTable, segment: string, mayName: boolean): readonly FoundMarker[] => {
  const words = wordsOf(segment) ?? [];
  const found: FoundMarker[] = [];
  let names = 0;
  let sure = false;
  for (let at = 0; at < words.length; ) {
    const { word, written } = words[at] as LabelWord;
    const [phrase, length] = phraseAt(table, words, at) ?? [undefined, 1];
    at += length;
    if (phrase !== undefined) {
      if (phrase.single && !isCapitalised(written)) return [];
      sure ||= !phrase.single || isUpperCase(written);
      found.push({ id: phrase.id, level: phrase.level });
    } else if (!FILLERS.has(word) && !NUMBER.test(word)) {
      names += 1;
      if (!mayName || names > MOST_NAMES || !isCapitalised(written)) return [];
    }
  }
  // A film may be called so: beside a name counts only what is surely a stamp.
  return names > 0 && !sure ? [] : found;
};

const UNSPACED_TABLE: ReadonlyMap<string, FoundMarker> = new Map(
  UNSPACED_KINDS.flatMap(({ id, level, phrases }) => phrases.map((phrase) => [phrase, { id, level }] as const)),
);

/** What is a marker and in no {@link PhraseTable}. */
export const markedOtherwise = (): readonly string[] => [...STAMPS.keys(), ...UNSPACED_TABLE.keys()];

/** Longest label in writing without spaces, in UTF-16 units. */
const LONGEST_UNSPACED = 20;

/** A label in writing without spaces: the phrase, or the phrase and what goes with it. */
const unspacedLabel = (segment: string): FoundMarker | undefined => {
  const bare = segment.replaceAll(/\s/g, '');
  if (bare.length > LONGEST_UNSPACED) return undefined;
  const companion =
    UNSPACED_COMPANIONS.find((each) => bare.endsWith(each) && UNSPACED_TABLE.has(bare.slice(0, -each.length))) ?? '';
  return UNSPACED_TABLE.get(bare) ?? UNSPACED_TABLE.get(bare.slice(0, bare.length - companion.length));
};

const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/; // kana, ideographs, hangul

/** The markers of a segment that is a label. @param mayName Whether a name may stand beside them. */
export const labelIn = (
  table: PhraseTable,
  { text, bracketed }: { readonly text: string; readonly bracketed: boolean },
  mayName: boolean,
): readonly FoundMarker[] => {
  const stamp = bracketed ? undefined : STAMPS.get(text);
  const marker = stamp ?? (UNSPACED.test(text) ? unspacedLabel(text) : undefined);
  return marker === undefined ? spacedLabel(table, text, mayName) : [marker];
};
