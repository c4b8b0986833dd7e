/** One run of `bulwark budget` on a table. */

import type { BudgetAdmin } from '../../core/quota/ledger/budget-admin.ts';
import type { Output } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';
import type { BudgetOptions } from './options.ts';
import type { Sources } from './sources.ts';

/** What the actions work with. */
export interface Session {
  readonly options: BudgetOptions;
  readonly sources: Sources;
  readonly region: string;
  readonly admin: BudgetAdmin;
  readonly output: Output;
  readonly answer: Surroundings['answer'];
}

/** Width where standard output is no terminal. */
const DEFAULT_COLUMNS = 120;

/** Characters a line. */
export const widthOf = ({ output }: Session): number => Math.max(60, output.columns ?? DEFAULT_COLUMNS);

/** Says what will be done, and whether whoever sits at the terminal wants it; --yes answers for them. */
export const isConfirmed = async ({ options, output, answer }: Session, plan: readonly string[]): Promise<boolean> => {
  const text = `${plan.join('\n')}\n`;
  if (!options.json) output.print(text);
  if (options.yes) return true;
  if (options.json) output.error(text);
  output.error('Do it? [y/N] '); // standard output may be a file
  if (/^y(?:es)?$/i.test(((await answer?.()) ?? '').trim())) return true;
  output.error('Nothing was changed.\n');
  return false;
};
