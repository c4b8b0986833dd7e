/**
 * `npm run check:template:mutation`: how many mutants of the packaged `prod` template the checks find. `-- --step 10` tries every
 * tenth. cdk-nag and the typings are left out: they take a process each, and what they alone find counts as missed here.
 */

import { parseArgs } from 'node:util';
import { packagedTemplate } from '../../packaged-template.ts';
import { MUTATED, MUTATED_PROMISES } from '../deployments.ts';
import { type Outcome, type Share, shareOf, shown, tryMutants } from './run.ts';

/** Share of the mutants that matter which has to be found. */
const GOAL = 0.95;

const { values } = parseArgs({ options: { step: { type: 'string', default: '1' } } });
const startedAt = performance.now();
const outcomes = [...tryMutants(await packagedTemplate(MUTATED), MUTATED_PROMISES, Number(values.step))];
const relevant = outcomes.filter(({ harmless }) => harmless === undefined);

const percent = ({ all, caught }: Share): string => `${((100 * caught) / all).toFixed(1)} %`;
const line = (name: string, share: Share): string =>
  `${name.padEnd(36)}${String(share.all).padStart(7)}${String(share.caught).padStart(8)}${percent(share).padStart(9)}`;
const grouped = (
  key: (outcome: Outcome) => string | undefined,
  all: readonly Outcome[],
): readonly (readonly [string, readonly Outcome[]])[] =>
  Object.entries(Object.groupBy(all, (outcome) => key(outcome) ?? 'none')).flatMap(([name, group]) =>
    group === undefined ? [] : [[name, group] as const],
  );

console.log(`${'mutants'.padEnd(36)}${'all'.padStart(7)}${'caught'.padStart(8)}${'share'.padStart(9)}`);
console.log(line('all', shareOf(outcomes)));
console.log(line('of those that matter to security', shareOf(relevant)));
console.log('\nthose that matter, by what was done');
for (const [name, group] of grouped(({ mutant }) => mutant.operator, relevant)) console.log(line(name, shareOf(group)));
console.log('\nfound first by');
for (const [name, group] of grouped(({ caught }) => caught, relevant).toSorted((a, b) => b[1].length - a[1].length))
  console.log(`${name.padEnd(36)}${String(group.length).padStart(7)}`);
console.log('\nthose that do not matter, by reason');
for (const [reason, group] of grouped(({ harmless }) => harmless, outcomes).filter(([name]) => name !== 'none'))
  console.log(`${String(group.length).padStart(7)}  ${reason}`);
console.log('\nsurvivors that matter');
for (const outcome of relevant.filter(({ caught }) => caught === undefined)) console.log(`  ${shown(outcome)}`);
console.log(`\n${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
const { all, caught } = shareOf(relevant);
process.exitCode = caught / all >= GOAL ? 0 : 1;
