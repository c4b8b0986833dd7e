/** Words written without anything between them: `ignoreallpreviousinstructions`, `#IgnoreAllPreviousInstructions`. */

import { createDraft } from './draft.ts';
import { textOf, type View } from './fold.ts';
import type { Tokens } from './tokens.ts';

/** Least letters of a run that is tried, and the most that are. */
const MIN_LETTERS = 14;
const MAX_LETTERS = 400;
/** Least words that a run must be made of: compounds of two are words of their own. */
const MIN_WORDS = 3;

/** Words that a run may be made of. */
export type Vocabulary = ReadonlySet<string>;

/** The longest word of a vocabulary that is looked for. */
const MAX_WORD = 16;

/** Where the words of a run end, longest first; none unless all of the run is words. */
const endsOf = (run: string, vocabulary: Vocabulary): readonly number[] => {
  const words = new Array<number>(run.length + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(run.length + 1);
  words[0] = 0;
  for (let end = 1; end <= run.length; end++)
    for (let start = Math.max(0, end - MAX_WORD); start < end; start++) {
      const count = (words[start] ?? 0) + 1;
      if (count < (words[end] ?? 0) && vocabulary.has(run.slice(start, end))) {
        words[end] = count;
        from[end] = start;
      }
    }
  if (!((words[run.length] ?? 0) >= MIN_WORDS && Number.isFinite(words[run.length]))) return [];
  const ends: number[] = [];
  for (let end = run.length; end > 0; end = from[end] ?? 0) ends.push(end);
  return ends.reverse();
};

const BLANK = 0x20;

/** Most runs of one text that are tried. */
const MAX_RUNS = 40;

/** The view with joined words parted, or `undefined` where there are none. */
export const joinedView = (view: View, { count, starts, ends }: Tokens, vocabulary: Vocabulary): View | undefined => {
  const cuts = new Set<number>();
  let tried = 0;
  for (let index = 0; index < count && tried < MAX_RUNS; index++) {
    const [start, end] = [starts[index] as number, ends[index] as number];
    if (end > view.units.length) break;
    if (end - start < MIN_LETTERS || end - start > MAX_LETTERS) continue;
    tried += 1;
    for (const cut of endsOf(textOf(view.units, start, end), vocabulary)) cuts.add(start + cut);
  }
  if (cuts.size === 0) return undefined;
  const draft = createDraft(view);
  for (let at = 0; at < view.units.length; at++) {
    draft.add(view.units[at] as number, at);
    if (!cuts.has(at + 1)) continue;
    draft.mark();
    draft.add(BLANK, at);
  }
  return draft.view('joined-words');
};
