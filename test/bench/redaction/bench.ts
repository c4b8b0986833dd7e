/** All that is measured of redaction, in one table. No time passes or fails. */

import { percentages, rounded, type Section, tableOf } from '../injection/table.ts';
import { type Allocation, measureAllocation } from './allocation.ts';
import { durations, growths, speeds } from './cells.ts';
import { KIT } from './contender.ts';
import { type Contestant, createContestant } from './contestant.ts';
import { type Effort, QUICK, THOROUGH } from './effort.ts';
import { isInstalled, versions } from './entrants.ts';
import type { Answer, Errand } from './errand.ts';
import { hostileTexts } from './hostile-texts.ts';
import { PEERS } from './peers.ts';
import { measureQuality, type Quality } from './quality.ts';
import { sampleCorpora } from './sample.ts';
import { harmlessText, KINDS } from './texts.ts';

/** What is asked for. */
export interface RedactionBenchOptions {
  /** Beside the peers that are installed. */
  readonly peers: boolean;
  /** Just long enough to see that it runs. */
  readonly quick: boolean;
}

/** Where it prints. */
export interface RedactionBenchOutput {
  print(line: string): void;
  /** Told what is measured now. */
  progress(step: string): void;
}

const SMALL = 4096;
const PIECES = [16, 64] as const;
const KB = 1024;

const sizeOf = (units: number): string => (units >= KB * KB ? `${units / KB / KB} MB` : `${units / KB} KB`);

/** The fastest of several: other work on the machine only ever slows down. */
const best = (answers: readonly Answer[]): Answer =>
  answers.reduce((a, b) => (a.end !== 'done' || (b.end === 'done' && b.ms >= a.ms) ? a : b));

/** Contenders take turns, each round begun by another; who fails once is not asked again. */
const turns = async (
  contestants: readonly Contestant[],
  errand: Errand,
  { rounds, patienceMs, cutOffMs }: Effort,
): Promise<readonly Answer[]> => {
  const found = contestants.map((): Answer[] => []);
  for (let round = 0; round < rounds; round++)
    for (let step = 0; step < contestants.length; step++) {
      const index = (round + step) % contestants.length;
      const into = found[index] as Answer[];
      if (into.every(({ end }) => end === 'done'))
        into.push(await (contestants[index] as Contestant).ask({ ...errand, patienceMs }, cutOffMs + patienceMs));
    }
  return found.map((answers) => answers.find(({ end }) => end !== 'done') ?? best(answers));
};

type Report = RedactionBenchOutput['progress'];

const speedSections = async (
  contestants: readonly Contestant[],
  effort: Effort,
  report: Report,
): Promise<readonly Section[]> => {
  const sections: Section[] = [];
  for (const [title, chunk] of [
    ['whole', undefined],
    ...PIECES.map((size) => [`pieces of ${size}`, size] as const),
  ] as const) {
    const rows: Section['rows'][number][] = [];
    for (const units of [SMALL, effort.large])
      for (const kind of KINDS) {
        report(`${sizeOf(units)} ${kind}, ${title}`);
        const errand: Errand = { text: harmlessText(kind, units), ...(chunk !== undefined && { chunk }) };
        const answers = await turns(contestants, errand, effort);
        rows.push({ label: `  ${sizeOf(units)} ${kind}`, cells: speeds(answers, units, effort.cutOffMs) });
      }
    sections.push({ title: `MB/s, ${title}`, rows });
  }
  return sections;
};

const hostileSections = async (
  contestants: readonly Contestant[],
  effort: Effort,
  report: Report,
): Promise<readonly Section[]> => {
  const { large, shorter, cutOffMs } = effort;
  const once = { ...effort, patienceMs: 0 };
  const [own] = contestants as [Contestant];
  const times: Section['rows'][number][] = [];
  const growth: Section['rows'][number][] = [];
  for (const [name, text] of hostileTexts(large).slice(0, effort.hostile)) {
    report(name);
    const longer = await turns(contestants, { text }, once);
    const streamed = await turns([own], { text, chunk: 16 }, once);
    const short = await turns(contestants, { text: text.slice(0, large / shorter) }, once);
    times.push({ label: `  ${name}`, cells: durations(longer, cutOffMs) });
    times.push({ label: '    in pieces of 16', cells: durations(streamed, cutOffMs) });
    growth.push({ label: `  ${name}`, cells: growths(longer, short) });
  }
  return [
    { title: `Hostile texts of ${sizeOf(large)}, ms`, rows: times },
    { title: `How many times as long as ${sizeOf(large / shorter)} that takes: ${shorter} is linear`, rows: growth },
  ];
};

const qualitySection = async (
  contestants: readonly Contestant[],
  { texts, ofRule, cutOffMs }: Effort,
  report: Report,
): Promise<Section | undefined> => {
  const sample = await sampleCorpora(texts, ofRule);
  if (sample === undefined) return undefined;
  const found: Quality[] = [];
  for (const contestant of contestants) {
    report(`quality of ${contestant.name}`);
    found.push(await measureQuality(contestant, sample, cutOffMs));
  }
  const row = (label: string, of: (quality: Quality) => number) => ({
    label: `  ${label}`,
    cells: percentages(found.map(of)),
  });
  return {
    title: `Quality on ${sample.labelled.length} texts and ${sample.secrets.length} secrets or none: the kit's were written with them in sight`,
    rows: [
      row('values with a structure, F1', ({ f1 }) => f1),
      row('  of it recall', ({ recall }) => recall),
      row('  of it precision', ({ precision }) => precision),
      row('secrets hidden, mean of rules', ({ secrets }) => secrets),
      row('no secrets, but changed', ({ flagged }) => flagged),
      { label: '  rows that failed', cells: found.map(({ failed }) => failed) },
    ],
  };
};

const allocationLine = ({ units, clean, whole, copy, streamed }: Allocation): string => {
  const perMegabyte = (bytes: number): string => `${rounded((bytes * 1e6) / units / 1000)} KB`;
  return (
    `Heap for 1 MB of clean prose (${clean ? 'given back as it was' : 'NOT given back as it was'}): ` +
    `whole ${perMegabyte(whole)}, one copy would be ${perMegabyte(copy)}; in pieces of 16 units ${perMegabyte(streamed)}`
  );
};

const namesOf = (peers: boolean, print: RedactionBenchOutput['print']): readonly string[] => {
  const present = peers ? PEERS.filter(isInstalled) : [];
  const known = versions();
  if (!peers) print('peers: not asked for (--peers)');
  else
    print(`peers: ${present.map(({ name }) => `${name} ${known[name]}`).join(', ') || 'none (npm run bench:peers)'}`);
  return [...KIT, ...present].map(({ name }) => name);
};

/** Measures, and prints the table. */
export const runRedactionBench = async (
  { peers, quick }: RedactionBenchOptions,
  { print, progress }: RedactionBenchOutput,
): Promise<void> => {
  const effort = quick ? QUICK : THOROUGH;
  print(`Redaction, Node ${process.version}${quick ? ', quick: no number means anything' : ''}`);
  const names = namesOf(peers, print);
  await using stack = new AsyncDisposableStack();
  const contestants = names.map((name) => stack.use(createContestant(name)));
  const sections = [
    ...(await speedSections(contestants, effort, progress)),
    ...(await hostileSections(contestants, effort, progress)),
  ];
  const quality = await qualitySection(contestants, effort, progress);
  progress('');
  print('');
  for (const line of tableOf(names, [...sections, ...(quality === undefined ? [] : [quality])])) print(line);
  print('');
  print(allocationLine(await measureAllocation()));
  if (quality === undefined) print('quality: skipped, the shared corpora are not beside this checkout');
};
