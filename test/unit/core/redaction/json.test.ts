import { describe, expect, test } from 'vitest';
import { createFramedRedactor, createRedactor, redactJsonBody } from '../../../../core/redaction/index.ts';

const redactor = createRedactor();
const ssn = ['53690', '4399'].join('');
const card = ['411111', '1111111111'].join('');
const password = ['hunter2', 'xK9!pq'].join('-');

const asBody = (text: string): string => redactJsonBody(text, redactor).text;
const asFrame = (text: string): string => {
  const frames = createFramedRedactor(redactor, 'ndjson');
  return (frames.push(`${text}\n`) + frames.end()).trimEnd();
};
const asEvent = (text: string): string => {
  const frames = createFramedRedactor(redactor, 'sse');
  return (frames.push(`data: ${text}\n\n`) + frames.end()).slice('data: '.length).trimEnd();
};
const asValue = (text: string): string => JSON.stringify(redactor.redactJson(JSON.parse(text)).value);
const WAYS = [
  ['a value', asValue],
  ['a body', asBody],
  ['a line of NDJSON', asFrame],
  ['an event', asEvent],
] as const;

describe.each(WAYS)('JSON as %s', (_, clean) => {
  test.each([
    ['a string', { ssn }, { ssn: '[US_SSN_1]' }],
    ['a number', { ssn: Number(ssn) }, { ssn: '[US_SSN_1]' }],
    ['a list', { ssn: ['x', ssn, [ssn]] }, { ssn: ['x', '[US_SSN_1]', ['[US_SSN_1]']] }],
    ['a nested value', { user: { password } }, { user: { password: '[SECRET_1]' } }],
    ['a list of nested values', [{ a: [{ password }] }], [{ a: [{ password: '[SECRET_1]' }] }]],
    ['several words', { 'social security number': ssn }, { 'social security number': '[US_SSN_1]' }],
    ['a name with humps', { socialSecurityNumber: ssn }, { socialSecurityNumber: '[US_SSN_1]' }],
  ])('takes the name of a member for what is said of %s', (_kind, value, expected) => {
    expect(JSON.parse(clean(JSON.stringify(value)))).toEqual(expected);
  });

  test('takes a name for none of another member', () => {
    const text = JSON.stringify({ ssn: 'none', order: ssn, ids: [Number(ssn)] });
    expect(clean(text)).toBe(text);
  });

  test.each([
    [
      'ids, times and prices',
      { id: Number(ssn), price: 1299.95, at: 1730000000123, created: 1730000000, n: -12345678 },
    ],
    ['a card that fails its check', { card: Number(card) + 1 }],
    ['what is no safe integer', { n: 123456789012345680000, e: 1e300, f: 4111.111111111111 }],
  ])('leaves numbers that are %s', (_kind, value) => {
    const text = JSON.stringify(value);
    expect(clean(text)).toBe(text);
  });

  test('makes a string of a number that is private, also in JSON within a string', () => {
    const text = JSON.stringify({ n: Number(card), inner: JSON.stringify([Number(card), 7]) });
    const { n, inner } = JSON.parse(clean(text));
    expect(n).toBe('[CREDIT_CARD_1]');
    expect(JSON.parse(inner)).toEqual(['[CREDIT_CARD_1]', 7]);
  });

  test('reads names in JSON within a string', () => {
    const { note } = JSON.parse(clean(JSON.stringify({ note: JSON.stringify({ ssn, password: [password] }) })));
    expect(JSON.parse(note)).toEqual({ ssn: '[US_SSN_1]', password: ['[SECRET_1]'] });
  });
});

test('arguments of a tool that come as partial JSON lose what is private, and are JSON once they are together', () => {
  const input = JSON.stringify({ to: ['ada', 'example.com'].join('@'), n: 3, note: `${card}` });
  for (let size = 1; size < input.length; size++) {
    const frames = createFramedRedactor(redactor, 'sse');
    let out = '';
    for (let at = 0; at < input.length; at += size) {
      const delta = { type: 'input_json_delta', partial_json: input.slice(at, at + size) };
      out += frames.push(`event: content_block_delta\ndata: ${JSON.stringify({ index: 0, delta })}\n\n`);
    }
    out += frames.end();
    const pieces = [...out.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data).delta.partial_json);
    expect(JSON.parse(pieces.join(''))).toEqual({ to: '[EMAIL_ADDRESS_1]', n: 3, note: '[CREDIT_CARD_1]' });
  }
});
