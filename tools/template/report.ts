/** What `npm run check:template` says of a file. */

import { readFileSync } from 'node:fs';
import { harmlessLine } from '../../cli/output.ts';
import { checkAnyTemplate } from './check-template.ts';
import { sizeProblems, templateOf } from './read.ts';

/** Lines to print, and the exit code: 0 nothing is wrong, 1 something is, 2 it could not be checked. */
export interface Report {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1 | 2;
}

/** Checks the template in a file. Names in a template are its author's: none of them steers the terminal of who checks it. */
export const reportOf = (file: string): Report => {
  try {
    const template = templateOf(readFileSync(file, 'utf8'));
    const problems = [...sizeProblems(template), ...checkAnyTemplate(template).flatMap((checked) => checked.problems)];
    const sum = `${Object.keys(template.Resources).length} resources, ${problems.length} problems`;
    return { lines: [...problems.map(harmlessLine), sum], exitCode: problems.length === 0 ? 0 : 1 };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { lines: [harmlessLine(`${file} cannot be checked: ${why}`)], exitCode: 2 };
  }
};
