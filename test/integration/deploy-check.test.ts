/** The checks of the deployment, on what `serverless.yml` packages, and on what is wrong by one thing. */

import { beforeAll, describe, expect, test } from 'vitest';
import { DEPLOYMENTS, packagedTemplate } from '../../tools/packaged-template.ts';
import { checkServiceTemplate } from '../../tools/template/check-service.ts';
import { CHECKED, MUTATED, MUTATED_PROMISES, PROMISES } from '../../tools/template/deployments.ts';
import { ACCESS_CASES } from '../../tools/template/iam/check-access.ts';
import { checkNames } from '../../tools/template/iam/check-names.ts';
import { mutantsIn } from '../../tools/template/mutation/mutants.ts';
import { shareOf, shown, tryMutants } from '../../tools/template/mutation/run.ts';
import { judged, nagFindings } from '../../tools/template/nag/check-nag.ts';
import { viewOf } from '../../tools/template/rules/rule.ts';
import type { Template } from '../../tools/template/template.ts';
import { checkTypings, typingProblems } from '../../tools/template/typings/check-typings.ts';

describe.each(CHECKED)('the deployment %s', (name) => {
  let template: Template;
  beforeAll(async () => {
    template = await packagedTemplate(DEPLOYMENTS[name]);
  }, 60_000);

  test('passes every check', () => {
    const checked = checkServiceTemplate(template, PROMISES[name]);
    expect(checked.flatMap(({ name: check, problems }) => problems.map((problem) => `${check}: ${problem}`))).toEqual(
      [],
    );
  });

  test('names actions and condition keys that services have', async () => {
    expect((await checkNames(viewOf(template, PROMISES[name]))).problems).toEqual([]);
  });
});

describe('the stage prod', () => {
  test('is as the typings of the Serverless Framework v4 want it', async () => {
    expect(await checkTypings(DEPLOYMENTS.prod)).toEqual([]);
  }, 60_000);

  test('is as cdk-nag wants it, but for what is suppressed with a reason', async () => {
    expect(judged(await nagFindings(await packagedTemplate(DEPLOYMENTS.prod)), 'prod')).toEqual([]);
  }, 120_000);
});

test('the typings find a key that v4 does not have', async () => {
  const config = {
    service: 's',
    provider: { name: 'aws', runtime: 'nodejs24.x' },
    functions: { f: { handler: 'h', reservedConcurency: 1 } },
  };
  expect((await typingProblems(config)).join()).toContain('reservedConcurency');
}, 60_000);

describe('the checks', () => {
  test('ask more than eighty questions of who may do what, some allowed, some not', () => {
    const of = (expected: string): number => ACCESS_CASES.filter(({ expect: answer }) => answer === expected).length;
    expect(ACCESS_CASES.length).toBeGreaterThan(80);
    expect(of('allow')).toBeGreaterThan(40);
    expect(of('deny') + of('none')).toBeGreaterThan(40);
  });

  test('find at least 95 % of the changes that matter to security', async () => {
    const template = await packagedTemplate(MUTATED);
    const all = [...mutantsIn(template)].length;
    const outcomes = [...tryMutants(template, MUTATED_PROMISES, Math.ceil(all / 200))];
    const relevant = outcomes.filter(({ harmless }) => harmless === undefined);
    const { all: tried, caught } = shareOf(relevant);
    console.log(`${caught} of ${tried} mutants found`);
    expect(tried).toBeGreaterThan(150);
    const survivors = relevant.filter((outcome) => outcome.caught === undefined).map(shown);
    expect(caught / tried, survivors.join('\n')).toBeGreaterThanOrEqual(0.95);
  }, 60_000);

  test('find a budget that filters costs and counts none of them', async () => {
    const template = structuredClone(await packagedTemplate(MUTATED));
    const budget = template.Resources['MonthlyBudget']?.Properties?.['Budget'] as { Metrics?: unknown };
    delete budget.Metrics;
    const problems = checkServiceTemplate(template, MUTATED_PROMISES).flatMap((checked) => checked.problems);
    expect(problems).toEqual(['MonthlyBudget: counts nothing of what it filters (Budget.Metrics)']);
  });

  test('try nothing where the template itself is wrong', () => {
    expect(() => [...tryMutants({ Resources: { A: { Type: 'AWS::Nothing::AtAll' } } }, {})]).toThrow(TypeError);
  });
});
