/**
 * `npm run check:removal`: removes each check of the Bedrock edge in turn, and runs the probes of
 * `test/unit/aws/bedrock/bypass`. A check is there for show when all probes are held without it. Fails when one is.
 *
 * One run with every check in place shows which probes come to which check: only those can miss it.
 */

import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { within } from '../../aws/within.ts';
import type { Probe } from '../../test/unit/aws/bedrock/bypass/probe.ts';
import { type Check, checksOf } from './checks.ts';
import { SPARED } from './spared.ts';
import { OFF, RUN, switchable } from './switches.ts';

/** Where the checks are. */
const SOURCES = ['aws/bedrock/**/*.ts', 'core/converse/*.ts', 'core/tools/*.ts', 'core/invoke-model/**/*.ts'];

interface PlacedCheck extends Check {
  readonly file: string;
}

/** Only checks whose place (`file:line`) begins so, for whoever writes a probe. */
const [only = ''] = process.argv.slice(2);

const root = new URL('../../', import.meta.url);
const checks: PlacedCheck[] = [];
const instrumented = new Map<string, string>();
const unused = new Set(SPARED);
const files: string[] = [];
for await (const file of glob(SOURCES, { cwd: fileURLToPath(root) })) files.push(file);
files.sort();
for (const file of files) {
  const url = new URL(file, root);
  const source = readFileSync(url, 'utf8');
  const own = checksOf(file, source, (name, text) => {
    const spared = SPARED.find((each) => each.file === file && each.within === name && each.text === text);
    if (spared !== undefined) unused.delete(spared);
    return spared !== undefined;
  });
  instrumented.set(pathToFileURL(fileURLToPath(url)).href, switchable(source, own, checks.length));
  checks.push(...own.map((check) => ({ ...check, file })));
}
for (const { file, text } of unused) throw new Error(`spared.ts names what is not there: ${file}: ${text}`);

registerHooks({
  load(url, context, nextLoad) {
    const source = instrumented.get(url);
    if (source === undefined) return nextLoad(url, context);
    return { format: 'module', source: stripTypeScriptTypes(source), shortCircuit: true };
  },
});

/** The check that is off. */
let removed: number | undefined;
let reached = new Set<number>();
let refusing = new Set<number>();

const isThrown = (number: number, error: unknown): never => {
  refusing.add(number);
  throw error;
};

Object.assign(globalThis, {
  [OFF]: (number: number): boolean => {
    refusing.add(number);
    return number === removed;
  },
  [RUN]: <T>(number: number, check: () => T): T | undefined => {
    reached.add(number);
    if (number === removed) return undefined;
    try {
      const result = check();
      return result instanceof Promise ? (result.catch((error) => isThrown(number, error)) as T) : result;
    } catch (error) {
      return isThrown(number, error);
    }
  },
});
// A call that lacks a check may fail where nobody waits for it.
process.on('unhandledRejection', () => {});

const { guardClient } = await import('../../aws/bedrock/index.ts');
const { PROBES } = await import('../../test/unit/aws/bedrock/bypass/index.ts');
const probes = Object.values(PROBES).flat();

/** How long a probe may take, in milliseconds: without a check one may wait for ever. */
const PATIENCE_MS = 10_000;

const LATE = 'otherwise: late';

const outcomeOf = async ({ attempt }: Probe): Promise<string> => {
  const outcome = attempt(guardClient).catch((error: unknown) => `otherwise: ${error}`);
  return within(outcome, PATIENCE_MS, () => new Error('too long')).catch(() => LATE);
};

const NOBODY = { refused: new Set<Probe>(), passed: new Set<Probe>() };

/** By check: which probes it refused something of, then which came to it. */
const comers = checks.map(() => ({ refused: new Set<Probe>(), passed: new Set<Probe>() }));
for (const probe of probes) {
  reached = new Set();
  refusing = new Set();
  // Once more where a machine was busy.
  const first = await outcomeOf(probe);
  const outcome = first === 'held' ? first : await outcomeOf(probe);
  if (outcome !== 'held') throw new Error(`with every check in place this is not held: ${probe.name}: ${outcome}`);
  for (const number of refusing) comers[number]?.refused.add(probe);
  for (const number of reached) comers[number]?.passed.add(probe);
}

/** Probes that have missed a check, by file: they go first at the next check there. */
const missedIn = new Map<string, Set<Probe>>();

const outcomeWithout = async (number: number, probe: Probe): Promise<string> => {
  removed = number;
  const outcome = await outcomeOf(probe);
  removed = undefined;
  return outcome;
};

/**
 * Whether a probe falls without a check, and stands with it: what fails for another reason tells nothing. One that is late
 * must be so twice. Others are not asked again: an approval, for one, is used up by then.
 */
const misses = async (number: number, probe: Probe): Promise<boolean> => {
  const outcome = await outcomeWithout(number, probe);
  if (outcome === 'held' || (await outcomeOf(probe)) !== 'held') return false;
  return outcome !== LATE || (await outcomeWithout(number, probe)) !== 'held';
};

const isMissed = async (number: number, file: string): Promise<boolean> => {
  const { refused, passed } = comers[number] ?? NOBODY;
  const known = missedIn.get(file) ?? new Set();
  const candidates = new Set([...refused, ...[...known].filter((probe) => passed.has(probe)), ...passed]);
  for (const probe of candidates) {
    if (!(await misses(number, probe))) continue;
    missedIn.set(file, known.add(probe));
    return true;
  }
  return false;
};

const needless: PlacedCheck[] = [];
let tried = 0;
for (const [number, check] of checks.entries()) {
  if (!`${check.file}:${check.line}`.startsWith(only)) continue;
  if (!(await isMissed(number, check.file))) needless.push(check);
  tried += 1;
  if (tried % 25 === 0) console.log(`${tried} of ${checks.length} checks removed, ${needless.length} not missed`);
}
for (const { file, line, within: name, text } of needless)
  console.log(`${file}:${line} is not missed: ${name}: ${text}`);
console.log(
  `${tried} checks in ${files.length} files, each removed in turn: ${tried - needless.length} are missed by one of ${probes.length} probes; ${SPARED.length} are spared`,
);
process.exit(needless.length === 0 ? 0 : 1);
