/** Texts turned letter by letter: shifted alphabets (rot13 and the other 24), the mirrored one, reversal. */

import { offsetAt, type View } from './fold.ts';
import { fitting, type Room, take } from './room.ts';
import type { Tokens } from './tokens.ts';
import { hashOfWord } from './tokens.ts';

/** Words of attacks: where one of them stands turned, the whole text is read turned back. */
const SIGNS =
  'ignore ignora previous instruction instructions instrucciones anweisungen istruzioni instrucoes prompt disregard forget reveal system restrict restrictions guidelines override bypass password secret unfiltered unrestricted jailbreak developer pretend repeat assistant everything';

const SHIFTS = 26;
const MIRRORED = 26;
const REVERSED = 27;

const FIRST = 0x61;
const isLetter = (unit: number): boolean => unit >= FIRST && unit < FIRST + 26;
const shifted = (unit: number, by: number): number => (isLetter(unit) ? ((unit - FIRST + by) % 26) + FIRST : unit);
const mirrored = (unit: number): number => (isLetter(unit) ? FIRST + 25 - (unit - FIRST) : unit);

/** By hash of a turned word, how it was turned: by how many letters, {@link MIRRORED} or {@link REVERSED}. */
const TURNS: ReadonlyMap<number, number> = new Map(
  SIGNS.split(' ').flatMap((word) => {
    const units = Uint16Array.from(word, (letter) => letter.charCodeAt(0));
    const shifts = Array.from(
      { length: SHIFTS - 1 },
      (_, by) => [units.map((unit) => shifted(unit, by + 1)), by + 1] as const,
    );
    return [...shifts, [units.map(mirrored), MIRRORED] as const, [units.slice().reverse(), REVERSED] as const].map(
      ([turned, how]) => [hashOfWord(turned), how] as const,
    );
  }),
);
/** A first look that is cheaper than the map: one bit for each of the hashes. */
const MAYBE_BITS = 15;
const maybe = new Uint8Array(1 << MAYBE_BITS);
for (const hash of TURNS.keys()) maybe[hash >>> (32 - MAYBE_BITS)] = 1;

/** Reverses the units of each word, blanks staying where they are. */
const wordsReversed = (units: Uint16Array): Uint16Array => {
  const out = units.slice();
  for (let start = 0; start < out.length; ) {
    let end = start;
    while (end < out.length && (out[end] as number) > 0x20) end += 1;
    out.subarray(start, end).reverse();
    start = end + 1;
  }
  return out;
};

const reversedViews = (view: View): readonly View[] => {
  // What a reversed text says came from all of it.
  const offsets = new Int32Array(view.units.length + 1);
  offsets[view.units.length] = offsetAt(view, view.units.length);
  return [
    { ...view, units: view.units.slice().reverse(), offsets, disguise: 'reversed' },
    { ...view, units: wordsReversed(view.units), disguise: 'reversed' }, // erongi lla suoiverp snoitcurtsni
  ];
};

/** Most ways of turning that one text is read in: those that most words show. */
const MOST = 3;

const turnedBack = (view: View, turn: number): readonly View[] => {
  if (turn === REVERSED) return reversedViews(view);
  if (turn === MIRRORED) return [{ ...view, units: view.units.map(mirrored), disguise: 'mirrored-alphabet' }];
  return [{ ...view, units: view.units.map((unit) => shifted(unit, 26 - turn)), disguise: 'rotated' }];
};

/** Readings of `view` turned back, where it carries signs of a turn, as far as there is room. */
export const turnedViews = (view: View, { count, hashes }: Tokens, room: Room): readonly View[] => {
  const hits = new Map<number, number>();
  for (let index = 0; index < count; index++) {
    const hash = hashes[index] as number;
    if (maybe[hash >>> (32 - MAYBE_BITS)] === 0) continue;
    const turn = TURNS.get(hash);
    if (turn !== undefined) hits.set(turn, (hits.get(turn) ?? 0) + 1);
  }
  if (hits.size > MOST) room.isExceeded = true;
  const turns = [...hits].sort(([, some], [, others]) => others - some).slice(0, MOST);
  return turns.flatMap(([turn]) =>
    turnedBack(fitting(room, view), turn).filter(({ units }) => units.length > 0 && take(room, units.length)),
  );
};
