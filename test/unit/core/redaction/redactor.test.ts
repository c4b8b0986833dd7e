import { describe, expect, test } from 'vitest';
import { createRedactor, type Detector, MAX_MATCH } from '../../../../core/redaction/index.ts';
import { inChunks, inWords, PLAIN_REPLIES, progressOf } from '../../../support/hold-back.ts';
import { ANNOUNCED_VALUES, PRIVATE_VALUES } from '../../../support/private-values.ts';

const redactor = createRedactor();
const email = PRIVATE_VALUES[0]?.value ?? '';

describe('the default set finds', () => {
  test.each(PRIVATE_VALUES)('$entity $rule #%#', ({ entity, rule, value }) => {
    for (const [before, after] of [
      ['', ''],
      ['It is ', '. Thanks!'],
      ['{"a":"', '"}'],
      ['(', ')'],
      ['\n', '\n'],
      ['a,', ',b'],
      ['\\n', '\\n'],
    ] as const) {
      const text = `${before}${value}${after}`;
      const findings = redactor.detect(text);
      expect(findings, JSON.stringify([before, after])).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        entity,
        start: before.length,
        end: before.length + value.length,
        ...(rule && { rule }),
      });
      expect(redactor.redact(text).text).toBe(`${before}[${entity}_1]${after}`);
    }
  });

  test.each(ANNOUNCED_VALUES)('$rule', ({ rule, value, text }) => {
    expect(redactor.detect(text)).toMatchObject([
      { entity: 'SECRET', rule, start: text.indexOf(value), end: text.indexOf(value) + value.length },
    ]);
    expect(redactor.redact(text).text).toBe(text.replace(value, '[SECRET_1]'));
  });
});

const LOOKALIKES = [
  'Order 100200300 has not arrived.',
  'Version 4.1.1 of 2024-11-05T10:15:00.000Z',
  '123e4567-e89b-12d3-a456-426614174000',
  'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
  'The price is 1,234,567.89 EUR or $99.95',
  'ISBN 978-3-16-148410-0',
  'user at example dot com',
  '@property and @media are no addresses',
  'const total = items.reduce((a, b) => a + b, 0);',
  'GET /v1/items?page=2&size=50 HTTP/1.1',
  '192.168.0.1 and 2001:db8::1',
  'x = 5 + 1234567890 - 3',
  '#ff00aa is a colour, rgb(255, 0, 170) too',
  '4111 1111 1111 1112 fails its check',
  '1234567890123456',
  'GB82 WEST 1234 5698 7654 33 fails its check',
  '000-12-3456 and 666-12-3456 were never issued',
  '2024-01-02 03:04:05',
  '+1 for this idea, +12 for that',
  'password: ********',
  'password: changeme',
  'the token is expired',
  'api_key: <your key>',
  `secret: $${'{SECRET}'}`,
  'token = process.env.TOKEN',
  'Passwords must be at least eight characters.',
  'sk-learn is a library',
  'AKIA is a prefix, ghp_ another',
  'eyJ starts many tokens',
  '-----BEGIN CERTIFICATE-----',
  'https://example.com:8080/path@2x.png',
  'http://localhost:3000/@scope/pkg',
  'npm install @middy/core@7.9.2',
  'f(x) = x^2 + 2x + 1',
  '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
  'Tel Aviv, room 212, floor 5',
  'chapter 12-34-56',
  'request 30522175-2875-46b7-8cd6-b1ef2e49f7f7',
  ...Array.from({ length: 10 }, (_, digit) => `request abcdef01-4111-4111-8111-111${digit}abcdef01`),
  ...Array.from({ length: 10 }, (_, digit) => `request abcdef01-2345-4111-8111-1111111${digit}abcd`),
  'md5 d41d8cd98f00b204e9800998ecf8427e',
  'base64 SGVsbG8gd29ybGQsIHRoaXMgaXMgcGxhaW4=',
  'timestamps 1700000000000 and 1700000000',
  'The years 1914-1918 and 1939-1945',
  'phone model SM-G991B, part 555-0199-X',
  '[EMAIL_ADDRESS_1] and [SECRET_2] stand for values',
];

test.each(LOOKALIKES)('the default set leaves alone: %s', (text) => {
  const result = redactor.redact(text);
  expect(result.findings).toEqual([]);
  expect(result.text).toBe(text);
});

test.each([
  ['5555-5555-5555-4444 42', '[CREDIT_CARD_1] 42'],
  ['378282246310005 42', '[CREDIT_CARD_1] 42'],
  ['42 4111 1111 1111 1111 7', '42 [CREDIT_CARD_1] 7'],
])('digits beside a card do not hide it: %s', (text, clean) => {
  expect(redactor.redact(text).text).toBe(clean);
});

describe('placeholders', () => {
  test('are the same for the same value, however it is spelled', () => {
    const text = `${email} ${email.toUpperCase()} 4111 1111 1111 1111 4111111111111111`;
    expect(redactor.redact(text).text).toBe('[EMAIL_ADDRESS_1] [EMAIL_ADDRESS_1] [CREDIT_CARD_1] [CREDIT_CARD_1]');
  });

  test('number afresh with each call, and on with each call of a session', () => {
    const other = email.replace('ada', 'grace');
    expect(redactor.redact(other).text).toBe('[EMAIL_ADDRESS_1]');
    const session = redactor.session();
    expect(session.redact(email).text).toBe('[EMAIL_ADDRESS_1]');
    expect(session.redact(other).text).toBe('[EMAIL_ADDRESS_2]');
    expect(session.session().redact(email).text).toBe('[EMAIL_ADDRESS_1]');
    expect(redactor.session().redact(other).text).toBe('[EMAIL_ADDRESS_1]');
  });

  test('stay distinct in number only up to a bound', () => {
    const session = redactor.session();
    for (let index = 0; index < 10_000; index++) session.redact(`u${index}@example.com`);
    expect(session.redact(`one-more@example.com`).text).toBe('[EMAIL_ADDRESS]');
    expect(session.redact(`u7@example.com`).text).toBe('[EMAIL_ADDRESS_8]');
  });
});

describe('streams', () => {
  test('hold back no more than the stated bound', () => {
    const stream = redactor.stream();
    const text = 'The orchard has three rows of pears and a well. '.repeat(100);
    let sent = 0;
    for (let index = 0; index < text.length; index += 5) {
      sent += stream.push(text.slice(index, index + 5)).length;
      expect(Math.min(index + 5, text.length) - sent).toBeLessThanOrEqual(MAX_MATCH);
    }
    expect(sent + stream.end().length).toBe(text.length);
  });

  test.each(Object.entries(PLAIN_REPLIES))('of %s hold back little more than the word that has begun', (_, reply) => {
    const text = reply.repeat(3);
    for (const pieces of [inWords(text), inChunks(text, 4), inChunks(text, 1)])
      for (const { pushed, shown, held } of progressOf(redactor, pieces)) {
        const word = /\S*$/.exec(text.slice(0, pushed))?.[0].length ?? 0;
        expect(shown).toBe(text.slice(0, pushed - held));
        // A date or other number waits for what follows it: `24.12.2023 w`, which might be a phone's extension.
        expect(held).toBeLessThanOrEqual(word + '24.12.2023 w'.length);
      }
  });

  test.each([...PRIVATE_VALUES.map(({ value }) => value), ...ANNOUNCED_VALUES.map(({ text }) => text)])(
    'show nothing of value #%# before it is replaced, and nothing later than needed',
    (value) => {
      const text = `Here: ${value}, and that was it.`;
      const whole = redactor.redact(text).text;
      for (const size of [1, 2, 3, 4, 7, 16])
        for (const { shown, held } of progressOf(redactor, inChunks(text, size))) {
          expect(whole.startsWith(shown)).toBe(true);
          // A number's end is told by what follows: `, an` might go on as a phone's `anexo`.
          expect(held).toBeLessThanOrEqual(value.length + 4 + size);
        }
    },
  );

  test('decide as soon as what follows changes nothing', () => {
    const stream = redactor.stream();
    expect(stream.push('Write to ')).toBe('Write to ');
    expect(stream.push(email)).toBe('');
    expect(stream.push(' or')).toBe('[EMAIL_ADDRESS_1] ');
    expect(stream.push(` to ${['ghp', '_', 'a1B2'.repeat(9)].join('')}`)).toBe('or to ');
    expect(stream.push(' today')).toBe('[SECRET_1] ');
    expect(stream.end('!')).toBe('today!');
  });

  test('go on right after the last line of a key', () => {
    const stream = redactor.stream();
    const [begin, end] = ['BEGIN', 'END'].map((word) => [`-----${word} PRIVATE`, ' KEY-----'].join(''));
    stream.push(`${begin}\nMIIE\n${end}`);
    expect(stream.push(' Well. ')).toBe(' Well. ');
  });

  test('wait for the bound where a pattern cannot be followed', () => {
    const twice: Detector = { entity: 'TWICE', pattern: /([a-z]{3})\1/y, score: 1 };
    const stream = createRedactor({ detectors: [twice] }).stream();
    expect(stream.push(`well, the pear tomtom `)).toBe('');
    expect(stream.push('. '.repeat(MAX_MATCH / 2))).toMatch(/^well, the pear \[TWICE_1\] \./);
  });

  test('replace a key at its start, though its end never comes', () => {
    const stream = redactor.stream();
    const begin = ['-----BEGIN PRIVATE', ' KEY-----'].join('');
    const shown = `${stream.push(`${begin}\n`)}${stream.push('MIIEvQIBADANBg\n'.repeat(100))}${stream.end()}`;
    expect(shown).toBe('[SECRET_1]');
    expect(stream.findings).toMatchObject([{ rule: 'private-key', start: 0, end: begin.length + 1 + 1500 }]);
  });

  test('replace a token of any length', () => {
    const text = `${['ghp', '_'].join('')}${'a1B2'.repeat(5000)} end`;
    const stream = redactor.stream();
    let shown = '';
    for (const character of text) shown += stream.push(character);
    expect(shown + stream.end()).toBe('[SECRET_1] end');
  });
});

describe('JSON', () => {
  test('keeps keys, numbers and structure, and redacts within strings', () => {
    const value = { [email]: 1, n: 7, deep: [{ mail: email, ok: true, none: null }], text: `Mail ${email}` };
    const { value: clean, findings } = redactor.redactJson(value);
    expect(clean).toEqual({
      [email]: 1,
      n: 7,
      deep: [{ mail: '[EMAIL_ADDRESS_1]', ok: true, none: null }],
      text: 'Mail [EMAIL_ADDRESS_1]',
    });
    expect(findings).toHaveLength(2);
  });

  test('turns a number that is a card into its placeholder', () => {
    expect(redactor.redactJson({ pan: 4111111111111111, id: 4111111111111112, big: 1e300 }).value).toEqual({
      pan: '[CREDIT_CARD_1]',
      id: 4111111111111112,
      big: 1e300,
    });
    expect(createRedactor({ entities: ['EMAIL_ADDRESS'] }).redactJson({ pan: 4111111111111111 }).value).toEqual({
      pan: 4111111111111111,
    });
  });

  test('keeps JSON within a string JSON', () => {
    const inner = JSON.stringify({ pan: 4111111111111111, mail: email });
    const { value } = redactor.redactJson({ inner });
    expect(JSON.parse((value as { inner: string }).inner)).toEqual({
      pan: '[CREDIT_CARD_1]',
      mail: '[EMAIL_ADDRESS_1]',
    });
  });

  test('returns a clean value as it is, and changes none that it is given', () => {
    const value = { a: [1, { b: 'pear' }] };
    expect(redactor.redactJson(value).value).toBe(value);
    const dirty = Object.freeze({ mail: email });
    expect(redactor.redactJson(dirty).value).toEqual({ mail: '[EMAIL_ADDRESS_1]' });
  });

  test('treats __proto__ as a key, and walks any depth', () => {
    const hostile = JSON.parse(`{"__proto__": {"mail": "${email}"}}`);
    const clean = redactor.redactJson(hostile).value as object;
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
    expect(JSON.stringify(clean)).toBe('{"__proto__":{"mail":"[EMAIL_ADDRESS_1]"}}');
    let deep: unknown = email;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(redactor.redactJson(deep).findings).toHaveLength(1);
  });
});

describe('options', () => {
  test('choose entities and scores', () => {
    const text = `${email} 192.168.0.1 212-555-0123`;
    expect(
      createRedactor({ entities: ['EMAIL_ADDRESS'] })
        .detect(text)
        .map(({ entity }) => entity),
    ).toEqual(['EMAIL_ADDRESS']);
    expect(
      createRedactor({ entities: 'all' })
        .detect(text)
        .map(({ entity }) => entity),
    ).toEqual(['EMAIL_ADDRESS', 'IP_ADDRESS', 'PHONE_NUMBER']);
    expect(
      createRedactor({ minScore: 0.9 })
        .detect(text)
        .map(({ entity }) => entity),
    ).toEqual(['EMAIL_ADDRESS']);
  });

  test("take detectors of one's own: ten lines of data", () => {
    const badge: Detector = {
      entity: 'BADGE',
      pattern: /NW-\d{5}(?!\d)/y,
      score: 0.2,
      context: ['badge', 'staff'],
    };
    const own = createRedactor({ detectors: [badge] });
    expect(own.redact('Staff badge NW-12345').text).toBe('Staff badge [BADGE_1]');
    expect(own.redact('Route NW-12345').text).toBe('Route NW-12345');
  });

  test.each([
    ['an unknown option', { entity: 'all' }],
    ['an unknown entity', { entities: ['SHOE_SIZE'] }],
    ['a score above 1', { minScore: 2 }],
    ['a pattern that is not sticky', { detectors: [{ entity: 'BADGE', pattern: /x/, score: 1 }] }],
  ])('refuse %s', (_, options) => {
    expect(() => createRedactor(options as never)).toThrow(TypeError);
  });
});
