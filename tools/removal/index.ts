/**
 * `npm run check:removal`: removes each check of the Bedrock edge in turn, and runs the probes of
 * `test/unit/aws/bedrock/bypass`. A check is there for show when all probes are held without it. Fails when one is.
 */

import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { within } from '../../aws/within.ts';
import type { Probe } from '../../test/unit/aws/bedrock/bypass/probe.ts';
import { type Check, checksOf, switchable } from './checks.ts';
import { SPARED } from './spared.ts';

/** Where the checks are. */
const SOURCES = ['aws/bedrock/**/*.ts', 'core/converse/*.ts', 'core/tools/*.ts', 'core/invoke-model/*.ts'];

/** The number of the check that is off; what is instrumented asks for it. */
const OFF = '__removedCheck';
const switches = globalThis as { [OFF]?: number };

interface PlacedCheck extends Check {
  readonly file: string;
}

const root = new URL('../../', import.meta.url);
const checks: PlacedCheck[] = [];
const instrumented = new Map<string, string>();
for await (const file of glob(SOURCES, { cwd: fileURLToPath(root) })) {
  const url = new URL(file, root);
  const source = readFileSync(url, 'utf8');
  const own = checksOf(file, source).filter(
    ({ text }) => !SPARED.some((spared) => spared.file === file && text.includes(spared.text)),
  );
  const first = checks.length;
  checks.push(...own.map((check) => ({ ...check, file })));
  instrumented.set(
    pathToFileURL(fileURLToPath(url)).href,
    switchable(source, own, (number) => `globalThis.${OFF} === ${first + number}`),
  );
}

registerHooks({
  load(url, context, nextLoad) {
    const source = instrumented.get(url);
    if (source === undefined) return nextLoad(url, context);
    return { format: 'module', source: stripTypeScriptTypes(source), shortCircuit: true };
  },
});

const { guardClient } = await import('../../aws/bedrock/index.ts');
const { PROBES } = await import('../../test/unit/aws/bedrock/bypass/index.ts');
const probes = Object.values(PROBES).flat();

/** How long a probe may take, in milliseconds: without a check one may wait for ever. */
const PATIENCE_MS = 10_000;

const isHeld = async ({ attempt }: Probe): Promise<boolean> => {
  const outcome = attempt(guardClient).catch((error: unknown) => `otherwise: ${error}`);
  return (await within(outcome, PATIENCE_MS, () => new Error('too long')).catch(() => 'otherwise: late')) === 'held';
};

/** Checks of a file fall to the probe that the one before fell to, or to its neighbours: those are asked first. */
let start = 0;

/** The name of a probe that is not held, `undefined` when all are. */
const broken = async (): Promise<string | undefined> => {
  for (let step = 0; step < probes.length; step++) {
    const at = (start + step) % probes.length;
    const probe = probes[at];
    if (probe === undefined || (await isHeld(probe))) continue;
    start = at;
    return probe.name;
  }
  return undefined;
};

const before = await broken();
if (before !== undefined) throw new Error(`with every check in place this is not held: ${before}`);
const needless: PlacedCheck[] = [];
for (const [number, check] of checks.entries()) {
  switches[OFF] = number;
  const probe = await broken();
  switches[OFF] = -1;
  if (probe === undefined) needless.push(check);
  if (process.stdout.isTTY) process.stdout.write(`\r${number + 1} of ${checks.length} checks removed `);
}
if (process.stdout.isTTY) process.stdout.write('\n');
for (const { file, line, text } of needless) console.log(`${file}:${line} is not missed: ${text}`);
console.log(
  `${checks.length} checks in ${instrumented.size} files, each removed in turn: ${checks.length - needless.length} are missed by one of ${probes.length} probes`,
);
process.exitCode = needless.length === 0 ? 0 : 1;
