import { describe, expect, test } from 'vitest';
import { macOf } from '../../../../aws/mac.ts';
import { digestContent, digestText, MAX_DIGESTS } from '../../../../core/audit/content-digest.ts';
import { type Body, MAX_READ, redactContent } from '../../../../core/audit/content-redaction.ts';
import { contentTexts } from '../../../../core/audit/content-texts.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';

const redactor = createRedactor({ entities: 'all' });
const email = ['ada', 'example.com'].join('@');
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const privateKey = ['-----BEGIN RSA', 'PRIVATE KEY-----\n'].join(' ') + 'MIIEowIBAAKCAQEA'.repeat(2000);

const body = (text: string, more: Partial<Body> = {}): Body => ({ text, kind: 'json', isCut: false, ...more });
const kept = (given: Body, units = 1000) => redactContent(redactor.session(), given, units);
const sse = (...texts: string[]): string => texts.map((text) => `data: ${JSON.stringify({ text })}\n\n`).join('');

describe('the texts of a body', () => {
  test('are its strings, without names of members and ids', () => {
    expect(contentTexts('{"id":"x","messages":[{"role":"user","content":[{"text":"Pears?"}]}]}', 'json')).toEqual([
      'Pears?',
    ]);
    expect(contentTexts('Pears?', 'json')).toEqual(['Pears?']);
    expect(contentTexts('', 'text')).toEqual([]);
  });

  test('are of a stream what its frames add up to, each by itself', () => {
    expect(contentTexts(sse('Pe', 'ars'), 'sse')).toEqual(['Pears']);
    expect(contentTexts('{"index":0,"t":"a"}\n{"index":1,"t":"x"}\n{"index":0,"t":"b"}\n', 'ndjson')).toEqual([
      'ab',
      'x',
    ]);
    expect(contentTexts('data: Pe\n\ndata: ars\n\n: beat\n\n', 'sse')).toEqual(['Pears']);
  });
});

describe('digests', () => {
  const digester = { version: 'v1', mac: macOf('k'.repeat(32)) };

  test('show that a text is the same, and nothing without the key', () => {
    const { in: sent, out } = digestContent(digester, ['Pears?'], ['Pears.', 'Pears?']);
    expect(sent[0]).toEqual({ digest: digestText(digester, 'Pears?'), units: 6 });
    expect(out[1]?.digest).toBe(sent[0]?.digest);
    expect(out[0]?.digest).not.toBe(sent[0]?.digest);
    expect(digestText({ ...digester, mac: macOf('l'.repeat(32)) }, 'Pears?')).not.toBe(sent[0]?.digest);
  });

  test('tell texts apart that differ in half a surrogate pair alone', () => {
    expect(digestText(digester, 'a\ud800')).not.toBe(digestText(digester, 'a\ud801'));
  });

  test('are bounded, and say what was left out', () => {
    const many = Array.from({ length: MAX_DIGESTS + 3 }, (_, index) => `${index}`);
    const { in: sent, left } = digestContent(digester, many, undefined);
    expect([sent.length, left]).toEqual([MAX_DIGESTS, 4]);
  });
});

describe('content without private values', () => {
  test.each<[string, Body]>([
    ['JSON', body(JSON.stringify({ text: `Mail ${email}, token ${token}` }))],
    [
      'JSON in escapes',
      body(
        `{"text":"${[...email].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')} ${token}"}`,
      ),
    ],
    ['a name of a member', body(JSON.stringify({ [`${email}`]: { [token]: 1 } }))],
    ['a name in escapes', body(`{"ada\\u0040example.com":1,"${token}":2}`)],
    ['a member that another one hides', body(`{"a":"${email} ${token}","a":"x"}`)],
    ['JSON in a string', body(JSON.stringify({ arguments: JSON.stringify({ to: email, key: token }) }))],
    ['text', body(`Mail ${email}, token ${token}`, { kind: 'text' })],
    ['frames', body(sse('Mail ada@', 'example.com now ', token.slice(0, 9), token.slice(9), ' bye'), { kind: 'sse' })],
    ['JSON that is none', body(`{"text":"${email} ${token}`)],
  ])('has none of %s', (_, given) => {
    const { text = '' } = kept(given) ?? {};
    expect(text).not.toBe('');
    for (const secret of [email, token, token.slice(9), 'example.com']) expect(text).not.toContain(secret);
  });

  const between = (text: string, sign: string): string => [...text].join(sign);
  const fullWidth = (text: string): string =>
    text.replace(/[!#-[\]-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0));
  const card = ['4111', '1111', '1111', '1111'].join('');

  test.each<[string, (value: string) => string]>([
    ['zero-width spaces', (value) => between(value, '\u200b')],
    ['soft hyphens', (value) => between(value, '\u00ad')],
    ['variation selectors', (value) => between(value, '\ufe0f')],
    ['tags', (value) => between(value, '\u{e0041}')],
    ['marks of direction', (value) => `\u202d${between(value, '\u200e')}\u202c`],
    ['full width', fullWidth],
  ])('has none of values that look the same with %s', (_, disguised) => {
    const values = [email, token, card].map(disguised);
    const written = (text: string): string =>
      text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const given of [
      body(JSON.stringify({ text: values.join(' ') })),
      body(written(JSON.stringify({ text: values.join(' ') }))),
      body(JSON.stringify(Object.fromEntries(values.map((value) => [value, 1])))),
      body(values.join(' '), { kind: 'text' }),
      body(sse(...[...values.join(' ')]), { kind: 'sse' }),
    ]) {
      const { text = '' } = kept(given, 100_000) ?? {};
      expect(text).toContain('[EMAIL_ADDRESS_1]');
      expect(text).toContain('[SECRET_1]');
      expect(text).toContain('[CREDIT_CARD_1]');
      for (const value of [email, token, card, ...values]) expect(text).not.toContain(value);
    }
  });

  test.each<[string, (secret: string) => string]>([
    ['base64', btoa],
    ['hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
    ['percent signs', (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&')],
  ])('has no secret in %s, nor the beginning of one', (_, encode) => {
    const code = encode(`key ${token} `);
    const said = JSON.stringify({ text: `pears ${code} pears` });
    expect(kept(body(said))?.text).toContain('[SECRET_1]');
    expect(kept(body(said))?.text).not.toContain(code.slice(12));
    for (let units = 40; units < code.length; units += 9) {
      const cut = body(`pears ${code.slice(0, units)}`, { kind: 'text', isCut: true });
      expect(kept(cut)?.text).not.toContain(code.slice(0, 30));
    }
  });

  test('keeps what writes in other letters, and JSON what it was', () => {
    const text = '１＂２＼ Ünï 日本語 \u0022 ok';
    expect(JSON.parse(kept(body(JSON.stringify({ text })))?.text ?? '').text).toBe('1＂2＼ Ünï 日本語 " ok');
  });

  test('ends before a value that goes over the cut, whatever the cut', () => {
    const given = body(`${'pear '.repeat(20)}${email} ${token} and more pears`, { kind: 'text' });
    for (let units = 90; units < 170; units++) {
      const { text = '' } = kept(given, units) ?? {};
      expect(text.length).toBeLessThanOrEqual(units);
      expect(text).not.toContain('ada');
      expect(text).not.toContain('ghp');
    }
  });

  test('ends before a value that goes over the end of what was read', () => {
    for (const kind of ['text', 'sse'] as const)
      for (let units = 1; units < token.length; units += 7) {
        const text =
          kind === 'text' ? `key ${token.slice(0, units)}` : `${sse('key ')}data: {"text":"${token.slice(0, units)}`;
        const { text: said = '', truncated } = kept(body(text, { kind, isCut: true })) ?? {};
        expect(said).not.toContain(token.slice(0, Math.max(4, units)));
        expect(truncated).toBe(true);
      }
  });

  test('a private key without an end is swallowed to the end', () => {
    expect(kept(body(privateKey, { kind: 'text' }))?.text).not.toContain('MIIE');
  });

  test('nothing is kept of JSON that is too long to be read whole', () => {
    expect(kept(body(JSON.stringify({ text: 'pear '.repeat(MAX_READ) })))).toBeUndefined();
  });

  test('nothing is kept where the redactor fails', () => {
    const broken = { ...redactor, redact: () => { throw new Error('x'); } }; // biome-ignore format: one line says it
    expect(redactContent(broken, body('pears', { kind: 'text' }), 10)).toBeUndefined();
  });
});
