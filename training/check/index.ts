/** `npm run train:check`: checks `training/data`. Ends with 1 where something must be mended. */

import { processOutput } from '../../cli/output.ts';
import { checkData, isSound } from './check.ts';
import { readData } from './data-line.ts';
import { reportOf } from './report.ts';

const output = processOutput();
const report = checkData(readData());
output.print(`${reportOf(report)}\n`);
if (!isSound(report)) {
  output.error('training/data must be mended: see the last four lists\n');
  process.exitCode = 1;
}
