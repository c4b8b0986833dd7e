/** How long hostile texts take, contenders taking turns in threads of their own. */

import { hostileTexts } from './hostile-texts.ts';
import { createJudge, type Judge, type Judgement } from './judge.ts';
import { median } from './statistics.ts';

/** How thorough it is. */
export interface HostileOptions {
  readonly rounds: number;
  /** Of each text. */
  readonly bytes: number;
  /** Longest time for a text. */
  readonly cutOffMs: number;
}

/** A hostile text, and what became of it, contender by contender. */
export interface HostileResult {
  readonly text: string;
  readonly judgements: readonly Judgement[];
}

/** The one in the middle: they are equal but for the time. */
const typical = (judgements: readonly Judgement[]): Judgement => {
  const times = judgements.flatMap((judgement) => (judgement.end === 'judged' ? judgement.ms : []));
  const ms = median(times);
  return judgements.find((judgement) => judgement.end !== 'judged' || judgement.ms === ms) as Judgement;
};

/** What was slow is not asked again: it is not to be mistaken for the others. */
const isQuick = (judgement: Judgement, cutOffMs: number): boolean =>
  judgement.end === 'judged' && judgement.ms < cutOffMs / 10;

const rounds = async (
  judges: readonly Judge[],
  text: string,
  { rounds: count, cutOffMs }: HostileOptions,
): Promise<readonly Judgement[]> => {
  const found = judges.map((): Judgement[] => []);
  for (let round = 0; round < count; round++)
    for (let step = 0; step < judges.length; step++) {
      const index = (round + step) % judges.length;
      const [judge, into] = [judges[index] as Judge, found[index] as Judgement[]];
      if (into.every((judgement) => isQuick(judgement, cutOffMs)))
        into.push(await judge.judge({ text, channel: 'user' }));
    }
  return found.map(typical);
};

/** Measures contenders on each hostile text. @param report Told what comes next. */
export const measureHostile = async (
  names: readonly string[],
  options: HostileOptions,
  report: (text: string) => void,
): Promise<readonly HostileResult[]> => {
  await using judges = new AsyncDisposableStack();
  const each = names.map((name) => judges.use(createJudge(name, options.cutOffMs)));
  const results: HostileResult[] = [];
  for (const [name, text] of hostileTexts(options.bytes)) {
    report(name);
    results.push({ text: name, judgements: await rounds(each, text, options) });
  }
  return results;
};
