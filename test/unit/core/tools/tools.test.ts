import { describe, expect, test } from 'vitest';
import { macOf } from '../../../../aws/mac.ts';
import { APPROVAL_MS, openApproval, sealApproval } from '../../../../core/tools/approval.ts';
import { parsedArguments } from '../../../../core/tools/arguments.ts';
import { definitionText } from '../../../../core/tools/definition.ts';
import { leavesOf } from '../../../../core/tools/leaves.ts';
import { readingsOf } from '../../../../core/tools/readings.ts';
import { resultsFit } from '../../../../core/tools/results.ts';

test('leaves are every string, number and name in a value, in order, however deep', () => {
  expect(leavesOf({ a: ['b', 1, { c: null, d: [true, 2n] }] }).map(({ text }) => text)).toEqual([
    'a',
    'b',
    '1',
    'c',
    'd',
    '2',
  ]);
  expect(leavesOf({ a: 'a' })).toEqual([
    { text: 'a', isName: true },
    { text: 'a', isName: false },
  ]);
  expect(leavesOf(JSON.parse(`${'['.repeat(100_000)}"deep"${']'.repeat(100_000)}`))).toHaveLength(1);
  expect(leavesOf(new Uint8Array(10))).toEqual([]);
});

describe('readings of a text', () => {
  test('begin with the text itself, which is all there is of plain words', () => {
    expect(readingsOf('a pear')).toEqual(['a pear']);
  });

  test.each<readonly [string, string]>([
    ['%61%2525', 'a%'],
    ['&#x61;&amp;lt;', 'a<'],
    ['\\u0061\\x62\\/', 'ab/'],
    ['\\u{1f600}', '😀'],
    ['ａ\u200b．', 'a.'],
    ['%E3%81%82', 'あ'],
    ['%ff', 'ÿ'],
  ])('undo what stands for something else: %s', (text, reading) => {
    expect(readingsOf(text)).toContain(reading);
  });

  test('are five at most, and hardly longer than the text', () => {
    const readings = readingsOf('%2525252525252561'.repeat(1000));
    expect(readings.length).toBeLessThanOrEqual(5);
    expect(Math.max(...readings.map(({ length }) => length))).toBe(17_000);
  });
});

describe('arguments that came as text', () => {
  test('are a JSON object, an empty one where nothing came', () => {
    expect(parsedArguments('')).toEqual({});
    const numbers = '{"a":[1234567890123456,-1.5e-7,0.30000000000000004],"b":"12345678901234567890"}';
    expect(parsedArguments(numbers)).toEqual(JSON.parse(numbers));
    expect(parsedArguments('{"a":{"b:":["\\":",{"c":1}]}}')).toEqual({ a: { 'b:': ['":', { c: 1 }] } });
  });

  test.each([
    '[1]',
    '1',
    'null',
    '"a"',
    '{',
    '{"a":1,"a":2}',
    '{"a":[{"b":1,"\\u0062":2}]}',
    '{"a":1}{"b":2}',
    '{"a":12345678901234567890}',
    '{"a":[-0.12345678901234567890]}',
  ])('are none, or not one: %s', (json) => {
    expect(parsedArguments(json)).toBeUndefined();
  });

  test('are looked through however deep they nest', () => {
    expect(parsedArguments(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toBeDefined();
  });
});

test('the text of a definition is what somebody wrote into it, one string a line', () => {
  const spec = {
    name: 'find',
    description: 'Finds pears.',
    inputSchema: {
      json: { type: 'object', properties: { kind: { enum: ['ripe'], default: 'green', title: 'Kind' } } },
    },
  };
  expect(definitionText(spec)).toBe('find\nFinds pears.\nkind\nripe\ngreen\nKind');
});

describe('results of tools', () => {
  const call = (toolUseId: string, name: string) => ({
    role: 'assistant',
    content: [{ toolUse: { toolUseId, name } }],
  });
  const result = (toolUseId: string, ...content: readonly object[]) => ({
    role: 'user',
    content: [{ toolResult: { toolUseId, content } }],
  });
  const policy = { find: { maxResultUnits: 10 }, read: {} };

  test('are as long as the rules of their tool allow, text and JSON together', () => {
    const fits = (...content: readonly object[]) =>
      resultsFit({ messages: [call('t', 'find'), result('t', ...content)] }, policy);
    expect(fits({ text: '0123456789' })).toBe(true);
    expect(fits({ text: '01234567890' })).toBe(false);
    expect(fits({ text: '01234' }, { json: { a: 1 } })).toBe(false);
    expect(fits({ json: ['0123'] })).toBe(true);
  });

  test('are held against the default where no call of a known tool asked for them', () => {
    const fits = (units: number, id = 'other') =>
      resultsFit({ messages: [call('t', 'find'), call('u', 'wipe'), result(id, { text: 'x'.repeat(units) })] }, policy);
    expect([fits(100_000), fits(100_001), fits(100_000, 'u'), fits(100_001, 'u')]).toEqual([true, false, true, false]);
  });

  test('are held against the stricter of two tools that were called by one id', () => {
    const messages = [call('t', 'find'), call('t', 'read'), result('t', { text: 'x'.repeat(11) })];
    expect(resultsFit({ messages }, policy)).toBe(false);
  });
});

describe('the token of an approval', () => {
  const mac = macOf('k'.repeat(32));
  const subject = { owner: 'user:ada', tenant: 'acme', tool: 'pay', argumentsDigest: 'd' };
  const token = sealApproval(mac, subject, 'nonce', 1_000_000);

  test('opens until it expires', () => {
    expect(openApproval(mac, token, subject, 999_999)).toEqual({ id: 'nonce', expiresAt: 1_000_000 });
    expect(openApproval(mac, token, subject, 1_000_000)).toBeUndefined();
    expect(APPROVAL_MS).toBe(5 * 60_000);
  });

  test('has no border that can be moved between what it is bound to', () => {
    for (const other of [
      { ...subject, tenant: 'acm', tool: 'epay' },
      { ...subject, tenant: '' },
      { ...subject, owner: 'user:ada","pay' },
      { ...subject, argumentsDigest: 'e' },
    ])
      expect(openApproval(mac, token, other, 0)).toBeUndefined();
    expect(openApproval(macOf('l'.repeat(32)), token, subject, 0)).toBeUndefined();
  });
});
