/** Code, prose and lock files out of this checkout: packages by name, which the lock file pins. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenignFile, BenignKind } from './benign-file.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Packages of many hands and kinds: libraries, tools, generated clients, declarations; built, minified and as written. */
const PACKAGES = [
  '@aws-lambda-powertools/logger',
  '@aws-lambda-powertools/metrics',
  '@aws-sdk/client-bedrock-runtime',
  '@aws-sdk/client-dynamodb',
  '@babel/parser',
  '@middy/core',
  '@smithy/core',
  '@types/node',
  'abstract-level',
  'ajv',
  'async',
  'bowser',
  'dynalite',
  'es5-ext',
  'fast-check',
  'fflate',
  'jose',
  'js-yaml',
  'level',
  'mnemonist',
  'obliterator',
  'picomatch',
  'postcss',
  'rate-limiter-flexible',
  'semver',
  'undici',
  'valibot',
  'vite',
  'vitest',
  'yauzl',
] as const;

/** Lock files: hashes in base64, hundreds of them. */
const LOCKS = [
  'package-lock.json',
  'test/bench/peers/package-lock.json',
  'test/bench/redaction-peers/package-lock.json',
];

const KINDS: readonly { readonly kind: BenignKind; readonly name: RegExp; readonly ofPackage: number }[] = [
  { kind: 'code', name: /\.(?:[cm]?js|[cm]?ts|css|ya?ml)$/, ofPackage: 120_000 }, // index.d.ts
  { kind: 'prose', name: /\.md$|^LICEN[SC]E/i, ofPackage: 100_000 }, // CHANGELOG.md
];

/** Bytes of a kind at most. */
const MOST = 2_000_000;

/** Tests hold what looks like keys; source maps hold code as one string. */
const LEFT_OUT = /(?:^|\/)(?:node_modules|tests?|__tests__|fixtures?|spec|examples?)(?:\/|$)|\.(?:test|spec)\.|\.map$/;

/** Files that show values that are to be found, looked at one by one. */
const WITH_VALUES: ReadonlySet<string> = new Set([]);

/** A private key in its frame is one, whoever published it. */
const KEY_FRAME = /-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/;

const filesBelow = (folder: string, within = ''): readonly string[] =>
  readdirSync(path.join(folder, within), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = path.posix.join(within, entry.name);
      if (LEFT_OUT.test(name)) return [];
      if (entry.isDirectory()) return filesBelow(folder, name);
      return entry.isFile() ? [name] : [];
    });

const chosenOf = (
  name: string,
  files: readonly string[],
  { kind, name: shape, ofPackage }: (typeof KINDS)[number],
): readonly BenignFile[] => {
  const chosen: BenignFile[] = [];
  let bytes = 0;
  for (const file of files) {
    const own = path.posix.join('node_modules', name, file);
    if (bytes >= ofPackage || !shape.test(path.posix.basename(file)) || WITH_VALUES.has(own)) continue;
    const text = readFileSync(path.join(ROOT, own), 'utf8').slice(0, ofPackage - bytes);
    if (KEY_FRAME.test(text)) continue;
    chosen.push({ kind, name: own, text });
    bytes += Buffer.byteLength(text);
  }
  return chosen;
};

const capped = (files: readonly BenignFile[]): readonly BenignFile[] => {
  let bytes = 0;
  return files.filter(({ text }) => {
    bytes += Buffer.byteLength(text);
    return bytes <= MOST;
  });
};

/** Code, prose and lock files, in order of their names; of packages that are installed. */
export const packageFiles = (): readonly BenignFile[] => {
  const installed = PACKAGES.filter((name) => existsSync(path.join(ROOT, 'node_modules', name))).map((name) => ({
    name,
    files: filesBelow(path.join(ROOT, 'node_modules', name)),
  }));
  const locks = LOCKS.filter((name) => existsSync(path.join(ROOT, name)));
  return [
    ...KINDS.flatMap((kind) => capped(installed.flatMap(({ name, files }) => chosenOf(name, files, kind)))),
    ...locks.map(
      (name): BenignFile => ({ kind: 'lock files', name, text: readFileSync(path.join(ROOT, name), 'utf8') }),
    ),
  ];
};
