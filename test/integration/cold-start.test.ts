/** What a function refuses to start with: in the environment that Lambda gives, under its runtime client where that is built. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUILD_COMMAND, isRuntimeBuilt, startLambdaFunction } from '../../local/lambda-runtime/index.ts';
import { lambdaVariables, nodeOptions } from '../../local/lambda-runtime/variables.ts';
import { zipFunction } from '../support/zip-function.ts';

const FUNCTION = new URL('../support/functions/guarded.ts', import.meta.url);

const key = (prefix: string): string => [prefix, 'IOSFODNN7EXAMPLE'].join('');
const role = {
  AWS_ACCESS_KEY_ID: key('ASIA'),
  AWS_SECRET_ACCESS_KEY: 'a secret of the test',
  AWS_SESSION_TOKEN: 'a session of the test',
};
const { AWS_SESSION_TOKEN: _, ...withoutSession } = role;
const bearer = ['bedrock', 'api', 'key', 'of', 'the', 'test'].join('-');

/** Environments, what a cold start says of each, and what it must not say. */
const REFUSED: readonly [string, Readonly<Record<string, string>>, string, string][] = [
  ['a bearer key', { ...role, AWS_BEARER_TOKEN_BEDROCK: bearer }, 'AWS_BEARER_TOKEN_BEDROCK', bearer],
  ['a key of a user', { ...role, AWS_ACCESS_KEY_ID: key('AKIA') }, 'AWS_ACCESS_KEY_ID', key('AKIA')],
  ['keys without a session token', withoutSession, 'AWS_SESSION_TOKEN', role.AWS_SECRET_ACCESS_KEY],
  [
    'a plain endpoint',
    { ...role, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1.evil.example' },
    'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
    'evil.example',
  ],
];

/** Loads the function in a process of its own, with the environment of Lambda. What it dies of, or nothing. */
const loadIn = (env: Readonly<Record<string, string>>): Promise<string> => {
  const configuration = { name: 'guarded', handler: 'index.handler', memoryMb: 512 };
  const child = spawn(process.execPath, [...nodeOptions(512), FUNCTION.pathname], {
    env: { AWS_REGION: 'eu-central-1', ...env, ...lambdaVariables(configuration, '/var/task', '127.0.0.1:9') },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (bytes) => {
    complaint += bytes;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0 ? '' : complaint)));
};

describe.skipIf(isRuntimeBuilt())("in Lambda's environment", () => {
  test.each(REFUSED)('a function does not load with %s, and names the variable alone', async (_, env, name, value) => {
    const complaint = await loadIn(env);
    expect(complaint).toContain(`TypeError: guardHandler: ${name} `);
    expect(complaint).not.toContain(value);
  });

  test('a function loads with the keys of its role', async () => {
    expect(await loadIn(role)).toBe('');
  });
});

if (!isRuntimeBuilt()) console.log(`skipped: Lambda's runtime client is not built (${BUILD_COMMAND})`);

describe.skipIf(!isRuntimeBuilt())("under Lambda's runtime client", () => {
  let folder: string;
  let zip: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bulwark-cold-start-'));
    zip = zipFunction(FUNCTION, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (env: Readonly<Record<string, string>>) =>
    startLambdaFunction({ name: 'guarded', zip, handler: 'index.handler', env });

  test.each(REFUSED)('Lambda is told that init failed of %s', async (_, env, name, value) => {
    const failed = await start(env).catch((error: Error) => error.message);
    expect(failed).toMatch(new RegExp(`^guarded: TypeError: guardHandler: ${name} `));
    expect(failed).not.toContain(value);
  });

  test('the keys of the role are fine', async () => {
    const running = await start(role);
    expect(await running.invoke({})).toMatchObject({ ok: true });
    await running.close();
  });
});
