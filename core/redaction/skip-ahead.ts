/**
 * Goes over places at which nothing can stand, of which most of a text is made: what a look at each would find out, in one
 * loop. Where it is not sure it stops, and leaves the place to a look.
 */

import { afterBeginning, BEGINS_ALWAYS, nextBeginning } from './beginnings.ts';
import { DEAD, type Deterministic, ROW } from './deterministic.ts';
import { mayHoldKeyword } from './name-keywords.ts';
import { conditionsAt, farFrom, type Nearby } from './near.ts';
import { overPlainWords } from './plain-words.ts';
import { mayFollowName } from './surroundings.ts';

const ASCII = 128;

/** Units of a walk that is worth it here. */
const STEPS = 32;

/** Whether a walk from `at` ends soon, and matches nothing. */
const isDead = (text: string, at: number, states: Deterministic, conditions: number): boolean => {
  const { cells } = states;
  const { ascii } = cells;
  let row = states.start(conditions);
  const stop = Math.min(text.length, at + STEPS);
  for (let index = at; index < stop; index++) {
    const unit = text.charCodeAt(index);
    const unitClass = unit < ASCII ? (ascii[unit] as number) : cells.classOf(unit);
    const from = row;
    row = cells.table[from + unitClass] as number;
    if (row < DEAD && states.advance(from, unitClass) !== undefined) row = cells.table[from + unitClass] as number;
    if (row <= DEAD || row > ROW) break;
  }
  return row === DEAD;
};

const firstUnsure = (places: Nearby, at: number, final: boolean): number => {
  const { text, engine } = places;
  if (engine.unknown.size > 0) return at;
  const { free, assigned, kinds, plainWords, heads } = engine;
  const end = text.length;
  let here = at;
  while (here < end) {
    const far = farFrom(places, here, final);
    if (mayFollowName(text, here) && !isDead(text, here, assigned.states, 0) && mayHoldKeyword(text, here, heads))
      return here;
    const passed = here > far ? here : overPlainWords(text, here, far, plainWords);
    if (passed > here) {
      here = passed;
      continue;
    }
    const unit = text.charCodeAt(here);
    const begins = ((kinds[unit < ASCII ? unit : ASCII] as number) & BEGINS_ALWAYS) !== 0;
    const conditions = here > far && begins ? conditionsAt(places, here, final) : 0;
    if (begins && !isDead(text, here, free.states, conditions)) return here;
    here = nextBeginning(text, afterBeginning(text, here), kinds);
  }
  return here;
};

/**
 * From `at` on, where a value can begin as far as its first unit says: the first place that needs a look. `final` says that
 * no more text follows.
 */
export const skipAhead = (places: Nearby, at: number, final: boolean): number => {
  const next = firstUnsure(places, at, final);
  places.engine.free.states.earn(next - at);
  places.engine.assigned.states.earn(next - at);
  return next;
};
