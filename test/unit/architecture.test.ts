/** The rules of the house that no type checker knows. */

import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDERS = ['core', 'aws', 'middleware', 'functions', 'local', 'cli', 'training', 'tools', 'test'];
const files = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.ts`)).filter(
  (file) => !file.endsWith('.d.ts') && !file.includes('node_modules'),
);

/** Relative imports of a file as paths from the root, packages as they are. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\b[^'";]*?from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((target) => (target.startsWith('.') ? path.normalize(path.join(path.dirname(file), target)) : target));

/** What each layer may import of the others. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: ['core'],
  aws: ['aws', 'core'],
  middleware: ['middleware', 'aws', 'core'],
  functions: ['functions', 'middleware', 'aws', 'core'],
  cli: ['cli', 'aws', 'core'],
};

describe.each(Object.entries(ALLOWED))('%s', (layer, allowed) => {
  const own = files.filter((file) => file.startsWith(`${layer}/`));

  test('has files', () => {
    expect(own.length).toBeGreaterThan(0);
  });

  test('imports only what lies below it', () => {
    const wrong = own.flatMap((file) =>
      importsOf(file)
        .filter(
          (target) => FOLDERS.includes(target.split('/')[0] ?? '') && !allowed.includes(target.split('/')[0] ?? ''),
        )
        .map((target) => `${file} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

// Which phone numbers exist changes month by month, and is data without Node, AWS or Middy: a list of our own would only be older.
test('core imports no package, but for the types of a standard and the plans of phone numbers', () => {
  const foreign = files
    .filter((file) => file.startsWith('core/'))
    .flatMap((file) => importsOf(file).filter((target) => !target.startsWith('core/')));
  expect([...new Set(foreign)].sort()).toEqual(['@standard-schema/spec', 'libphonenumber-js/max/metadata']);
});

/** Packages that importing `file` loads; imports of types load nothing. */
const packagesOf = (file: string, seen = new Set<string>()): Set<string> => {
  const text = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type\b[^;]*;/gm, '');
  const packages = new Set<string>();
  for (const [, target = ''] of text.matchAll(/^(?:import|export)\b[^'";]*?from '([^']+)'/gm)) {
    if (!target.startsWith('.')) packages.add(target);
    const next = path.normalize(path.join(path.dirname(file), target));
    if (!target.startsWith('.') || seen.has(next)) continue;
    seen.add(next);
    for (const name of packagesOf(next, seen)) packages.add(name);
  }
  return packages;
};

test('a middleware or an engine alone loads no SDK client that it does not use', () => {
  const entries = [...globSync('middleware/*/index.ts'), ...globSync('core/*/index.ts')];
  const loading = entries.filter((entry) => [...packagesOf(entry)].some((name) => name.startsWith('@aws-sdk/')));
  expect(loading).toEqual([]);
  expect([...packagesOf('middleware/guard-handler.ts')]).toContain('@aws-sdk/client-dynamodb');
});

test('the command loads the AWS SDK only where it needs the table', () => {
  expect([...packagesOf('cli/bulwark.ts')].filter((name) => !name.startsWith('node:'))).toEqual([]);
});

/** Files that importing `file` loads. */
const filesOf = (file: string, seen = new Set<string>()): Set<string> => {
  seen.add(file);
  const text = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type\b[^;]*;/gm, '');
  for (const [, target = ''] of text.matchAll(/^(?:import|export)\b[^'";]*?from '(\.[^']+)'/gm)) {
    const next = path.normalize(path.join(path.dirname(file), target));
    if (!seen.has(next)) filesOf(next, seen);
  }
  return seen;
};

test('the price list is loaded by what guards a client, and by nothing else', () => {
  const entries = [...globSync('middleware/*/index.ts'), ...globSync('core/*/index.ts')];
  const loading = entries.filter((entry) => filesOf(entry).has('aws/bedrock/price-list.ts'));
  expect(loading).toEqual(['middleware/bedrock-client/index.ts']);
});

test('no import leads back to where it came from', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file).filter((target) => existsSync(target))]));
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (done.has(file)) return;
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('every middleware has a page', () => {
  const folders = globSync('middleware/*/index.ts').map((file) => path.dirname(file));
  expect(folders.length).toBeGreaterThan(9);
  for (const folder of folders) {
    const page = readFileSync(path.join(folder, 'README.md'), 'utf8');
    for (const heading of [
      '**Threat.**',
      '**What it does not stop.**',
      '## Options',
      '## Failure modes',
      '## Metrics',
      '## Cost',
    ])
      expect(page, folder).toContain(heading);
  }
});

test('every dependency has a line with its reason', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const page = readFileSync('docs/dependencies.md', 'utf8');
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test.each(['package-lock.json', 'tools/lambda-runtime/package-lock.json'])('%s names no host', (file) => {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
  };
  const resolved = Object.values(lock.packages).flatMap((entry) => entry.resolved ?? []);
  expect(resolved.filter((target) => /^[a-z+]+:/.test(target))).toEqual([]);
});

test('runs on Node 24', () => {
  expect(process.version).toMatch(/^v24\./);
});
