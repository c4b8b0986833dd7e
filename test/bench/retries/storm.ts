/** A share of all attempts fails: time, attempts and money for each answer. */

import { PRICE_LIST } from '../../../aws/bedrock/index.ts';
import { usdMicros } from '../../../core/quota/cost/cost.ts';
import type { FaultKind, ReceivedRequest } from '../../../local/bedrock/index.ts';
import { type Contender, startContender, strike } from './contenders.ts';

/** How many calls, how many of them at once, and by how many clients. */
export interface Load {
  readonly calls: number;
  readonly concurrency: number;
  readonly clients: number;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

const microsOf = ({ modelId, billed }: ReceivedRequest): number => {
  const price = PRICE_LIST[modelId];
  if (price === undefined) throw new Error(`no price of ${modelId}`);
  return usdMicros(billed, price);
};

const HEAD = [
  'answered',
  'refused',
  'total s',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'attempts',
  'tokens',
  'micro-USD',
] as const;

type Figures = Readonly<Record<(typeof HEAD)[number], number>>;

const DIGITS: Readonly<Partial<Record<keyof Figures, number>>> = {
  'total s': 1,
  attempts: 2,
  tokens: 1,
  'micro-USD': 2,
};

const measure = async (contender: Contender, fault: FaultKind, share: number, load: Load): Promise<Figures> => {
  const setting = await startContender(contender, load.clients);
  try {
    strike(setting, fault, share);
    const times: number[] = [];
    let answered = 0;
    let begun = 0;
    const startedAt = performance.now();
    const lane = async (_: unknown, number: number): Promise<void> => {
      while (begun < load.calls) {
        begun += 1;
        const askedAt = performance.now();
        if (await setting.ask(number)) answered += 1;
        times.push(performance.now() - askedAt);
      }
    };
    await Promise.all(Array.from({ length: load.concurrency }).map(lane));
    const seconds = (performance.now() - startedAt) / 1000;
    times.sort((one, other) => one - other);
    const { attempts } = setting;
    const tokens = attempts.reduce((sum, { billed }) => sum + billed.totalTokens, 0);
    const micros = attempts.reduce((sum, attempt) => sum + microsOf(attempt), 0);
    return {
      answered,
      refused: load.calls - answered,
      'total s': seconds,
      'p50 ms': quantile(times, 0.5),
      'p95 ms': quantile(times, 0.95),
      'p99 ms': quantile(times, 0.99),
      attempts: attempts.length / answered,
      tokens: tokens / answered,
      'micro-USD': micros / answered,
    };
  } finally {
    await setting.close();
  }
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Prints a table: a line a contender, and each one's ratio to the first. */
export const benchStorm = async (
  title: string,
  contenders: readonly Contender[],
  { fault, share, load }: { readonly fault: FaultKind; readonly share: number; readonly load: Load },
): Promise<void> => {
  console.log(`\n${title}: ${load.calls} calls, ${load.concurrency} at once by ${load.clients} clients\n`);
  console.log(
    row(['', ...HEAD.map((name) => (['attempts', 'tokens', 'micro-USD'].includes(name) ? `${name} an answer` : name))]),
  );
  console.log(row(['---', ...HEAD.map(() => '---:')]));
  let first: Figures | undefined;
  for (const contender of contenders) {
    const figures = await measure(contender, fault, share, load);
    console.log(row([contender.name, ...HEAD.map((name) => figures[name].toFixed(DIGITS[name] ?? 0))]));
    const base = first;
    if (base !== undefined)
      console.log(
        row(['× SDK alone', ...HEAD.map((name) => (base[name] === 0 ? '–' : (figures[name] / base[name]).toFixed(2)))]),
      );
    first ??= figures;
  }
};
