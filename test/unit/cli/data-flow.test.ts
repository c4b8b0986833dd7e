import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { renderDataFlow } from '../../../cli/data-flow/render.ts';
import { main } from '../../../cli/main.ts';
import { definePolicy, type Policy } from '../../../core/policy.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-data-flow-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.unstubAllEnvs();
});

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const output = {
    print: (text: string) => void printed.push(text),
    error: (text: string) => void errors.push(text),
    columns: undefined,
  };
  const surroundings = { env, answer: undefined, connect: () => Promise.reject(new Error('no table')) };
  const code = await main(['data-flow', ...args], output, surroundings);
  return { code, printed: printed.join(''), errors: errors.join('') };
};

let modules = 0;
const moduleOf = (text: string): string => {
  modules += 1;
  const file = path.join(folder, `policy-${modules}.mjs`);
  writeFileSync(file, text);
  return file;
};

const rendered = (policy: Policy): string =>
  renderDataFlow(definePolicy(policy), 'eu-central-1', 'policy.ts', 'command');

const row = (text: string, beginning: string): string =>
  text.split('\n').find((line) => line.startsWith(`| ${beginning}`)) ?? '';

/** The service and all that it imports are loaded: that takes its time. */
const LOADING_MS = 30_000;

/** What the service takes from its environment; none of it but the names of table and model is in the document. */
const SERVICE = {
  BULWARK_TABLE: 'bulwark-quota',
  BULWARK_MODEL_ID: 'eu.amazon.nova-lite-v1:0',
  BULWARK_DIGEST_KEY: 'd'.repeat(32),
  BULWARK_MAC_KEY: 'm'.repeat(32),
};

test(
  'docs/data-flow.md says what the policy of the service says',
  async () => {
    for (const [name, value] of Object.entries(SERVICE)) vi.stubEnv(name, value);
    const { code, printed, errors } = await run([
      '--policy',
      'functions/service/policy.ts',
      '--region',
      'eu-central-1',
    ]);
    expect([code, errors]).toEqual([0, '']);
    const again = [
      ...Object.entries(SERVICE).map(([name, value]) => `${name}=${value}`),
      'node cli/bulwark.ts data-flow --policy functions/service/policy.ts --region eu-central-1 > docs/data-flow.md',
    ].join(' ');
    expect(printed, `it is out of date; write it again: ${again}`).toBe(readFileSync('docs/data-flow.md', 'utf8'));
  },
  LOADING_MS,
);

describe('the document', () => {
  const text = rendered({
    model: { models: ['eu.amazon.nova-lite-v1:0', 'global.anthropic.claude-haiku-4-5'] },
    classification: {
      allow: { default: 'internal', regions: { eu: 'confidential', global: 'public' } },
      mask: { default: 'internal', regions: { eu: 'restricted', global: 'public' } },
      levels: { IP_ADDRESS: 'restricted' },
      markers: [{ id: 'falcon', phrases: ['Falcon, the secret name'], level: 'restricted' }],
      sourceCode: 'confidential',
    },
  });

  test('says for each model where it is processed, and what becomes of each level', () => {
    expect(row(text, '`eu.amazon')).toBe('| `eu.amazon.nova-lite-v1:0` | `eu` | passes | passes | passes | masked |');
    expect(row(text, '`global')).toBe(
      '| `global.anthropic.claude-haiku-4-5` | anywhere | passes | **refused** | **refused** | **refused** |',
    );
  });

  test('says which level entities, code and markers have, and names no phrase', () => {
    expect(row(text, 'restricted |')).toContain('`IP_ADDRESS`');
    expect(row(text, 'internal |')).not.toContain('`IP_ADDRESS`');
    expect(text).toContain('Source code: confidential');
    expect(text).toContain('`falcon` restricted');
    expect(text).not.toContain('the secret name');
  });

  test('says what is off', () => {
    const off = rendered({ injection: false, redaction: false });
    expect(off).toContain('Classification is off');
    expect(off).toContain('not redacted');
    expect(off).not.toMatch(/screened|DynamoDB/);
  });

  test('says what is stored where budgets have a table, and holds no key', () => {
    const keys = { digest: 'd'.repeat(32), mac: 'm'.repeat(32) };
    const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 1 }] as const;
    const stored = rendered({ quota: { table: 'quota', budgets }, keys });
    expect(row(stored, 'DynamoDB, table `quota`')).toContain('`day` (tokens per day)');
    expect(stored).not.toMatch(/d{32}|m{32}/);
  });

  test('has a row for what an allowlist does not name', () => {
    const open = rendered({ classification: { allow: { default: 'internal', models: { 'eu.*': 'restricted' } } } });
    expect(row(open, '`eu.*`')).toContain('passes | passes | passes | passes |');
    expect(row(open, 'any other')).toContain('passes | passes | **refused** | **refused** |');
  });

  test('says that monitor mode changes nothing', () => {
    expect(rendered({ mode: 'monitor', classification: { allow: 'public' } })).toContain(
      'In monitor mode it is only recorded.',
    );
  });
});

describe('the command', () => {
  test('takes the export policy, the default one, or the one that is named', async () => {
    for (const [text, more] of [
      ['export const policy = { service: "pears" };', []],
      ['export default {};', []],
      ['export const other = {};', ['--export', 'other']],
    ] as const) {
      const { code, printed } = await run(['--policy', moduleOf(text), ...more]);
      expect(code).toBe(0);
      expect(printed).toContain('# Data flow');
    }
  });

  test('takes the Region of the environment', async () => {
    const file = moduleOf('export const policy = {};');
    expect((await run(['--policy', file], { AWS_REGION: 'us-east-1' })).printed).toContain(
      'calls Bedrock in `us-east-1`',
    );
  });

  test.each([
    ['a module that throws', 'throw new Error("environment: X is missing")', 'environment: X is missing'],
    ['a module without a policy', 'export const nothing = 1;', 'exports no policy'],
    [
      'a policy that contradicts itself',
      'export const policy = { classification: { mask: "public" } };',
      'mask is below allow',
    ],
  ])('fails for %s', async (_, text, message) => {
    const { code, printed, errors } = await run(['--policy', moduleOf(text)]);
    expect([code, printed]).toEqual([1, '']);
    expect(errors).toContain(message);
  });

  test.each([[], ['policy.ts'], ['--policy'], ['--policy', 'x', '--region', 'europe'], ['--nonsense']])(
    'is wrong with %j',
    async (...args) => {
      expect((await run(args)).code).toBe(2);
    },
  );

  test('helps', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, printed: expect.stringContaining('--policy <file>') });
  });
});

test('content that the audit log keeps is said, with its group and its share', () => {
  const page = rendered({
    audit: { logGroup: '/a', content: 'redacted', contentLogGroup: '/b', sampleRate: 0.05 },
  });
  expect(row(page, 'CloudWatch Logs, group `/a`')).toContain('no content');
  expect(row(page, 'CloudWatch Logs, group `/b`')).toContain('of 5 % of requests');
  expect(row(rendered({ audit: { content: 'digest' } }), 'CloudWatch Logs |')).toContain('keyed digests and lengths');
});
