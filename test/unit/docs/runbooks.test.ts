import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPrincipalDigest } from '../../../aws/dynamodb/index.ts';
import { parseBudgetArgs } from '../../../cli/budget/options.ts';
import { ALARMS, type AlarmId, runbookOf } from '../../../core/alarms/index.ts';
import { fieldsOf, type Row, rowOf, runQuery } from '../../support/logs-insights/index.ts';
import { type LogGroup, serviceLines } from '../../support/service-lines.ts';

const root = new URL('../../../', import.meta.url).pathname;
const folder = path.join(root, 'docs/runbooks');
const pages = readdirSync(folder).sort();
const read = (page: string): string => readFileSync(path.join(folder, page), 'utf8');

/** Pages of no alarm. */
const OTHERS = ['README.md', 'break-glass.md', 'emergency.md'];

const alarmPages = (Object.keys(ALARMS) as AlarmId[]).map((id) => [id, path.basename(runbookOf(id))] as const);

const blocksOf = (page: string, language: string): readonly string[] =>
  [...read(page).matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block);

const queries = pages.flatMap((page) =>
  blocksOf(page, 'logs-insights').map((query) => [page, query.split('\n')[2] ?? '', query] as const),
);

test('each alarm has a runbook, and each runbook an alarm', () => {
  expect(pages.filter((page) => !OTHERS.includes(page))).toEqual(alarmPages.map(([, page]) => page).sort());
  for (const [, page] of alarmPages) expect(read('README.md')).toContain(`](${page})`);
});

describe.each(alarmPages)('%s', (id, page) => {
  test('says what it means, what to do now, what not to do, how it ends', () => {
    const text = read(page);
    expect(text).toMatch(new RegExp(`^# ${id}: `));
    for (const part of [
      '**Rings when**',
      '**How bad**',
      '## First five minutes',
      '## Ask the logs',
      '## Do\n',
      '## Do not',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/\*\*Over when\*\*[\s\S]*\*\*False alarms\*\*/);
    expect(blocksOf(page, 'logs-insights').length).toBeGreaterThan(0);
  });

  test('tells whoever is woken by what else', () => {
    const definition = ALARMS[id];
    const isPage = /\*\*How bad\*\*: page/.test(read(page));
    expect(isPage).toBe(definition.severity === 'page');
  });
});

describe('the queries of the runbooks', () => {
  const rows: Record<LogGroup, Row[]> = { audit: [], functions: [], gateway: [], waf: [] };
  beforeAll(async () => {
    for (const line of await serviceLines()) rows[line.group].push(rowOf(line));
  }, 60_000);

  test.each(queries)('%s: %s', (_, __, query) => {
    const [, group] = /^# (audit|functions|gateway|waf)\n/.exec(query) ?? [];
    const own = rows[group as LogGroup];
    const known = new Set(own.flatMap(Object.keys));
    expect(fieldsOf(query).filter((field) => !known.has(field))).toEqual([]);
    expect(runQuery(query, own).length).toBeGreaterThan(0);
  });
});

describe('what runbooks refer to', () => {
  test.each(pages)('%s links to what there is', (page) => {
    for (const [, target = '', anchor] of read(page).matchAll(/\]\(([\w./-]+)?(?:#([\w-]+))?\)/g)) {
      const file = target === '' ? page : target;
      expect([file, existsSync(path.join(folder, file))]).toEqual([file, true]);
      if (anchor === undefined) continue;
      const headings = readFileSync(path.join(folder, file), 'utf8').match(/^#+ .*$/gm) ?? [];
      const anchors = headings.map((heading) =>
        heading
          .replace(/^#+ /, '')
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(anchors).toContain(anchor);
    }
  });

  test('commands of bulwark budget that the command takes', () => {
    const commands = pages.flatMap((page) => [...read(page).matchAll(/npx bulwark budget ([^`\n]+?)(?=`|\n|$)/g)]);
    expect(commands.length).toBeGreaterThan(3);
    for (const [whole, args = ''] of commands) {
      const words = args
        .trim()
        .replaceAll('v1.…', `v1.${'a'.repeat(43)}`)
        .replaceAll('"$TABLE"', 'table')
        .split(/\s+/);
      const shown = words.filter((word) => word !== '…');
      expect([whole, parseBudgetArgs(shown)]).toEqual([whole, expect.objectContaining({ action: words[0] })]);
    }
  });
});

test('the way from a digest to a person finds the candidate', () => {
  const [script = ''] = blocksOf('break-glass.md', 'js');
  // What that module gives, without the client beside it, which takes a second to load.
  const module = pathToFileURL(path.join(root, 'aws/dynamodb/principal-digest.ts')).href;
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bulwark-tell-')), 'tell.mjs');
  writeFileSync(file, script.replace('bedrock-bulwark/aws/dynamodb', module));
  const secret = { version: 'v2', key: 'd'.repeat(64) };
  const wanted = createPrincipalDigest(secret)({ kind: 'user', id: 'sub-2' });
  const { stdout, stderr } = spawnSync(process.execPath, [file, 'user', wanted], {
    input: 'sub-1\nsub-2\nsub-3\n',
    env: { BULWARK_DIGEST_KEY: JSON.stringify(secret) },
  });
  rmSync(path.dirname(file), { recursive: true });
  expect([String(stdout), String(stderr)]).toEqual(['sub-2\n', '3 candidates\n']);
}, 30_000);
