/** Every reading of a text that an attacker may have meant: plain, disguised letters, decoded payloads. Linear, bounded. */

import { decodedPayloads, type Payload } from './decode.ts';
import { type Disguise, fold, type View } from './fold.ts';
import { letterViews } from './letter-views.ts';
import { createRoom, type Room, take } from './room.ts';
import { type Tokens, tokenise } from './tokens.ts';
import type { Vocabulary } from './word-trie.ts';

/** Payloads within payloads are decoded this deep. */
const MAX_DEPTH = 3;

/** Stands between payloads that are read together: a paragraph's end. */
const BETWEEN = '\n\n';

/** Readings of a text besides the plain one. */
export interface OtherViews {
  readonly views: readonly View[];
  /** Whether there was more in it than is read of one text. */
  readonly isExceeded: boolean;
}

/** The payloads of one kind read on as one text: thousands of small ones cost no more than a large one. */
const payloadViews = (
  disguise: Disguise,
  payloads: readonly Payload[],
  vocabulary: Vocabulary,
  room: Room,
): readonly View[] => {
  const joined = payloads.map(({ text }) => text).join(BETWEEN);
  const starts: number[] = [];
  let at = 0;
  for (const { text } of payloads) {
    starts.push(at);
    at += text.length + BETWEEN.length;
  }
  const view: View = { ...fold(joined), disguise, parts: { starts, spans: payloads } };
  const more = letterViews(view, tokenise(view.units), vocabulary, room);
  return [view, ...more.map((each) => ({ ...each, disguise }))];
};

/** Payloads within payloads, with the span of the outer one. */
const within = (outer: Payload, room: Room): readonly Payload[] => {
  const { survey } = tokenise(fold(outer.text).units);
  return decodedPayloads(outer.text, survey, room).map((payload) => ({
    ...payload,
    start: outer.start,
    end: outer.end,
  }));
};

/**
 * Readings of `text` besides the plain one, `plain`, whose words `tokens` are. Writes over the arrays of `tokens` that
 * are kept between calls.
 */
export const otherViews = (text: string, plain: View, tokens: Tokens, vocabulary: Vocabulary): OtherViews => {
  const { survey } = tokens;
  const room = createRoom();
  // A payload for which there is no room is passed by, not those after it.
  const fits = ({ text: payload }: Payload): boolean => take(room, payload.length);
  const views: View[] = [...letterViews(plain, tokens, vocabulary, room)];
  let level = decodedPayloads(text, survey, room).filter(fits);
  for (let depth = 1; level.length > 0; depth++) {
    const kinds = Map.groupBy(level, ({ disguise }) => disguise);
    for (const [disguise, payloads] of kinds) views.push(...payloadViews(disguise, payloads, vocabulary, room));
    if (depth === MAX_DEPTH) break;
    level = level.flatMap((payload) => within(payload, room)).filter(fits);
  }
  return { views, isExceeded: room.isExceeded || plain.isCut === true };
};
