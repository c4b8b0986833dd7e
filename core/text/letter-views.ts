/** Readings of letters that stand in a text itself: turned, joined, spaced, escaped, in leetspeak. */

import { createDraft } from './draft.ts';
import type { View } from './fold.ts';
import { joinedView } from './joined.ts';
import { leetViews } from './leet.ts';
import type { Room } from './room.ts';
import { MIN_SPACED, spacedView } from './spaced.ts';
import { type Tokens, tokenise } from './tokens.ts';
import { turnedViews } from './turned.ts';
import type { Vocabulary } from './word-trie.ts';

const BACKSLASH = 0x5c;
const LINE_END = 0x0a;
const BLANK = 0x20;
/** Line ends and quotes as JSON and source code write them, read as what they stand for. */
const READ_AS: ReadonlyMap<number, number> = new Map([
  [0x6e, LINE_END],
  [0x72, LINE_END],
  [0x74, BLANK],
  [0x22, 0x22],
  [0x27, 0x27],
]);

const unescapedView = (view: View, room: Room): View | undefined => {
  const { units } = view;
  const draft = createDraft(view);
  for (let at = units.indexOf(BACKSLASH); at >= 0; at = units.indexOf(BACKSLASH, at)) {
    const read = READ_AS.get(units[at + 1] ?? 0);
    if (read !== undefined) draft.put(at, at + 2, read);
    at += read === undefined ? 1 : 2;
  }
  // How code writes a line end hides nothing.
  return draft.view(view.disguise, room);
};

/**
 * The readings of the letters of a view, but for the view as it is, as far as there is room.
 *
 * @param tokens Words of `view`; the arrays that are kept between calls are written over.
 */
export const letterViews = (view: View, tokens: Tokens, vocabulary: Vocabulary, room: Room): readonly View[] => {
  const { backslashes, singles, mixedWords, digits } = tokens.survey;
  const views: View[] = [];
  const add = (...more: readonly (View | undefined)[]): void => {
    for (const each of more) if (each !== undefined) views.push(each);
  };
  add(joinedView(view, tokens, vocabulary, room), ...turnedViews(view, tokens, room));
  if (backslashes > 0) add(unescapedView(view, room));
  const spaced = singles >= MIN_SPACED ? spacedView(view, room) : undefined;
  if (spaced !== undefined) add(spaced);
  if (spaced !== undefined && (mixedWords > 0 || digits > 0)) add(...leetViews(spaced, vocabulary, room));
  else if (mixedWords > 0) add(...leetViews(view, vocabulary, room, tokens.count));
  if (spaced === undefined) return views;
  const spacedTokens = tokenise(spaced.units);
  add(joinedView(spaced, spacedTokens, vocabulary, room), ...turnedViews(spaced, spacedTokens, room));
  return views;
};
