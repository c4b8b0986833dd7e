/** `bulwark budget`. */

import { budgetsFor } from '../../core/quota/ledger/budget-admin.ts';
import { kindsOf } from '../../core/quota/principals.ts';
import { harmlessLine, type Output } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';
import { BUDGET_HELP, type BudgetOptions, parseBudgetArgs } from './options.ts';
import { resetBudgets } from './reset.ts';
import type { Session } from './session.ts';
import { setLimits } from './set.ts';
import { showBudgets } from './show.ts';
import { findSources, type Sources } from './sources.ts';
import { tableError } from './table-error.ts';

const ACTIONS = { show: showBudgets, set: setLimits, reset: resetBudgets } as const;

const list = (names: readonly string[]): string => names.map(harmlessLine).join(', ');

/** What is wrong with the budgets that are named, or with asking without somebody to answer. */
const unfit = (options: BudgetOptions, { budgets, budgetsFrom, who }: Sources): string | undefined => {
  const own = budgetsFor(budgets, who).map(({ name }) => name);
  if (own.length === 0) {
    const kinds = [...new Set(budgets.flatMap(kindsOf))].join(', ');
    return `no budget of ${harmlessLine(budgetsFrom)} counts for this ${who.kind}; they count for ${kinds}`;
  }
  const unknown = [...options.limits.keys(), ...options.names].filter((name) => !own.includes(name));
  if (unknown.length > 0) return `there is no budget ${list(unknown)} for ${who.kind}: there are ${list(own)}`;
  return undefined;
};

const run = async (options: BudgetOptions, sources: Sources, output: Output, around: Surroundings): Promise<number> => {
  const { table, budgets } = sources;
  let region = 'unknown';
  try {
    const client = await around.connect();
    try {
      region = await client.config.region();
      const { createBudgetAdmin } = await import('../../aws/dynamodb/index.ts');
      const admin = createBudgetAdmin({ client, table, budgets, ...(around.now && { now: around.now }) });
      const session: Session = { options, sources, region, admin, output, answer: around.answer };
      return await ACTIONS[options.action](session);
    } finally {
      client.destroy();
    }
  } catch (error) {
    output.error(`bulwark budget: ${tableError(error, { table, region })}\n`);
    return 1;
  }
};

/** Runs the command. @returns The exit code. */
export const budget = async (args: readonly string[], output: Output, around: Surroundings): Promise<number> => {
  const options = parseBudgetArgs(args);
  if (options === 'help') {
    output.print(BUDGET_HELP);
    return 0;
  }
  const sources = 'usage' in options ? options : findSources(options, around);
  const problem = 'usage' in sources ? sources.usage : unfit(options as BudgetOptions, sources);
  if ('usage' in options || 'usage' in sources || problem !== undefined) {
    output.error(`bulwark budget: ${problem}\nbulwark budget --help says more.\n`);
    return 2;
  }
  if (options.action !== 'show' && !options.yes && around.answer === undefined) {
    output.error(`bulwark budget: ${options.action} needs --yes where standard input is no terminal\n`);
    return 2;
  }
  return run(options, sources, output, around);
};
