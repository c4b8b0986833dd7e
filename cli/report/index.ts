/** `bulwark report`. */

import { nothingCounted, readLogFiles } from '../logs/log-files.ts';
import type { Output } from '../output.ts';
import { renderJson } from './json-report.ts';
import { createReportMaker } from './make-report.ts';
import { parseReportArgs, REPORT_HELP } from './options.ts';
import { renderReport } from './render.ts';

/** Width where standard output is no terminal. */
const DEFAULT_COLUMNS = 120;

/** Runs the command. @returns The exit code. */
export const report = async (args: readonly string[], output: Output): Promise<number> => {
  const options = parseReportArgs(args);
  if (options === 'help') {
    output.print(REPORT_HELP);
    return 0;
  }
  if ('usage' in options) {
    output.error(`bulwark report: ${options.usage}\nbulwark report --help says more.\n`);
    return 2;
  }
  const maker = createReportMaker(options);
  if (!(await readLogFiles('bulwark report', options.files, maker, output))) return 2;
  const { report: made, read } = maker.result();
  if (read.counted === 0) {
    output.error(nothingCounted('bulwark report', read));
    return 1;
  }
  const text = options.json ? renderJson(made, read) : renderReport(made, read, output.columns ?? DEFAULT_COLUMNS);
  output.print(`${text}\n`);
  return 0;
};
