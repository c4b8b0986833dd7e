/** `node contender-process.ts NAME`: a contender in a process of its own, which may be ended when a text takes too long. */

import { median } from '../injection/statistics.ts';
import { harmlessTexts } from '../injection/texts.ts';
import type { Redacting } from './contender.ts';
import { contenderOf } from './entrants.ts';
import { type Answer, BEGINS, type Errand } from './errand.ts';

/** Rounds that count for nothing, for compilers to learn. */
const WARM_UP = 3;

/** Texts that a contender sees before it is asked. */
const SEEN = 40;

const inPieces = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

const streamed = async (make: NonNullable<Redacting['stream']>, pieces: readonly string[]): Promise<string> => {
  const stream = make();
  const out: string[] = [];
  for (const piece of pieces) {
    const given = stream.push(piece);
    out.push(typeof given === 'string' ? given : await given);
  }
  out.push(await stream.end());
  return out.join('');
};

const answer = async (redacting: Redacting, { text, chunk, patienceMs = 0, wantsText }: Errand): Promise<Answer> => {
  const { stream } = redacting;
  if (chunk !== undefined && stream === undefined) return { end: 'has no stream' };
  const pieces = chunk === undefined ? [] : inPieces(text, chunk);
  const run = (): string | Promise<string> =>
    chunk === undefined || stream === undefined ? redacting.redact(text) : streamed(stream, pieces);
  // Told for sure: what follows may keep this process from telling anything.
  await new Promise((resolve) => process.send?.(BEGINS, resolve));
  const times: number[] = [];
  const until = performance.now() + patienceMs;
  let out = '';
  do {
    const before = performance.now();
    const made = run();
    out = typeof made === 'string' ? made : await made;
    times.push(performance.now() - before);
  } while (performance.now() < until);
  const counted = times.length > 2 * WARM_UP ? times.slice(WARM_UP) : times.slice(-1);
  return { end: 'done', ms: median(counted), ...(wantsText === true && { text: out }) };
};

const redacting = await contenderOf(process.argv[2] ?? '').load();
for (const text of harmlessTexts('mixed', 1024, SEEN)) await redacting.redact(text);

process.on('message', async (errand: Errand) => {
  let outcome: Answer;
  try {
    outcome = await answer(redacting, errand);
  } catch {
    outcome = { end: 'threw' };
  }
  process.send?.(outcome);
});
process.send?.('ready');
