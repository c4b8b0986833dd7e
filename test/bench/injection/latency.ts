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

/** Milliseconds of each text. */
const turn = async (
  check: Check,
  texts: readonly string[],
  channel: Channel,
  patienceMs: number,
): Promise<readonly number[]> => {
  const times: number[] = [];
  const startedAt = performance.now();
  for (const text of texts) {
    const before = performance.now();
    const verdict = check(text, channel);
    if (typeof verdict !== 'string') await verdict;
    const after = performance.now();
    times.push(after - before);
    if (times.length >= FEWEST && after - startedAt > patienceMs) break;
  }
  return times;
};

/**
 * Measures contenders on texts of one shape. The first round counts for nothing: compilers learn in it. Each round begins
 * with another contender.
 */
export const measureLatency = async (
  checks: readonly Check[],
  { kind, bytes, channel, calls }: Shape,
  { rounds, patienceMs }: LatencyOptions,
): Promise<readonly Latency[]> => {
  const texts = harmlessTexts(kind, bytes, calls);
  const found = checks.map(() => ({ p50: [] as number[], p99: [] as number[] }));
  for (let round = 0; round <= rounds; round++)
    for (let step = 0; step < checks.length; step++) {
      const index = (round + step) % checks.length;
      const [check, into] = [checks[index] as Check, found[index]];
      collectGarbage();
      const times = await turn(check, texts, channel, patienceMs);
      if (round === 0) continue;
      into?.p50.push(median(times));
      into?.p99.push(percentile(times, 0.99));
    }
  return found.map(({ p50, p99 }) => ({ p50: median(p50), p99: median(p99) }));
};
