/** Words written without anything between them: `ignoreallpreviousinstructions`, `IgnoreAll PreviousInstructions`. */

import { CLASS } from './characters.ts';
import { createDraft } from './draft.ts';
import type { View } from './fold.ts';
import type { Room } from './room.ts';
import type { Tokens } from './tokens.ts';
import { trieOf, type Vocabulary, type WordTrie } from './word-trie.ts';

/** Least letters of a run that is read wherever it stands, and the least words that it must be made of. */
const MIN_LETTERS = 14;
const MIN_WORDS = 3;
/** Least letters of a run that is read where one beside it parts too: compounds of two are words of their own. */
const MIN_PAIR = 8;
/** Least letters of each of its words. */
const MIN_PART = 3;

const NONE: readonly number[] = [];

/** Longest run for which there are arrays at hand. */
const KEPT = 1024;
const kept = { words: new Int32Array(KEPT + 1), from: new Int32Array(KEPT + 1) };

/**
 * Where the words of a run end, as few as can be; none unless all of the run is words. Each step is charged to the room.
 */
const endsOf = (
  units: Uint16Array,
  start: number,
  end: number,
  { step, isWord }: WordTrie,
  least: number,
  room: Room,
): readonly number[] => {
  const size = end - start;
  const { words, from } = size <= KEPT ? kept : { words: new Int32Array(size + 1), from: new Int32Array(size + 1) };
  for (let at = 1; at <= size; at++) words[at] = 0;
  words[0] = 1;
  let reach = 0;
  for (let at = 0; at <= reach && at < size && room.steps > 0; at++) {
    const count = words[at] as number;
    if (count === 0) continue;
    let node = 0;
    let to = at;
    do {
      node = step(node, units[start + to] as number);
      to += 1;
      if (node === 0 || !isWord(node) || to - at < least) continue;
      if (words[to] !== 0 && (words[to] as number) <= count + 1) continue;
      words[to] = count + 1;
      from[to] = at;
      if (to > reach) reach = to;
    } while (node !== 0 && to < size);
    room.steps -= to - at;
  }
  if (room.steps <= 0) room.isExceeded = true;
  if (words[size] === 0) return NONE;
  const ends: number[] = [];
  for (let at = size; at > 0; at = from[at] as number) ends.push(start + at);
  return ends.reverse();
};

const BLANK = 0x20;

/** The view with joined words parted, or `undefined` where there are none. */
export const joinedView = (view: View, tokens: Tokens, vocabulary: Vocabulary, room: Room): View | undefined => {
  const { count, starts, ends, breaks } = tokens;
  const { units } = view;
  const trie = trieOf(vocabulary);
  const draft = createDraft(view);
  const cut = (at: readonly number[]): void => {
    for (const end of at.slice(0, -1)) draft.put(end, end, BLANK);
  };
  /** The run of two words before this one, as long as nothing parts it. */
  let pair = NONE;
  let isPairRead = true;
  for (let index = 0; index < count && room.steps > 0; index++) {
    const start = starts[index] as number;
    const end = ends[index] as number;
    if (end - start < MIN_PAIR) {
      pair = NONE;
      continue;
    }
    if ((breaks[index] as number) > CLASS.quote) pair = NONE;
    const isLong = end - start >= MIN_LETTERS;
    const parts = endsOf(units, start, end, trie, isLong ? 1 : MIN_PART, room);
    const isRun = isLong && parts.length >= MIN_WORDS;
    const isPair = isRun || parts.length === 2;
    if (isRun || (isPair && pair.length > 0)) {
      if (!isPairRead) cut(pair);
      cut(parts);
    }
    isPairRead = isRun || pair.length > 0;
    pair = isPair ? parts : NONE;
  }
  return draft.view('joined-words', room);
};
