/** Readings of letters that stand in a text itself: turned, joined, spaced, escaped, in leetspeak. */

import { createDraft } from './draft.ts';
import type { View } from './fold.ts';
import { joinedView, type Vocabulary } from './joined.ts';
import { leetViews } from './leet.ts';
import { fitting, type Room, take } from './room.ts';
import { MIN_SPACED, spacedView } from './spaced.ts';
import { type Tokens, tokenise } from './tokens.ts';
import { turnedViews } from './turned.ts';

/** Share of mixed words below which a text may have none in earnest: names, versions, units. */
const SLIGHT = 0.08;

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

const unescapedView = (view: View): View | undefined => {
  const { units } = view;
  const draft = createDraft(view);
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    const read = unit === BACKSLASH ? READ_AS.get(units[at + 1] ?? 0) : undefined;
    if (read !== undefined) draft.mark();
    draft.add(read ?? unit, at);
    if (read !== undefined) at += 1;
  }
  // How code writes a line end hides nothing.
  return draft.view(view.disguise);
};

/**
 * The readings of the letters of a view, but for the view as it is, as far as there is room.
 *
 * @param tokens Words of `view`; the arrays that are kept between calls are written over.
 */
export const letterViews = (view: View, tokens: Tokens, vocabulary: Vocabulary, room: Room): readonly View[] => {
  const { backslashes, singles, mixedWords, longWords, digits } = tokens.survey;
  const views: View[] = [];
  const add = (more: readonly (View | undefined)[]): void => {
    for (const each of more) if (each !== undefined && take(room, each.units.length)) views.push(each);
  };
  const base = fitting(room, view);
  if (longWords > 0) add([joinedView(base, tokens, vocabulary)]);
  add(turnedViews(base, tokens));
  if (backslashes > 0) add([unescapedView(fitting(room, view))]);
  const spaced = singles >= MIN_SPACED ? spacedView(fitting(room, view)) : undefined;
  if (mixedWords >= 1 || (spaced !== undefined && digits > 0)) {
    const isSlight = spaced === undefined && mixedWords < tokens.count * SLIGHT;
    add(leetViews(fitting(room, spaced ?? view)).map((each) => ({ ...each, isSlight })));
  }
  if (spaced === undefined) return views;
  add([spaced]);
  const spacedTokens = tokenise(spaced.units);
  add([joinedView(spaced, spacedTokens, vocabulary), ...turnedViews(spaced, spacedTokens)]);
  return views;
};
