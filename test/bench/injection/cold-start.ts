/** How long it takes until the first text is judged, each time in a fresh process. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { median } from './statistics.ts';

/** Milliseconds of each step. */
export interface ColdStart {
  /** Importing: with the lexicon and the weights, where there are any. */
  readonly load: number;
  /** Of that, code and rules. */
  readonly rules?: number;
  /** Of that, reading and unpacking the lexicon. */
  readonly lexicon?: number;
  /** Of that, reading and unpacking the weights. */
  readonly weights?: number;
  /** Making the screen: rules compiled. */
  readonly create: number;
  /** Judging one text of 1 KB. */
  readonly first: number;
}

const STEPS = ['load', 'rules', 'lexicon', 'weights', 'create', 'first'] as const;
const FRESH = fileURLToPath(new URL('./fresh-process.ts', import.meta.url));
const CORE = fileURLToPath(new URL('../../../core/', import.meta.url));

/** Built as functions are, but in parts that can be loaded one by one. */
const buildKit = async (outdir: string): Promise<void> => {
  const parts = ['text/fold', 'text/tokens', 'injection/model/concepts', 'injection/model/built-in', 'injection/index'];
  await build({
    entryPoints: parts.map((part) => path.join(CORE, `${part}.ts`)),
    entryNames: '[name]',
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
  });
  await writeFile(path.join(outdir, 'package.json'), '{"type":"module"}');
};

const run = promisify(execFile);

const start = async (name: string, folder: string): Promise<ColdStart> => {
  const { stdout } = await run(process.execPath, [FRESH, name, folder]);
  return JSON.parse(stdout);
};

/** Steps of which there are any, each the median of its own. */
const typical = (starts: readonly ColdStart[]): ColdStart =>
  Object.fromEntries(
    STEPS.flatMap((step) => {
      const times = starts.flatMap((each) => each[step] ?? []);
      return times.length === 0 ? [] : [[step, median(times)]];
    }),
  ) as unknown as ColdStart;

/** Measures contenders, a process each at a time, taking turns. @param times Processes of each. */
export const measureColdStarts = async (names: readonly string[], times: number): Promise<readonly ColdStart[]> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'injection-bench-'));
  try {
    await buildKit(folder);
    const found = names.map((): ColdStart[] => []);
    for (let time = 0; time < times; time++)
      for (const [index, name] of names.entries()) found[index]?.push(await start(name, folder));
    return found.map(typical);
  } finally {
    await rm(folder, { recursive: true });
  }
};
