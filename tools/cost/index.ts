/**
 * `npm run cost`: packages both stages, counts what costs money and prints the bill. `--measure` measures what a request
 * leaves in logs, and says whether the number that the bill rests on still holds; `--write` puts the report into docs/cost.md.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { currentStages, currentSwitches, pageWith } from './current-report.ts';
import { measureLogBytes } from './measure-logs.ts';
import { LOG_BYTES } from './request.ts';

const PAGE = path.resolve(import.meta.dirname, '../../docs/cost.md');

/** Measured numbers may be off by so much before the bill is wrong. */
const TOLERANCE = 0.15;

const measure = async (): Promise<void> => {
  const measured = await measureLogBytes();
  for (const [kind, bytes] of Object.entries(measured)) {
    const assumed = LOG_BYTES[kind as keyof typeof LOG_BYTES];
    const isOff = Math.abs(bytes - assumed) > assumed * TOLERANCE;
    console.log(
      `${kind}: ${bytes} bytes a request, ${assumed} in the bill${isOff ? ': change tools/cost/request.ts' : ''}`,
    );
    if (isOff) process.exitCode = 1;
  }
};

if (process.argv.includes('--measure')) await measure();
else {
  const report = `${await currentStages()}\n${await currentSwitches()}`;
  if (process.argv.includes('--write')) writeFileSync(PAGE, pageWith(readFileSync(PAGE, 'utf8'), report));
  console.log(report);
}
