/** Where a command finds the table, the budgets and the digest of whoever is meant. */

import { readFileSync } from 'node:fs';
import { createPrincipalDigest } from '../../aws/dynamodb/principal-digest.ts';
import { readDigestKey } from '../../core/policy/digest-key.ts';
import { checkBudgets } from '../../core/quota/budgets.ts';
import type { PrincipalDigest } from '../../core/quota/ledger/budget-admin.ts';
import type { Budget } from '../../core/quota/types.ts';
import type { Surroundings } from '../surroundings.ts';
import type { UsageError } from '../usage-error.ts';
import type { BudgetOptions } from './options.ts';

/** What a command works on. */
export interface Sources {
  readonly table: string;
  readonly budgets: readonly Budget[];
  /** Where the budgets come from, in words. */
  readonly budgetsFrom: string;
  readonly who: PrincipalDigest;
}

/** The budgets of the kit's own service, seen from a checkout and from a built package. */
const SERVICE_BUDGETS = ['../../functions/service/budgets.json', '../../../../functions/service/budgets.json'];

/** An error of the file system by its code: nothing of a file is quoted. */
const readText = (file: string | URL): string | UsageError => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return { usage: `the budgets cannot be read: ${(error as { code?: string }).code ?? 'unknown error'}` };
  }
};

const serviceBudgets = (): string | UsageError => {
  const texts = SERVICE_BUDGETS.map((file) => readText(new URL(file, import.meta.url)));
  return texts.find((text) => typeof text === 'string') ?? { usage: 'name the budgets: --budgets or BULWARK_BUDGETS' };
};

const textOf = (file: string | undefined, given: string | undefined): readonly [string | UsageError, from: string] => {
  if (file !== undefined) return [readText(file), file];
  return given ? [given, 'BULWARK_BUDGETS'] : [serviceBudgets(), "the kit's own service"];
};

const budgetsIn = (text: string, from: string): readonly Budget[] | UsageError => {
  let budgets: unknown;
  try {
    budgets = JSON.parse(text);
  } catch {
    return { usage: `${from} is not JSON` };
  }
  if (!Array.isArray(budgets)) return { usage: `${from} is no list of budgets` };
  try {
    checkBudgets(budgets);
    return budgets;
  } catch (error) {
    return { usage: `${from}: ${(error as Error).message}` };
  }
};

const whoOf = ({ whose }: BudgetOptions, key: string | undefined): PrincipalDigest | UsageError => {
  if ('digest' in whose) return whose;
  if (!key) return { usage: 'BULWARK_DIGEST_KEY is missing; --digest works without it' };
  try {
    return { kind: whose.kind, digest: createPrincipalDigest(readDigestKey(key))(whose), model: whose.model };
  } catch (error) {
    return { usage: `BULWARK_DIGEST_KEY: ${(error as Error).message}` };
  }
};

/** Finds what a command works on. */
export const findSources = (options: BudgetOptions, { env }: Surroundings): Sources | UsageError => {
  const table = options.table ?? env['BULWARK_TABLE'];
  if (!table) return { usage: '--table or BULWARK_TABLE must name the quota table' };
  if (table.length < 3) return { usage: 'the name of a table has at least 3 characters' };
  const [text, budgetsFrom] = textOf(options.budgetsFile, env['BULWARK_BUDGETS']);
  if (typeof text !== 'string') return text;
  const budgets = budgetsIn(text, budgetsFrom);
  if ('usage' in budgets) return budgets;
  const who = whoOf(options, env['BULWARK_DIGEST_KEY']);
  return 'usage' in who ? who : { table, budgets, budgetsFrom, who };
};
