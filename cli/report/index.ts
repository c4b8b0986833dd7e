/** `bulwark report`. */

import { createReadStream } from 'node:fs';
import type { Output } from '../output.ts';
import { renderJson } from './json-report.ts';
import { createReportMaker } from './make-report.ts';
import { parseReportArgs, REPORT_HELP } from './options.ts';
import type { ByteSource } from './plain-text.ts';
import { renderReport } from './render.ts';

/** Width where standard output is no terminal. */
const DEFAULT_COLUMNS = 120;

const open = (file: string): ByteSource => (file === '-' ? process.stdin : createReadStream(file));

/** Why a file cannot be read, e.g. `ENOENT`. */
const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown error';
};

/** Runs the command. @returns The exit code. */
export const report = async (args: readonly string[], output: Output): Promise<number> => {
  const options = parseReportArgs(args);
  if ('usage' in options) {
    output.error(`bulwark report: ${options.usage}\nbulwark report --help says more.\n`);
    return 2;
  }
  if (options.help) {
    output.print(REPORT_HELP);
    return 0;
  }
  const maker = createReportMaker(options);
  for (const file of options.files)
    try {
      await maker.read(open(file));
    } catch (error) {
      output.error(`bulwark report: ${file === '-' ? 'standard input' : file} cannot be read: ${codeOf(error)}\n`);
      return 2;
    }
  const { report: made, read } = maker.result();
  if (read.counted === 0) {
    const { other, leftOut, unreadable } = read;
    output.error(
      `bulwark report: no audit record to count (${other} other lines, ${leftOut} records of another time or mode, ${unreadable} unreadable)\n`,
    );
    return 1;
  }
  const text = options.json ? renderJson(made, read) : renderReport(made, read, output.columns ?? DEFAULT_COLUMNS);
  output.print(`${text}\n`);
  return 0;
};
