import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../../docs/your-repository/.github/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency: { readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const names = readdirSync(new URL('workflows/', folder));
const workflowOf = (name: string): Workflow => load(read(`workflows/${name}`)) as Workflow;
const jobsOf = (name: string): readonly Job[] => Object.values(workflowOf(name).jobs);
const stepsOf = (name: string): readonly Step[] => jobsOf(name).flatMap(({ steps }) => steps);

test('there is one workflow that checks and one that deploys', () => {
  expect(names.sort()).toEqual(['check.yml', 'deploy.yml']);
  expect(load(read('dependabot.yml'))).toMatchObject({ version: 2 });
});

describe.each(names)('%s', (name) => {
  test('pins each action by commit, and says which version that is', () => {
    const pinned = read(`workflows/${name}`).match(/^ *- uses: .*$/gm) ?? [];
    expect(pinned.length).toBeGreaterThan(0);
    for (const line of pinned) expect(line).toMatch(/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    for (const { uses } of stepsOf(name)) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });

  test('gives no right that a job does not need, and no token of AWS outside an environment', () => {
    expect(workflowOf(name).permissions).toEqual({});
    for (const { permissions, environment } of jobsOf(name)) {
      expect(permissions).toEqual(
        environment === undefined ? { contents: 'read' } : { contents: 'read', 'id-token': 'write' },
      );
    }
    expect(read(`workflows/${name}`)).not.toMatch(/\bsecrets\.|AWS_(?:ACCESS|SECRET)/);
  });

  test('runs no text of strangers: nothing is written into a script, and no event has the rights of the repository', () => {
    for (const { run = '' } of stepsOf(name)) expect(run).not.toContain('${{');
    expect(Object.keys(workflowOf(name).on)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/pull_request_target|workflow_run|issue_comment/)]),
    );
  });

  test('installs what is locked, without running it, and leaves no token in the clone', () => {
    const runs = stepsOf(name).flatMap(({ run = '' }) => run.split('\n'));
    expect(runs.filter((line) => line.includes('npm ci')).every((line) => line === 'npm ci --ignore-scripts')).toBe(
      true,
    );
    expect(runs.filter((line) => /npx (?!--no-install)|npm (?:i|install)\b/.test(line))).toEqual([]);
    for (const step of stepsOf(name)) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toMatchObject({ 'persist-credentials': false });
      if (step.uses?.startsWith('actions/setup-node@')) {
        expect(step.with).toMatchObject({ 'package-manager-cache': false });
      }
    }
  });

  test('ends, and does not get in its own way', () => {
    for (const job of jobsOf(name)) expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
    expect(workflowOf(name).concurrency['cancel-in-progress']).toBe(name === 'check.yml');
  });
});

test('a deployment takes credentials last, for half an hour, and goes to prod after dev', () => {
  const { on, jobs } = workflowOf('deploy.yml');
  expect(on).toEqual({ push: { branches: ['main'] } });
  expect(Object.entries(jobs).map(([name, { environment, needs }]) => [name, environment, needs])).toEqual([
    ['verify', undefined, undefined],
    ['dev', 'dev', 'verify'],
    ['prod', 'prod', 'dev'],
  ]);
  for (const { environment, steps } of Object.values(jobs)) {
    const at = steps.findIndex(({ uses = '' }) => uses.startsWith('aws-actions/'));
    expect(at).toBe(environment === undefined ? -1 : steps.length - 2);
    if (at >= 0) expect(steps[at]?.with?.['role-duration-seconds']).toBe(1800);
  }
});
