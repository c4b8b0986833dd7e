/** Every reading of a text that an attacker may have meant: plain, disguised letters, decoded payloads. Linear, bounded. */

import { decodedPayloads, type Payload } from './decode.ts';
import { type Disguise, fold, type View } from './fold.ts';
import { leetViews } from './leet.ts';
import { spacedView } from './spaced.ts';
import { turnedViews } from './turned.ts';

/** Payloads within payloads are decoded this deep. */
const MAX_DEPTH = 2;
/** Units that all decoded payloads of one text may come to. */
const MAX_DECODED = 1_000_000;

/** Line ends and quotes as JSON and source code write them, read as what they stand for. */
const ESCAPED_SIGN = /\\[nrt"']/g; // \n
const READ_AS: Readonly<Record<string, string>> = { '\\n': ' \n', '\\r': ' \n', '\\t': '  ', '\\"': ' "', "\\'": " '" };

const unescapedView = (view: View): View | undefined => {
  if (!view.text.includes('\\')) return undefined;
  const text = view.text.replaceAll(ESCAPED_SIGN, (sign) => READ_AS[sign] ?? sign);
  return text === view.text ? undefined : { ...view, text };
};

/** The readings of letters that stand in the text itself. */
const letterViews = (view: View): readonly View[] => {
  const spaced = spacedView(view);
  const plain = [view, unescapedView(view), spaced].filter((reading) => reading !== undefined);
  return [...plain, ...leetViews(view), ...(spaced ? leetViews(spaced) : []), ...turnedViews(spaced ?? view)];
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
const payloadViews = (disguise: Disguise, payloads: readonly Sourced[]): readonly View[] => {
  const joined = payloads.map(({ text }) => text).join(BETWEEN);
  const starts: number[] = [];
  let at = 0;
  for (const { text } of payloads) {
    starts.push(at);
    at += text.length + BETWEEN.length;
  }
  return letterViews(fold(joined)).map((view) => ({ ...view, disguise, parts: { starts, spans: payloads } }));
};

const byDisguise = (payloads: readonly Sourced[]): ReadonlyMap<Disguise, readonly Sourced[]> =>
  Map.groupBy(payloads, ({ disguise }) => disguise);

/** All readings of `text`, the plain one first. */
export const viewsOf = (text: string): readonly View[] => {
  const views: View[] = [...letterViews(fold(text))];
  const budget = { left: MAX_DECODED };
  let level = withinBudget(decodedPayloads(text), budget);
  for (let depth = 1; level.length > 0; depth++) {
    for (const [disguise, payloads] of byDisguise(level))
      for (const view of payloadViews(disguise, payloads)) views.push(view);
    if (depth === MAX_DEPTH) break;
    const inner = level.flatMap((outer) =>
      decodedPayloads(outer.text).map((payload) => ({ ...payload, start: outer.start, end: outer.end })),
    );
    level = withinBudget(inner, budget);
  }
  return views;
};
