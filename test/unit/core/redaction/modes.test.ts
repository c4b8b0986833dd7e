import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createFramedRedactor, createRedactor, redactJsonBody } from '../../../../core/redaction/index.ts';

const email = ['ada', 'example.com'].join('@');
const other = ['grace', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');
const digest = (text: string): string => createHmac('sha256', 'k'.repeat(32)).update(text).digest('hex');

describe('a redactor with modes', () => {
  test('writes what each entity has, and placeholders for the rest', () => {
    const redactor = createRedactor({ modes: { EMAIL_ADDRESS: 'drop', CREDIT_CARD: 'mask' } });
    const phone = ['+44 20', ' 7946 0958'].join('');
    expect(redactor.redact(`a ${email}, ${card}, ${phone}`).text).toBe('a , ***1111, [PHONE_NUMBER_1]');
  });

  test('has one mode for all that are not named', () => {
    const redactor = createRedactor({ modes: { '*': 'mask', CREDIT_CARD: 'report' } });
    expect(redactor.redact(`${email} ${card}`).text).toBe(`*** ${card}`);
  });

  test('says which findings must not be sent, and which entities stay', () => {
    const redactor = createRedactor({ modes: { CREDIT_CARD: 'block', EMAIL_ADDRESS: 'report' } });
    expect(redactor.blocks(redactor.detect(email))).toBe(false);
    expect(redactor.blocks(redactor.detect(`${email} ${card}`))).toBe(true);
    expect([redactor.reports('EMAIL_ADDRESS'), redactor.reports('CREDIT_CARD')]).toEqual([true, false]);
  });

  test('hashes spellings of one value alike, and other values not', () => {
    const redactor = createRedactor({ modes: { '*': 'hash' }, digest });
    const hashOf = (text: string): string => redactor.redact(text).text;
    expect(hashOf(email)).toMatch(/^\[EMAIL_ADDRESS:[a-z]{12}\]$/);
    expect(hashOf(email.toUpperCase())).toBe(hashOf(email));
    expect(hashOf(other)).not.toBe(hashOf(email));
    expect(hashOf(card.replaceAll(' ', '-'))).toBe(hashOf(card));
  });

  test.each([
    ['an unknown mode', { modes: { '*': 'hide' } }],
    ['an unknown entity', { modes: { NOBODY: 'mask' } }],
    ['an entity that is not looked for', { entities: ['CREDIT_CARD'], modes: { EMAIL_ADDRESS: 'block' } }],
    ['hash without a digest', { modes: { CREDIT_CARD: 'hash' } }],
    ['a digest that is none', { digest: 'key' }],
  ])('is none for %s', (_, options) => {
    expect(() => createRedactor(options as never)).toThrow(TypeError);
  });

  test('reports a value once, however its frames cut it and its path is read', () => {
    const redactor = createRedactor({ modes: { '*': 'report' } });
    const frame = (delta: string, index: number): string =>
      `data: ${JSON.stringify({ choices: [{ index, delta }] })}\n\n`;
    for (const parts of [[email], [`${email.slice(0, -1)}`, 'm'], [...email]]) {
      const frames = createFramedRedactor(redactor, 'sse');
      const sent = parts.map((part) => frame(part, 0)).join('');
      expect(frames.push(sent) + frames.end()).toBe(sent);
      expect(frames.findings).toMatchObject([{ entity: 'EMAIL_ADDRESS' }]);
    }
  });

  test('reports what is in JSON within a string once', () => {
    const redactor = createRedactor({ modes: { '*': 'report' } });
    const body = JSON.stringify({ inner: JSON.stringify({ to: email, n: 1 }) });
    const { text, findings } = redactJsonBody(body, redactor);
    expect(text).toBe(body);
    expect(findings).toHaveLength(1);
  });
});

describe('placeholders of one session', () => {
  test('are the same in calls, streams, JSON and frames', () => {
    const session = createRedactor().session();
    expect(session.redact(`${email} ${other}`).text).toBe('[EMAIL_ADDRESS_1] [EMAIL_ADDRESS_2]');
    const stream = session.stream();
    expect(stream.push(other.slice(0, 4)) + stream.push(other.slice(4)) + stream.end()).toBe('[EMAIL_ADDRESS_2]');
    expect(session.redactJson({ to: [other, email] }).value).toEqual({
      to: ['[EMAIL_ADDRESS_2]', '[EMAIL_ADDRESS_1]'],
    });
    const frames = createFramedRedactor(session, 'ndjson');
    const line = `${JSON.stringify({ text: email })}\n`;
    expect(frames.push(line) + frames.end()).toBe('{"text":"[EMAIL_ADDRESS_1]"}\n');
    expect(session.session().redact(other).text).toBe('[EMAIL_ADDRESS_2]');
  });

  test('begin anew for another', () => {
    const redactor = createRedactor();
    redactor.session().redact(email);
    expect(redactor.session().redact(other).text).toBe('[EMAIL_ADDRESS_1]');
  });
});
