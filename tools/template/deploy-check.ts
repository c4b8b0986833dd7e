/**
 * `npm run deploy:check`: packages both stages and everything there is to switch on, and runs every check, offline. Exit code 1
 * where one finds something. `-- --fast` leaves out those that take a process of their own: cdk-nag and the typings of v4.
 */

import { DEPLOYMENTS, packagedTemplate } from '../packaged-template.ts';
import { checkServiceTemplate } from './check-service.ts';
import type { Checked } from './check-template.ts';
import { CHECKED, type DeploymentName, PROMISES } from './deployments.ts';
import { checkNames } from './iam/check-names.ts';
import { judged, nagFindings } from './nag/check-nag.ts';
import { viewOf } from './rules/rule.ts';
import type { Template } from './template.ts';
import { checkTypings } from './typings/check-typings.ts';

/** Deployments that cdk-nag looks at: the others differ in nothing that it reads. */
const NAGGED: readonly DeploymentName[] = ['dev', 'prod', 'everything'];

const timed = async (
  name: string,
  why: string,
  check: () => Promise<{ readonly cases: number; readonly problems: readonly string[] }>,
): Promise<Checked> => {
  const startedAt = performance.now();
  const { cases, problems } = await check();
  return { name, why, cases, problems, milliseconds: performance.now() - startedAt };
};

const slowChecks = async (name: DeploymentName, template: Template): Promise<readonly Checked[]> => {
  const resources = Object.keys(template.Resources).length;
  const nag = async (): Promise<{ readonly cases: number; readonly problems: readonly string[] }> => ({
    cases: resources,
    problems: judged(await nagFindings(template), name),
  });
  return [
    ...(NAGGED.includes(name)
      ? [await timed('cdk-nag', 'rules of AWS for solutions and serverless applications', nag)]
      : []),
    await timed('typings of v4', 'a key that the Serverless Framework v4 does not know', async () => ({
      cases: 1,
      problems: await checkTypings(DEPLOYMENTS[name]),
    })),
  ];
};

const printed = ({ name, cases, problems, milliseconds }: Checked): string =>
  [
    name.padEnd(22),
    String(cases).padStart(6),
    String(problems.length).padStart(9),
    (milliseconds / 1000).toFixed(2).padStart(9),
  ].join('');

const isFast = process.argv.includes('--fast');
let found = 0;
for (const name of CHECKED) {
  const startedAt = performance.now();
  const template = await packagedTemplate(DEPLOYMENTS[name]);
  const packagedIn = performance.now() - startedAt;
  const checked = [
    ...checkServiceTemplate(template, PROMISES[name]),
    await timed('names in policies', 'an action or a key that no service has: a statement that never holds', () =>
      checkNames(viewOf(template, PROMISES[name])),
    ),
    ...(isFast ? [] : await slowChecks(name, template)),
  ];
  console.log(
    `\n${name}: ${Object.keys(template.Resources).length} resources, packaged in ${(packagedIn / 1000).toFixed(1)} s`,
  );
  console.log(['check'.padEnd(22), 'cases'.padStart(6), 'problems'.padStart(9), 'seconds'.padStart(9)].join(''));
  for (const each of checked) console.log(printed(each));
  for (const { name: check, problems } of checked)
    for (const problem of problems) console.log(`  ${check}: ${problem}`);
  found += checked.reduce((sum, { problems }) => sum + problems.length, 0);
}
console.log(`\n${found === 0 ? 'Nothing is wrong.' : `${found} problems.`}`);
process.exitCode = found === 0 ? 0 : 1;
