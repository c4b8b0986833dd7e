/** All that is measured of the injection screen, in one table. No time passes or fails. */

import { detectionVersion } from '../../../core/injection/index.ts';
import { type ColdStart, measureColdStarts } from './cold-start.ts';
import type { Check, Contender } from './contender.ts';
import { contenderOf, findEntrants, versions } from './entrants.ts';
import { type HostileOptions, measureHostile } from './hostile.ts';
import { type LatencyOptions, measureLatency, type Shape } from './latency.ts';
import { measureQuality } from './quality.ts';
import { sampleCorpora } from './sample.ts';
import { judged, percentages, type Section, tableOf, withRatios } from './table.ts';

/** What is asked for. */
export interface InjectionBenchOptions {
  /** Beside the peers that are installed. */
  readonly peers: boolean;
  /** Just long enough to see that it runs. */
  readonly quick: boolean;
}

/** Where it prints. */
export interface InjectionBenchOutput {
  print(line: string): void;
  /** Told what is measured now. */
  progress(step: string): void;
}

/** How thorough it is. */
interface Effort {
  readonly latency: LatencyOptions;
  readonly processes: number;
  readonly hostile: HostileOptions;
  /** Rows of each label from each source. */
  readonly rows: number;
}

const THOROUGH: Effort = {
  latency: { rounds: 9, patienceMs: 700 },
  processes: 7,
  hostile: { rounds: 3, bytes: 1024 * 1024, cutOffMs: 10_000 },
  rows: 40,
};
const QUICK: Effort = {
  latency: { rounds: 1, patienceMs: 20 },
  processes: 1,
  hostile: { rounds: 1, bytes: 32 * 1024, cutOffMs: 1_000 },
  rows: 2,
};

const KB = 1024;
const USER_SHAPES: readonly Shape[] = [
  { kind: 'prose', bytes: KB, channel: 'user', calls: 200 },
  { kind: 'technical', bytes: KB, channel: 'user', calls: 200 },
  { kind: 'mixed', bytes: 16 * KB, channel: 'user', calls: 100 },
  { kind: 'mixed', bytes: 64 * KB, channel: 'user', calls: 50 },
];
const DATA_SHAPES: readonly Shape[] = [1, 16, 64].map((size) => ({
  kind: 'mixed',
  bytes: size * KB,
  channel: 'data',
  calls: 100,
}));

type Report = InjectionBenchOutput['progress'];

const latencySections = async (
  checks: readonly Check[],
  options: LatencyOptions,
  report: Report,
): Promise<readonly Section[]> => {
  const user: Section['rows'][number][] = [];
  for (const shape of USER_SHAPES) {
    const what = `${shape.bytes / KB} KB ${shape.kind}`;
    report(what);
    const found = await measureLatency(checks, shape, options);
    user.push(
      { label: `  ${what}, p50`, cells: withRatios(found.map(({ p50 }) => p50)) },
      { label: `  ${what}, p99`, cells: withRatios(found.map(({ p99 }) => p99)) },
    );
  }
  const data: Section['rows'][number][] = [];
  for (const shape of DATA_SHAPES) {
    const size = shape.bytes / KB;
    report(`${size} KB on the data channel`);
    const found = await measureLatency(checks, shape, options);
    data.push({
      label: `  ${size} KB ${shape.kind}, p50`,
      cells: withRatios(found.map(({ p50 }) => (p50 * 1000) / size)),
    });
  }
  return [
    { title: "A caller's text, ms", rows: user },
    { title: 'Data, µs per KB', rows: data },
  ];
};

const coldStartSection = async (names: readonly string[], processes: number): Promise<Section> => {
  const starts = await measureColdStarts(names, processes);
  const row = (label: string, of: (start: ColdStart) => number | undefined) => ({
    label: `  ${label}`,
    cells: withRatios(starts.map(of)),
  });
  return {
    title: 'A fresh process, ms',
    rows: [
      row('loading', ({ load }) => load),
      row('  of it code and rules', ({ rules }) => rules),
      row('  of it the lexicon', ({ lexicon }) => lexicon),
      row('  of it the weights', ({ weights }) => weights),
      row('creating', ({ create }) => create),
      row('the first text, 1 KB prose', ({ first }) => first),
      row('together', ({ load, create, first }) => load + create + first),
    ],
  };
};

const hostileSection = async (names: readonly string[], options: HostileOptions, report: Report): Promise<Section> => ({
  title: `Hostile texts of ${options.bytes / KB} KB with an attack at the end, ms`,
  rows: (await measureHostile(names, options, report)).map(({ text, judgements }) => ({
    label: `  ${text}`,
    cells: judged(judgements, options.cutOffMs),
  })),
});

const qualitySection = async (
  names: readonly string[],
  most: number,
  cutOffMs: number,
  report: Report,
): Promise<Section | undefined> => {
  const sample = await sampleCorpora(most);
  if (sample === undefined) return undefined;
  const groups = await measureQuality(names, sample, cutOffMs, report);
  return {
    title: "Rows of the shared corpora, for orientation: the kit's model learned from them",
    rows: groups.flatMap(({ channel, isAttack, rows, flagged, blocked }) => {
      const what = `  ${channel}: ${isAttack ? 'attacks' : 'benign'} (${rows})`;
      return [
        { label: `${what} flagged`, cells: percentages(flagged) },
        { label: `${what} blocked`, cells: percentages(blocked) },
      ];
    }),
  };
};

const entrantsOf = async (peers: boolean, print: InjectionBenchOutput['print']): Promise<readonly Contender[]> => {
  const { present, absent } = await findEntrants(peers ? undefined : []);
  const known = versions();
  const found = present.slice(1).map(({ name }) => `${name} ${known[name]}`);
  if (peers) print(`peers: ${found.length === 0 ? 'none' : found.join(', ')}`);
  else print('peers: not asked for (--peers)');
  if (absent.length > 0) print(`not installed: ${absent.join(', ')} (npm ci, npm run bench:peers)`);
  return present;
};

const checkOf = async ({ name }: Contender): Promise<Check> => (await contenderOf(name).load())();

/** Measures, and prints the table. */
export const runInjectionBench = async (
  { peers, quick }: InjectionBenchOptions,
  { print, progress }: InjectionBenchOutput,
): Promise<void> => {
  const effort = quick ? QUICK : THOROUGH;
  print(`Injection screen, detection version ${detectionVersion}, Node ${process.version}${quick ? ', quick' : ''}`);
  const entrants = await entrantsOf(peers, print);
  const names = entrants.map(({ name }) => name);
  progress('fresh processes');
  const cold = await coldStartSection(names, effort.processes);
  const hostile = await hostileSection(names, effort.hostile, progress);
  const quality = await qualitySection(names, effort.rows, effort.hostile.cutOffMs, progress);
  const checks = await Promise.all(entrants.map(checkOf));
  const latency = await latencySections(checks, effort.latency, progress);
  progress('');
  print('');
  for (const line of tableOf(names, [...latency, cold, hostile, ...(quality === undefined ? [] : [quality])]))
    print(line);
  if (quality === undefined) print('\nquality: skipped, the shared corpora are not beside this checkout');
};
