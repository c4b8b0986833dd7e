/** Packages the service into a folder of its own, as `npm run package` does, and leaves the checkout as it is. */

import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');

/** What `serverless.yml` needs beside it. */
const PARTS = ['serverless.yml', 'infra'];

/**
 * Bundles the functions and packages them under `folder`.
 *
 * @returns Folder with the zips and the CloudFormation template.
 */
export const packageService = async (folder: string): Promise<string> => {
  const service = path.join(folder, 'service');
  const target = path.join(folder, 'package');
  for (const part of PARTS) cpSync(path.join(root, part), path.join(service, part), { recursive: true });
  const env = { ...process.env, SLS_SCHEMA_CACHE_BASE_DIR: path.join(root, 'node_modules/.cache') };
  const run = (cwd: string, script: string, ...args: string[]): Promise<unknown> =>
    promisify(execFile)(process.execPath, [path.join(root, script), ...args], { cwd, env });
  await run(root, 'tools/bundle.ts', '--outdir', path.join(service, 'dist/functions'));
  await run(service, 'node_modules/serverless/bin/serverless.js', 'package', '--package', target);
  return target;
};
