import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableError } from '../../../cli/budget/table-error.ts';
import { main } from '../../../cli/main.ts';
import type { Budget, PrincipalKind } from '../../../core/quota/index.ts';

const ESC = '\u001b';
const ANYONE: readonly PrincipalKind[] = ['user', 'ip'];
const BUDGETS: readonly Budget[] = [
  { name: 'day-tokens', per: 'tenant', unit: 'tokens', window: 'day', limit: 1000 },
  { name: 'hour-tokens', per: ANYONE, unit: 'tokens', window: 'hour', limit: 1000 },
  { name: 'hour-strikes', per: ANYONE, unit: 'strikes', window: 'hour', limit: 2 },
  { name: 'pair-tokens', per: 'user+model', unit: 'tokens', window: 'month', limit: 500, models: ['small'] },
];
const ENVIRONMENT = {
  BULWARK_TABLE: 'quota',
  BULWARK_BUDGETS: JSON.stringify(BUDGETS),
  BULWARK_DIGEST_KEY: 'a digest key for operators',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-budget-'));
  writeFileSync(path.join(folder, 'broken.json'), '[{');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command where there is no table, and nobody to ask. */
const bulwark = async (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) => {
  let out = '';
  let err = '';
  const output = {
    print: (text: string) => {
      out += text;
    },
    error: (text: string) => {
      err += text;
    },
    columns: undefined,
  };
  const connect = async (): Promise<never> => {
    throw new Error('no table');
  };
  const around = { env: { ...ENVIRONMENT, ...env }, answer: undefined, connect };
  return { code: await main(['budget', ...args], output, around), out, err };
};

test('says how it is used', async () => {
  expect(await bulwark(['--help'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('budget reset') });
  expect((await bulwark(['show', 'user', 'a'])).err).toBe('bulwark budget: no table\n');
});

test.each([
  [['show'], 'a kind must be'],
  [['shwo', 'user', 'a'], 'show, set, reset'],
  [['show', 'usr', 'a'], 'a kind must be'],
  [['show', 'user'], 'an id of the user is missing'],
  [['show', 'user+model', 'a'], 'an id of the model is missing'],
  [['show', 'user+model', 'a', 'large'], 'counts for this user+model'],
  [['show', 'user', 'a', 'b'], 'no more than'],
  [['show', 'ip', 'nowhere'], 'no address'],
  [['show', 'apiKey', 'a'], 'they count for tenant, user, ip, user+model'],
  [['show', 'user', '--digest', 'v1.short'], '43 characters'],
  [['show', 'user+model', '--digest', `v1.${'a'.repeat(43)}`], 'no models'],
  [['show', 'user', 'a', '--key=secret'], "Unknown option '--key'"],
  [['set', 'user', 'a', '--yes'], '<budget>=<limit>'],
  [['set', 'user', 'a', 'hour-tokens', '--yes'], 'is no <budget>=<limit>'],
  [['set', 'user', 'a', 'hour-tokens=-1', '--yes'], 'whole number'],
  [['set', 'user', 'a', 'hour-tokens=1.5', '--yes'], 'whole number'],
  [['set', 'user', 'a', 'hour-tokens=1e3', '--yes'], 'whole number'],
  [['set', 'user', 'a', 'hour-tokens=', '--yes'], 'whole number'],
  [['set', 'user', 'a', 'hour-tokens=9007199254740993', '--yes'], 'whole number'],
  [['set', 'user', 'a', 'hour-tokens=1', 'hour-tokens=2', '--yes'], 'twice'],
  [['set', 'user', 'a', 'day-tokens=1', '--yes'], 'there are hour-tokens, hour-strikes'],
  [['reset', 'user', 'a', `no${ESC}pe`, '--yes'], 'there is no budget no?pe'],
  [['show', 'user', 'a', '--table', 'ab'], '3 characters'],
  [['show', 'user', 'a', '--budgets', '/nowhere.json'], 'ENOENT'],
])('refuses %j', async (args, words) => {
  const { code, out, err } = await bulwark(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(words);
  expect(err).toContain('bulwark budget --help');
  expect(err).not.toContain('secret');
});

test('wants a table, a key and budgets that make sense', async () => {
  const errorWith = async (env: Readonly<Record<string, string | undefined>>, ...args: readonly string[]) => {
    const { code, err } = await bulwark(['show', 'user', 'a', ...args], env);
    expect(code).toBe(2);
    return err;
  };
  expect(await errorWith({ BULWARK_TABLE: undefined })).toContain('--table or BULWARK_TABLE');
  expect(await errorWith({ BULWARK_DIGEST_KEY: undefined })).toContain('BULWARK_DIGEST_KEY is missing');
  expect(await errorWith({ BULWARK_DIGEST_KEY: 'short' })).toContain('at least 16 bytes');
  expect(await errorWith({}, '--budgets', path.join(folder, 'broken.json'))).toContain('is not JSON');
  expect(await errorWith({ BULWARK_BUDGETS: '{}' })).toContain('no list of budgets');
  expect(await errorWith({ BULWARK_BUDGETS: '[{"name":"a"}]' })).toContain('per is needed');
});

test('changes nothing where nobody can be asked', async () => {
  for (const args of [
    ['set', 'user', 'a', 'hour-tokens=5'],
    ['reset', 'user', 'a'],
  ])
    expect(await bulwark(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('needs --yes') });
});

test.each([
  [
    'AccessDeniedException',
    'User: arn:x:user/op may not dynamodb:GetItem on y',
    /lack dynamodb:GetItem on .*budgetAdmin/,
  ],
  ['AccessDeniedException', 'no', /lack dynamodb:GetItem and dynamodb:UpdateItem/],
  ['ResourceNotFoundException', 'no', /no table quota in Region here/],
  ['ExpiredTokenException', 'no', /credentials/],
  ['ThrottlingException', 'no', /try again/],
  ['TimeoutError', 'no', /gives no answer/],
  ['Error', 'Region is missing', /AWS_REGION/],
  ['SomethingElse', `what${ESC}\nnext`, /^SomethingElse: what\?\?next$/],
])('tells %s in one line', (name, message, told) => {
  const line = tableError(Object.assign(new Error(message), { name }), { table: 'quota', region: 'here' });
  expect(line).toMatch(told);
  expect(line).not.toContain('user/op');
});

test('tells a connection that fails by its code', () => {
  const errors = [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })];
  const place = { table: 'quota', region: 'here' };
  expect(tableError(new AggregateError(errors), place)).toMatch(/^ECONNREFUSED: DynamoDB gives no answer/);
  expect(tableError('thrown', place)).toBe('thrown');
});
