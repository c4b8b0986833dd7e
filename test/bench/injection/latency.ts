/** How long a text takes, in one process, contenders taking turns. */

import type { Channel } from '../../../core/injection/index.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Check } from './contender.ts';
import { median, percentile } from './statistics.ts';
import { harmlessTexts, type Kind } from './texts.ts';

/** What is judged. */
export interface Shape {
  readonly kind: Kind;
  readonly bytes: number;
  readonly channel: Channel;
  /** Texts of a turn, each of them another. */
  readonly calls: number;
}

/** Milliseconds of one text: medians over the rounds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** How thorough it is. */
export interface LatencyOptions {
  readonly rounds: number;
  /** Milliseconds after which a turn ends, however many texts are left of it. */
  readonly patienceMs: number;
}

/** Fewest texts of a turn. */
const FEWEST = 3;

/** Rounds that count for nothing. */
const WARM_UP_ROUNDS = 2;

const judge = async (check: Check, text: string, channel: Channel): Promise<void> => {
  const verdict = check(text, channel);
  if (typeof verdict !== 'string') await verdict;
};

/** Milliseconds of each text. */
const turn = async (
  check: Check,
  texts: Iterable<string>,
  channel: Channel,
  patienceMs: number,
): Promise<readonly number[]> => {
  const times: number[] = [];
  const startedAt = performance.now();
  for (const text of texts) {
    const before = performance.now();
    await judge(check, text, channel);
    const after = performance.now();
    times.push(after - before);
    if (times.length >= FEWEST && after - startedAt > patienceMs) break;
  }
  return times;
};

/** The same texts again and again: a turn of them takes all the time there is, for compilers to learn. */
const endless = function* (texts: readonly string[]): Generator<string> {
  for (;;) yield* texts;
};

/**
 * Measures contenders on texts of one shape. Each round begins with another contender, and with no garbage. There is no
 * collection between turns: several of them while a contender waits would throw its compiled code away.
 */
export const measureLatency = async (
  checks: readonly Check[],
  { kind, bytes, channel, calls }: Shape,
  { rounds, patienceMs }: LatencyOptions,
): Promise<readonly Latency[]> => {
  const texts = harmlessTexts(kind, bytes, calls);
  const found = checks.map(() => ({ p50: [] as number[], p99: [] as number[] }));
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
    collectGarbage();
    for (let step = 0; step < checks.length; step++) {
      const index = (round + step) % checks.length;
      const [check, into] = [checks[index] as Check, found[index]];
      const isWarmUp = round < WARM_UP_ROUNDS;
      const times = await turn(check, isWarmUp ? endless(texts) : texts, channel, patienceMs);
      if (isWarmUp) continue;
      into?.p50.push(median(times));
      into?.p99.push(percentile(times, 0.99));
    }
  }
  return found.map(({ p50, p99 }) => ({ p50: median(p50), p99: median(p99) }));
};
