/** Packages the service into a folder of its own, as `npm run package` does, and leaves the checkout as it is. */

import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');

/** What `serverless.yml` needs beside it. */
export const SERVICE_PARTS = ['serverless.yml', 'infra'] as const;

/** A stage, with the parameters that a deployment gives. */
export interface Deployment {
  /** @default 'dev' */
  readonly stage?: string;
  /** @default none: those that the stage has by default */
  readonly params?: Readonly<Record<string, string>>;
}

/** Copies what is packaged into `service`, without its functions. */
export const copyService = (service: string): void => {
  for (const part of SERVICE_PARTS) cpSync(path.join(root, part), path.join(service, part), { recursive: true });
};

/** Runs a script of the checkout in `cwd`. */
const run = (cwd: string, script: string, ...args: string[]): Promise<unknown> => {
  const env = { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: path.join(root, 'node_modules/.cache') };
  return promisify(execFile)(process.execPath, [path.join(root, script), ...args], { cwd, env });
};

/** Packages a copy of the service, functions included, into `target`. */
export const packageCopy = async (
  service: string,
  target: string,
  { stage = 'dev', params = {} }: Deployment,
): Promise<void> => {
  const given = Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]);
  const serverless = 'node_modules/serverless/bin/serverless.js';
  await run(service, serverless, 'package', '--package', target, '--stage', stage, ...given);
};

/**
 * Bundles the functions and packages them under `folder`.
 *
 * @returns Folder with the zips and the CloudFormation template.
 */
export const packageService = async (folder: string, deployment: Deployment = {}): Promise<string> => {
  const service = path.join(folder, 'service');
  const target = path.join(folder, 'package');
  copyService(service);
  await run(root, 'tools/bundle.ts', '--outdir', path.join(service, 'dist/functions'));
  await packageCopy(service, target, deployment);
  return target;
};
