/**
 * `serverless.yml` against the typings of the Serverless Framework v4, which needs an account to run, and whose typings do
 * not: variables resolved by osls, then compiled as `const config: AWS = …`.
 */

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { copyService, type Deployment } from '../../package-service.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** What osls adds to what it prints, and nobody wrote. */
const ADDED: readonly (readonly [section: string, name: string])[] = [
  ['provider', 'deploymentBucketObject'],
  ['package', 'artifactsS3KeyDirname'],
];

/** The configuration with its variables filled in. */
const resolved = async (
  folder: string,
  { stage = 'dev', params = {} }: Deployment,
): Promise<Record<string, unknown>> => {
  const service = path.join(folder, 'service');
  mkdirSync(service, { recursive: true });
  copyService(service);
  const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  const serverless = path.join(root, 'node_modules/serverless/bin/serverless.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [serverless, 'print', '--format', 'json', '--stage', stage, ...given],
    {
      cwd: service,
      maxBuffer: 2 ** 26,
      env: { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: path.join(root, 'node_modules/.cache') },
    },
  );
  const config = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
  for (const [section, name] of ADDED) delete config[section]?.[name];
  return config;
};

/** Without what is null: a variable without a value leaves its property out. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
};

/** What the compiler says of a configuration. */
export const typingProblems = async (config: unknown): Promise<readonly string[]> => {
  // Beside the typings, so that the compiler finds them.
  const cache = path.join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'bulwark-typings-'));
  try {
    const file = path.join(folder, 'config.ts');
    writeFileSync(
      file,
      `import type { AWS } from '@serverless/typescript';\nexport const config: AWS = ${JSON.stringify(config, null, 1)};\n`,
    );
    const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--moduleResolution',
      'nodenext',
      '--types',
      '',
    ];
    const run = promisify(execFile)(process.execPath, [compiler, ...options, file], {
      cwd: folder,
      maxBuffer: 2 ** 26,
    });
    const said = await run.then(
      () => '',
      (error: { stdout?: string; message: string }) => error.stdout || error.message,
    );
    return said
      .split('\n')
      .filter((line) => line.includes('error TS'))
      .map((line) => line.replace(/^.*?error TS/, 'error TS'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What the typings of v4 have against `serverless.yml` as a deployment resolves it. */
export const checkTypings = async (deployment: Deployment): Promise<readonly string[]> => {
  const cache = path.join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'bulwark-print-'));
  try {
    return await typingProblems(withoutNulls(await resolved(folder, deployment)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
