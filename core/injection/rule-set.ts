/** Rules at work: what the matcher finds in a reading of a text becomes evidence. */

import { sourceSpan, textOf, type View } from '../text/fold.ts';
import type { Tokens } from '../text/tokens.ts';
import { both, type Evidence, windowOf } from './evidence.ts';
import { createMatcher } from './matcher.ts';
import { mentionShare } from './mention.ts';
import type { Behind } from './pattern.ts';
import type { Channel, Rule } from './types.ts';

/** What a disguise adds to the score of an attack that was hidden in it: evidence, never a verdict of its own. */
const DISGUISE_EVIDENCE = 0.4;

/** Units behind a match that its rule may look at. */
const BEHIND = 60;

/**
 * Adds what the rules of a channel say of one reading of a text to its evidence.
 *
 * @param plain Which rules plain readings of the text have shown in which windows: empty for a new text, and filled here.
 */
export type RuleSet = (view: View, tokens: Tokens, channel: Channel, evidence: Evidence, plain: Set<string>) => void;

const goesOn = (text: string, end: number, behind: readonly Behind[]): boolean =>
  behind.every(({ like, wanted }) => like.test(text.slice(end, end + BEHIND)) === wanted);

const BLANK = 0x20;
const LINE_END = 0x0a;

/** A reading with each run of blanks and line ends as one, and where its units stood. */
const collapsed = ({ units }: View): { readonly text: string; readonly places: Int32Array } => {
  const out = new Uint16Array(units.length);
  const places = new Int32Array(units.length + 1);
  let length = 0;
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] as number;
    if (unit !== BLANK && unit !== LINE_END) {
      out[length] = unit;
      places[length++] = at;
      continue;
    }
    const isRun = length > 0 && (out[length - 1] === BLANK || out[length - 1] === LINE_END);
    if (isRun && unit === LINE_END) out[length - 1] = LINE_END;
    if (isRun) continue;
    out[length] = unit;
    places[length++] = at;
  }
  places[length] = units.length;
  return { text: textOf(out, 0, length), places };
};

/** Makes the rules one matcher. */
export const createRuleSet = (rules: readonly Rule[]): RuleSet => {
  const match = createMatcher(rules.map(({ pattern }) => pattern));
  return (view, tokens, channel, evidence, plain) => {
    const { disguise } = view;
    let known: string | undefined;
    const text = (): string => {
      known ??= textOf(view.units);
      return known;
    };
    // A text read backwards is named as a whole: its offsets tell nothing of places.
    const hasPlaces = disguise !== 'reversed';

    // Several rules often match the same words.
    let last = { start: -1, end: -1, share: 1 };
    const shareOf = (start: number, end: number): number => {
      if (last.start !== start || last.end !== end)
        last = { start, end, share: mentionShare(text(), start, end, channel) };
      return last.share;
    };

    const add = ({ id, score: alone }: Rule, start: number, end: number): void => {
      const span = sourceSpan(view, start, end);
      const score = disguise === undefined ? alone : both(alone, DISGUISE_EVIDENCE);
      if (!evidence.wants(id, span.start, score)) return;
      const shown = `${id} ${windowOf(span.start)}`;
      // What a plain reading has shown in full is not hidden in a later one.
      if (disguise !== undefined && hasPlaces && plain.has(shown)) return;
      const share = shareOf(start, end);
      if (disguise === undefined && share === 1) plain.add(shown);
      evidence.add({ rule: id, ...span, score: score * share, isMention: share < 1 });
    };

    const isOn = (rule: Rule | undefined): rule is Rule => rule?.channels.includes(channel) === true;

    const shapes = match(view, tokens, (pattern, first, last, behind) => {
      const rule = rules[pattern];
      if (!isOn(rule)) return;
      const end = tokens.ends[last] as number;
      if (behind.length === 0 || goesOn(text(), end, behind)) add(rule, tokens.starts[first] as number, end);
    });
    const wanted = shapes.filter(({ pattern }) => isOn(rules[pattern]));
    if (wanted.length === 0) return;
    const even = collapsed(view);
    for (const { pattern, shape } of wanted) {
      const rule = rules[pattern];
      const like = rule?.pattern.shapes[shape]?.like;
      if (rule === undefined || like === undefined) continue;
      for (const { index, 0: found } of even.text.matchAll(like))
        add(rule, even.places[index] as number, even.places[index + found.length] as number);
    }
  };
};
