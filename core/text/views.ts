/** Every reading of a text that an attacker may have meant: plain, disguised letters, decoded payloads. Linear, bounded. */

import { decodedPayloads, type Payload } from './decode.ts';
import { createDraft } from './draft.ts';
import { type Disguise, fold, type View } from './fold.ts';
import { joinedView, type Vocabulary } from './joined.ts';
import { leetViews } from './leet.ts';
import { MIN_SPACED, spacedView } from './spaced.ts';
import { type Survey, surveyOf } from './survey.ts';
import { type Tokens, tokenise } from './tokens.ts';
import { turnedViews } from './turned.ts';

/** Payloads within payloads are decoded this deep. */
const MAX_DEPTH = 3;
/** Units that all decoded payloads of one text may come to. */
const MAX_DECODED = 1_000_000;

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
  let found = false;
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    const read = unit === BACKSLASH ? READ_AS.get(units[at + 1] ?? 0) : undefined;
    if (read === undefined) {
      draft.add(unit, at);
      continue;
    }
    found = true;
    draft.add(read, at);
    at += 1;
  }
  // How code writes a line end hides nothing.
  return found ? { ...draft.view('unicode-escapes'), disguise: view.disguise } : undefined;
};

/**
 * The readings of letters that stand in the text itself, but for the text as it is.
 *
 * @param tokens Words of `view`.
 */
const letterViews = (view: View, tokens: Tokens, survey: Survey, vocabulary: Vocabulary): readonly View[] => {
  const { backslashes, singles, mixedWords, longWords, digits } = survey;
  const joined = longWords > 0 ? joinedView(view, tokens, vocabulary) : undefined;
  const views = [...turnedViews(view, tokens)];
  if (joined !== undefined) views.push(joined);
  const unescaped = backslashes > 0 ? unescapedView(view) : undefined;
  if (unescaped !== undefined) views.push(unescaped);
  const spaced = singles >= MIN_SPACED ? spacedView(view) : undefined;
  if (mixedWords >= 1 || (spaced !== undefined && digits > 0)) views.push(...leetViews(spaced ?? view));
  if (spaced === undefined) return views;
  views.push(spaced);
  const spacedTokens = tokenise(spaced.units);
  const parted = joinedView(spaced, spacedTokens, vocabulary);
  views.push(...turnedViews(spaced, spacedTokens));
  if (parted !== undefined) views.push(parted);
  return views;
};

/** A decoded payload, and the span of the original that it came from, at whatever depth. */
type Sourced = Pick<Payload, 'text' | 'start' | 'end' | 'disguise'>;

/** Payloads that say something, while the budget lasts. A payload over what is left is passed by, not those after it. */
const withinBudget = (payloads: readonly Sourced[], budget: { left: number }): readonly Sourced[] =>
  payloads.filter(({ text }) => {
    if (text.length > budget.left) return false;
    budget.left -= text.length;
    return true;
  });

/** Stands between payloads that are read together: a paragraph's end. */
const BETWEEN = '\n\n';

/** The payloads of one kind read on as one text: thousands of small ones cost no more than a large one. */
const payloadViews = (disguise: Disguise, payloads: readonly Sourced[], vocabulary: Vocabulary): readonly View[] => {
  const joined = payloads.map(({ text }) => text).join(BETWEEN);
  const starts: number[] = [];
  let at = 0;
  for (const { text } of payloads) {
    starts.push(at);
    at += text.length + BETWEEN.length;
  }
  const view: View = { ...fold(joined), disguise, parts: { starts, spans: payloads } };
  const more = letterViews(view, tokenise(view.units), surveyOf(view.units), vocabulary);
  return [view, ...more.map((each) => ({ ...each, disguise }))];
};

const byDisguise = (payloads: readonly Sourced[]): ReadonlyMap<Disguise, readonly Sourced[]> =>
  Map.groupBy(payloads, ({ disguise }) => disguise);

/**
 * Readings of `text` besides the plain one, `plain`, whose words `tokens` are. Writes over the arrays of `tokens` that
 * are kept between calls.
 */
export const otherViews = (text: string, plain: View, tokens: Tokens, vocabulary: Vocabulary): readonly View[] => {
  const survey = surveyOf(plain.units);
  const views: View[] = [...letterViews(plain, tokens, survey, vocabulary)];
  const budget = { left: MAX_DECODED };
  let level = withinBudget(decodedPayloads(text, survey), budget);
  for (let depth = 1; level.length > 0; depth++) {
    for (const [disguise, payloads] of byDisguise(level)) views.push(...payloadViews(disguise, payloads, vocabulary));
    if (depth === MAX_DEPTH) break;
    const inner = level.flatMap((outer) =>
      decodedPayloads(outer.text, surveyOf(fold(outer.text).units)).map((payload) => ({
        ...payload,
        start: outer.start,
        end: outer.end,
      })),
    );
    level = withinBudget(inner, budget);
  }
  return views;
};
