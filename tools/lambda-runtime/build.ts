/**
 * `npm run build:lambda-runtime`: installs `aws-lambda-ric`, the runtime client of Lambda's own Node images, into this
 * folder, and compiles its native part. No part of `npm ci`.
 */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const folder = import.meta.dirname;
const client = path.join(folder, 'node_modules/aws-lambda-ric');

/** What compiles the native part: any of the names of a tool, and the Debian package that brings it. */
const TOOLS: readonly (readonly [names: readonly string[], debian: string])[] = [
  [['cmake', 'cmake3'], 'cmake'],
  [['make'], 'make'],
  [['g++', 'c++', 'clang++'], 'g++'],
  [['python3'], 'python3'],
  [['tar'], 'tar'],
  [['xz'], 'xz-utils'],
];

const onPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((directory) => {
    try {
      accessSync(path.join(directory, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const jsonOf = (file: string): Readonly<Record<string, unknown>> => JSON.parse(readFileSync(file, 'utf8'));

const pinned = (jsonOf(path.join(folder, 'package.json'))['dependencies'] as Readonly<Record<string, string>>)[
  'aws-lambda-ric'
];

/** The native part holds on to no version of Node: it is made with Node-API. */
const isBuilt = (): boolean =>
  existsSync(path.join(client, 'rapid-client.node')) && jsonOf(path.join(client, 'package.json'))['version'] === pinned;

/** Why this machine cannot build it, if it cannot. */
const obstacle = (): string | undefined => {
  if (process.platform !== 'linux') return `aws-lambda-ric builds on Linux only, and this is ${process.platform}`;
  const missing = TOOLS.filter(([names]) => !names.some(onPath)).map(([, debian]) => debian);
  return missing.length === 0
    ? undefined
    : `missing to compile aws-lambda-ric: ${missing.join(', ')} (names of Debian packages)`;
};

/** Folder with the headers of the running Node, so that node-gyp downloads none. */
const headers = (): string | undefined => {
  const root = path.resolve(process.execPath, '../..');
  return existsSync(path.join(root, 'include/node/node_api.h')) ? root : undefined;
};

/** Lines of a failed build that are shown. */
const SHOWN = 40;

/** Installs what the lock file says, and compiles. The exit status, and what was printed. */
const install = (): { readonly status: number; readonly output: string } => {
  const nodedir = headers();
  if (nodedir === undefined) console.log('This Node brings no headers: node-gyp will download them.');
  const npm = process.env['npm_execpath'];
  const command = npm === undefined ? 'npm' : process.execPath;
  const { status, stdout, stderr, error } = spawnSync(
    command,
    [...(npm === undefined ? [] : [npm]), 'ci', '--foreground-scripts', '--no-progress'],
    {
      cwd: folder,
      env: { ...process.env, ...(nodedir === undefined ? {} : { npm_config_nodedir: nodedir }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  return { status: status ?? 1, output: `${stdout}${stderr}${error ?? ''}` };
};

const build = (): number => {
  if (isBuilt()) {
    console.log(`aws-lambda-ric ${pinned} is built.`);
    return 0;
  }
  const reason = obstacle();
  if (reason !== undefined) {
    console.error(reason);
    return 1;
  }
  console.log(`Building aws-lambda-ric ${pinned}: a minute or two …`);
  const startedAt = performance.now();
  const { status, output } = install();
  if (status !== 0 || !isBuilt()) {
    console.error(output.trimEnd().split('\n').slice(-SHOWN).join('\n'));
    console.error('aws-lambda-ric was not built.');
    return 1;
  }
  console.log(`built in ${((performance.now() - startedAt) / 1000).toFixed()} s`);
  return 0;
};

process.exitCode = build();
