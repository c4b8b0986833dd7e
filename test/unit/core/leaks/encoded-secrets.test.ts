import { describe, expect, test } from 'vitest';
import { createEncodedSecretCheck, ENCODED_HOLD } from '../../../../core/leaks/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { CODED, TURNED } from '../../../support/disguises.ts';
import { PRIVATE_VALUES } from '../../../support/private-values.ts';

const redactor = createRedactor();
const checkOf = () => createEncodedSecretCheck({ redactor: redactor.session() });
const check = checkOf();

const SECRETS = PRIVATE_VALUES.filter(({ entity }) => entity === 'SECRET').map(({ value }) => value);
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const within = (said: string): string => `Sure, here it is:\n${said}\nAnything else?`;

/** Text in pieces that end at `cuts`. */
const inPieces = (text: string, cuts: readonly number[]): { text: string; held: number; findings: number } => {
  const stream = checkOf().stream();
  let out = '';
  let at = 0;
  let held = 0;
  for (const cut of cuts) {
    out += stream.push(text.slice(at, cut));
    at = Math.max(at, cut);
    held = Math.max(held, at - out.length);
  }
  out += stream.end(text.slice(at));
  return { text: out, held, findings: stream.findings.length };
};

describe('an encoded secret', () => {
  test.each(Object.entries(CODED))('is replaced %s', (_, say) => {
    for (const secret of SECRETS) {
      const { text, findings } = check.redact(within(say(secret)));
      expect(text).toMatch(/^Sure, here it is:\n[\s\S]{0,16}\[SECRET_\d+\][\s\S]{0,40}\nAnything else\?$/);
      expect(findings).toHaveLength(1);
    }
  });

  test.each(Object.entries(TURNED))('is replaced %s, but for a private key', (_, say) => {
    for (const secret of SECRETS.filter((value) => !value.includes('\n'))) {
      const { text } = check.redact(within(say(secret)));
      expect(text).toMatch(/^Sure, here it is:\n\[SECRET_\d+\]\u200b?\nAnything else\?$/);
    }
  });

  test('has the placeholder of the same secret in plain, and the offsets of its code', () => {
    const session = redactor.session();
    const same = createEncodedSecretCheck({ redactor: session });
    expect(session.redact(token).text).toBe('[SECRET_1]');
    const { text, findings } = same.redact(`It is ${base64(token)}.`);
    expect(text).toMatch(/^It is \[SECRET_1\]=*\.$/);
    expect(findings[0]).toMatchObject({ entity: 'SECRET', start: 6, end: 6 + Math.ceil((token.length * 8) / 6) });
  });

  test('is replaced in base64 of UTF-16', () => {
    const { text } = check.redact(within(Buffer.from(`key ${token}`, 'utf16le').toString('base64')));
    expect(text).toMatch(/\n[A-Za-z0-9+/]{9,12}\[SECRET_\d+\][A-Za-z0-9+/=]{0,4}\n/);
  });

  test('in the middle of a longer code is taken out of it', () => {
    const { text } = check.redact(base64(`The key is ${token}, do not lose it.`));
    expect(text).toMatch(/^[A-Za-z0-9+/]{10,18}\[SECRET_\d+\][A-Za-z0-9+/]{15,30}=*$/);
    expect(Buffer.from(text.split('[')[0] ?? '', 'base64').toString()).toContain('The key');
  });

  test('is replaced wherever its base64 begins', () => {
    for (const before of ['', 'a', 'ab', 'abc', '/', 'data:text/plain;base64,', 'key='])
      expect(check.redact(`${before}${base64(`key ${token}`)}`).findings, before).toHaveLength(1);
  });

  test('that goes on and on is swallowed to its end', () => {
    const key = ['-----BEGIN PRIVATE', ' KEY-----\n', 'aB3d\n'.repeat(5000), '-----END PRIVATE', ' KEY-----'].join('');
    const wrapped = base64(`${key}\nnot secret`).replaceAll(/.{76}/g, '$&\n');
    const { text } = check.redact(wrapped);
    expect(text.length).toBeLessThan(60);
    expect(text).toContain('[SECRET_');
    const cuts = Array.from({ length: wrapped.length / 7 }, (_, index) => index * 7);
    expect(inPieces(wrapped, cuts).text.replace(/_\d+/, '')).toBe(text.replace(/_\d+/, ''));
  });
});

describe('a code without a secret', () => {
  /** Noise that is the same in every run. */
  const noise = (bytes: number): Buffer => {
    let state = 0x2545_f491;
    return Buffer.from(
      Uint8Array.from({ length: bytes }, () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state >>> 24;
      }),
    );
  };

  test.each(['base64', 'base64url', 'hex'] as const)('passes: noise in %s', (encoding) => {
    const text = noise(400_000).toString(encoding);
    expect(check.redact(text)).toEqual({ text, findings: [] });
  });

  test.each([
    ['prose', base64('Dear Ada, the pears are ripe, and 12 of the 14 trees are picked. Yours, Berta')],
    ['an integrity string', `sha512-${noise(64).toString('base64')}`],
    ['an image', `data:image/png;base64,iVBORw0KGgo${noise(900).toString('base64')}`],
    ['a hash', noise(32).toString('hex')],
    ['a secret as it stands, which is for redaction to find', token],
    ['a password in a connection string, another such', ['amqps://user:', 'hunter2x', '@mq.example.com'].join('')],
    ['an id', '123e4567-e89b-42d3-a456-426614174000'],
    ['spaced letters', 'T h e  p e a r s  a r e  r i p e ,  a n d  n o b o d y  p i c k s  t h e m .'],
    ['numbers', '72 101 108 108 111 44 32 119 111 114 108 100 33 72 101 108 108 111 44 32 119'],
    ['escapes', encodeURIComponent('https://example.com/a?b=c&d=e f g h i j k l m n o p')],
  ])('passes: %s', (_, text) => {
    expect(check.redact(within(text))).toEqual({ text: within(text), findings: [] });
  });
});

describe('a stream', () => {
  const samples = Object.entries({ ...CODED, ...TURNED }).map(([, say]) => within(say(token)));

  test('gives the same, wherever it is split', () => {
    for (const sample of samples) {
      const whole = checkOf().redact(sample);
      const step = Math.ceil(sample.length / 40);
      for (let cut = 1; cut < sample.length; cut += step) expect(inPieces(sample, [cut]).text).toBe(whole.text);
      const each = inPieces(
        sample,
        Array.from(sample, (_, index) => index),
      );
      expect(each).toMatchObject({ text: whole.text, findings: whole.findings.length });
    }
  });

  test.each([
    ['hexadecimal with much between', '67,  0x '.repeat(1500)],
    ['base64 of one word', base64('a'.repeat(4000))],
    ['base64 with much between its rows', `${base64('a'.repeat(12))}${' '.repeat(16)}`.repeat(400)],
    ['decimal codes', '103;     '.repeat(1500)],
    ['binary codes', '01100111, '.repeat(900)],
    ['spaced letters', 'a - '.repeat(2000)],
    ['one token', 'a1'.repeat(4000)],
  ])('holds back no more than promised: %s', (_, text) => {
    const cuts = Array.from({ length: Math.floor(text.length / 16) }, (_unused, index) => index * 16);
    const { held, text: out } = inPieces(text, cuts);
    expect(out).toBe(text);
    expect(held).toBeLessThanOrEqual(ENCODED_HOLD);
  });

  test('lets prose pass word by word', () => {
    const stream = check.stream();
    const text = 'Pears ripen in autumn, and I pick 12 kg a tree in 2024. Add a bed of dead leaves. '.repeat(5);
    let out = 0;
    const held = Array.from(text, (unit, index) => {
      out += stream.push(unit).length;
      return index + 1 - out;
    });
    expect(Math.max(...held)).toBeLessThan(12);
  });
});

test('unknown and invalid options are refused', () => {
  expect(() => createEncodedSecretCheck({ redactor: 1 } as never)).toThrow(TypeError);
  expect(() => createEncodedSecretCheck({ redactor, most: 1 } as never)).toThrow(TypeError);
});
