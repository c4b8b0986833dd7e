/** `npm run train:check`: checks `training/data`. Ends with 1 where something must be mended. */

import { processOutput } from '../../cli/output.ts';
import { checkData, isSound } from './check.ts';
import { readData, ruleLines } from './data-line.ts';
import { reportOf } from './report.ts';

const output = processOutput();
const report = checkData(readData(), ruleLines());
output.print(`${reportOf(report)}\n`);
if (!isSound(report)) {
  output.error('training/data must be mended: see the last five lists\n');
  process.exitCode = 1;
}
