/** Where in a text a value can begin. Functions of the module, not of a stream: they are the hot path, and stay compiled. */

import { afterBeginning, BEGINS_ALWAYS, nextBeginning } from './beginnings.ts';
import type { DetectorSet } from './detector-sets.ts';
import type { Engine } from './engine.ts';
import { mayHoldKeyword } from './name-keywords.ts';
import { conditionsAt, type Nearby } from './near.ts';
import { skipAhead } from './skip-ahead.ts';
import { assignedName, mayFollowName } from './surroundings.ts';
import { MAX_MATCH } from './types.ts';

/** What a stream remembers of the text that it looks at. */
export interface Places extends Nearby {
  /** Another one for each text of any stream. */
  version: number;
  /** What the last look said. */
  candidates: DetectorSet;
  open: boolean;
}

const ASCII = 128;

/** Places of the texts that `engine` reads. */
export const createPlaces = (engine: Engine): Places => ({
  engine,
  found: engine.nears.map(() => -1),
  nearest: -1,
  text: '',
  version: 0,
  candidates: engine.sets.none,
  open: false,
});

/** Adds what can stand at a place that may follow a name: the name is asked for where there is the shape of a value. */
const lookAssigned = (places: Places, at: number, settled: boolean): void => {
  const { text, version, engine } = places;
  const { assigned, named, sets } = engine;
  const { candidates, open } = assigned.look(text, at, 0, version);
  if (candidates === sets.none && (settled || !open)) return;
  const name = assignedName(text, at);
  if (name === undefined) return;
  places.candidates = sets.union(places.candidates, candidates.named(name));
  places.open ||= open && named.named(name) !== sets.none;
};

/** Looks at the place `at`: which detectors can match, and whether more text can change that. */
export const lookAt = (places: Places, at: number, final: boolean): void => {
  const { text, engine } = places;
  const settled = final || text.length - at >= MAX_MATCH;
  const unit = text.charCodeAt(at);
  if (((engine.kinds[unit < ASCII ? unit : ASCII] as number) & BEGINS_ALWAYS) === 0) {
    places.candidates = engine.sets.none;
    places.open = false;
  } else {
    const look = engine.free.look(text, at, conditionsAt(places, at, final), places.version);
    places.candidates = look.candidates;
    places.open = look.open;
  }
  if (mayFollowName(text, at) && mayHoldKeyword(text, at, engine.heads)) lookAssigned(places, at, settled);
  if (settled) places.open = false;
};

/**
 * The next place, from `from` on, at which a detector can match or the outcome is open; the end of the text where there
 * is none.
 */
export const nextPlace = (places: Places, from: number, final: boolean): number => {
  const { text, engine } = places;
  const { kinds } = engine;
  const end = text.length;
  let at = nextBeginning(text, from, kinds);
  while (at < end) {
    at = skipAhead(places, at, final);
    if (at >= end) break;
    lookAt(places, at, final);
    if (places.open || places.candidates !== engine.sets.none) return at;
    at = nextBeginning(text, afterBeginning(text, at), kinds);
  }
  return end;
};

/** Says that the text is another one now. */
export const setText = (places: Places, text: string): void => {
  places.text = text;
  places.version = places.engine.nextVersion();
  places.found.fill(-1);
  places.nearest = -1;
};
