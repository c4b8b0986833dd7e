/**
 * `npm run bench -- redaction [--peers] [--quick]`: redaction beside packages of the npm registry, in one run.
 * `docs/redaction-bench.md` says what is measured and how to read it.
 */

import { clearLine, cursorTo } from 'node:readline';
import { parseArgs } from 'node:util';
import { runRedactionBench } from './bench.ts';

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { peers: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

/** One line that changes, where somebody looks. */
const progress = (step: string): void => {
  if (!process.stderr.isTTY) return;
  clearLine(process.stderr, 0);
  cursorTo(process.stderr, 0);
  process.stderr.write(step);
};

await runRedactionBench(values, { print: console.log, progress });
