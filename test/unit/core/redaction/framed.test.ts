import { describe, expect, test } from 'vitest';
import { isBulwarkError } from '../../../../core/errors.ts';
import { jsonTexts, laneOf } from '../../../../core/redaction/framed/json-texts.ts';
import { createFramedRedactor, createRedactor, MAX_MATCH } from '../../../../core/redaction/index.ts';
import { parseNdjson, parseSse, SHAPES } from '../../../support/frames.ts';
import { ANNOUNCED_VALUES, PRIVATE_VALUES } from '../../../support/private-values.ts';

const redactor = createRedactor();
const email = ['ada', 'example.com'].join('@');
const other = ['bob', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');
const digits = card.replaceAll(' ', '');

const pushed = (framing: 'sse' | 'ndjson', ...pieces: readonly string[]): string[] => {
  const frames = createFramedRedactor(redactor, framing);
  return [...pieces.map((piece) => frames.push(piece)), frames.end()];
};
const all = (framing: 'sse' | 'ndjson', ...pieces: readonly string[]): string => pushed(framing, ...pieces).join('');

describe.each(SHAPES)('a value that is split over two frames of $name', ({ framing, frame, read }) => {
  const texts = [
    ...PRIVATE_VALUES.map(({ value }) => ({ value, text: `Here: ${value}, and that was it.` })),
    ...ANNOUNCED_VALUES,
  ];
  test.each(texts)('is replaced as in one text, wherever it is split: #%#', ({ value, text }) => {
    const expected = redactor.redact(text).text;
    for (let cut = 1; cut < text.length; cut++) {
      const output = all(framing, frame(text.slice(0, cut)), frame(text.slice(cut)));
      // The end of a connection string looks like an address by itself, and is replaced as one.
      if (!text.includes('://')) expect(read(output), `cut at ${cut}`).toBe(expected);
      expect(output).not.toContain(value);
    }
  });

  test('is replaced when every frame has one unit of it', () => {
    for (const { text } of texts) {
      const output = all(framing, ...Array.from(text, (unit) => frame(unit)));
      expect(read(output)).toBe(redactor.redact(text).text);
    }
  });
});

describe('frames', () => {
  const chat = (content: string, index = 0): string =>
    `data: {"choices":[{"index":${index},"delta":{"content":${JSON.stringify(content)}}}]}\n\n`;

  test('in which nothing is found leave byte by byte', () => {
    const sse = [
      '\uFEFF: hello\r\n\r\n',
      'event:  odd \rid: 1\rretry: 10\rdata:{ "a" : "\\u0061\\/" , "n": 1e400, "a":12345678901234567890 }\r\r',
      'data\n\n\n\n',
      'data:\tx\ndata\ndata:  y\n:c\ndata: z\r\n\n',
      'data: [DONE]\n\n',
      'nonsense\n\ndata: ["unfinished',
    ].join('');
    expect(all('sse', sse)).toBe(sse);
    const ndjson = '{ "a":"\\u0061" , "b":1.0 }\r\n\n  \n\u001e{"c":"d"}\nno json\n{"unfinished';
    expect(all('ndjson', ndjson)).toBe(ndjson);
  });

  test('keep all but the value where something is found', () => {
    expect(all('sse', `id: 7\r\nevent: a\r\ndata:{ "k" : "x ${email}", "big":12345678901234567890}\r\n\r\n`)).toBe(
      'id: 7\r\nevent: a\r\ndata:{ "k" : "x [EMAIL_ADDRESS_1]", "big":12345678901234567890}\r\n\r\n',
    );
  });

  test('leave at once when nothing in them is pending, and in their order', () => {
    const [first, second, third, fourth, rest] = pushed(
      'sse',
      chat('Hi. '),
      chat(card.slice(0, 10)),
      ': ping\n\n',
      chat(card.slice(10)),
      chat('. '),
    );
    expect(first).toBe(chat('Hi. '));
    expect([second, third, fourth]).toEqual(['', '', '']);
    expect(rest).toBe(`${chat('[CREDIT_CARD_1]')}: ping\n\n${chat('')}${chat('. ')}`);
  });

  test('that end in pieces are the same frames', () => {
    const text = `event: a\r\ndata: {"t":"${email} "}\r\n\r\ndata: {"t":"${card} "}\r\rdata: x\n\n`;
    const whole = all('sse', text);
    for (let cut = 1; cut < text.length; cut++) expect(all('sse', text.slice(0, cut), text.slice(cut))).toBe(whole);
    expect(all('sse', ...text)).toBe(whole);
    expect(whole).not.toContain(email);
  });

  test('of JSON have every text redacted, cards among numbers, and JSON within strings', () => {
    const inner = JSON.stringify({ [email]: [digits, Number(digits)], deep: JSON.stringify({ mail: email }) });
    const output = all('ndjson', `${JSON.stringify({ inner, n: Number(digits), list: [{ mail: email }] })}\n`);
    const [value] = parseNdjson(output) as { inner: string; n: string; list: object[] }[];
    expect(value).toMatchObject({ n: '[CREDIT_CARD_1]', list: [{ mail: '[EMAIL_ADDRESS_1]' }] });
    const { deep, ...within } = JSON.parse(value?.inner ?? '') as { deep: string };
    expect(within).toEqual({ '[EMAIL_ADDRESS_1]': ['[CREDIT_CARD_1]', '[CREDIT_CARD_1]'] });
    expect(JSON.parse(deep)).toEqual({ mail: '[EMAIL_ADDRESS_1]' });
  });

  test('hide no value behind a second member of the same name, an escape or __proto__', () => {
    const escaped = email.replace('@', '\\u0040');
    expect(all('ndjson', `{"a":"${email}","a":" x","__proto__":{"b":"${email}"},"c":"${escaped}"}\n`)).toBe(
      '{"a":"[EMAIL_ADDRESS_1]","a":" x","__proto__":{"b":"[EMAIL_ADDRESS_1]"},"c":"[EMAIL_ADDRESS_1]"}\n',
    );
  });

  test('with data in several lines are redacted, and stay several lines', () => {
    expect(all('sse', `data: {"a":\ndata: "${email}",\ndata: "b":1}\n\n`)).toBe(
      'data: {"a":\ndata: "[EMAIL_ADDRESS_1]",\ndata: "b":1}\n\n',
    );
    expect(all('sse', `data:a ${email}\n: c\ndata:b\ndata: ${other}\n\n`)).toBe(
      ': c\ndata:a [EMAIL_ADDRESS_1]\ndata:b\ndata:[EMAIL_ADDRESS_2]\n\n',
    );
  });

  test.each(['\n', '\r', '\r\n'])('have lines that end with %j, in whatever pieces they come', (end) => {
    const event = (value: string): string =>
      ['event: a', 'data: {"a":', `data: ${value},`, 'data: "b":1}', '', ''].join(end);
    const stream = event('"x. "') + event(digits) + event('"y. "');
    const expected = event('"x. "') + event('"[CREDIT_CARD_1]"') + event('"y. "');
    for (let cut = 1; cut < stream.length; cut++)
      expect(all('sse', stream.slice(0, cut), stream.slice(cut)), `cut at ${cut}`).toBe(expected);
    expect(all('sse', ...stream)).toBe(expected);
    expect(pushed('sse', event('"x. "'))[0]).toBe(event('"x. "'));
  });

  test('have comments and fields redacted, too', () => {
    expect(all('sse', `: ${email}\nid: ${email}\nevent: ${email}\nfoo: ${email}\n\n`)).toBe(
      ': [EMAIL_ADDRESS_1]\nid: [EMAIL_ADDRESS_1]\nevent: [EMAIL_ADDRESS_1]\nfoo: [EMAIL_ADDRESS_1]\n\n',
    );
  });

  test('are redacted although the stream breaks off within one', () => {
    expect(all('sse', `data: {"t":"${email}`)).toBe('data: {"t":"[EMAIL_ADDRESS_1]');
    expect(all('ndjson', `{"t":"${email}"}`)).toBe('{"t":"[EMAIL_ADDRESS_1]"}');
  });

  test('that are redacted already pass unchanged', () => {
    const output = all('sse', chat(`Mail ${email} or `), chat(card.slice(0, 7)), chat(card.slice(7)));
    expect(all('sse', output)).toBe(output);
  });

  test('share the numbers of their session, and tell what was found', () => {
    const session = redactor.session();
    session.redact(other);
    const frames = createFramedRedactor(session, 'sse');
    expect(frames.push(chat(`${email} `)) + frames.push(chat(`${other} `))).toBe(
      chat('[EMAIL_ADDRESS_2] ') + chat('[EMAIL_ADDRESS_1] '),
    );
    expect(frames.findings.map(({ entity, start, end }) => [entity, end - start])).toEqual([
      ['EMAIL_ADDRESS', email.length],
      ['EMAIL_ADDRESS', other.length],
    ]);
  });
});

describe('a piece of text that looks like JSON', () => {
  const phone = ['212-555', '-0123'].join('');
  const secret = ['hunter2', '-xK9!pq'].join('');

  test.each(SHAPES)('parts what stands around it, in $name', ({ framing, frame, read }) => {
    for (const json of ['[1]', '{}', '""', '4111'])
      expect(
        read(
          all(framing, ...['the ', 'the', json, phone.slice(0, 2), phone.slice(2), ' x'].map((piece) => frame(piece))),
        ),
      ).toBe(json === '4111' ? `the the4111${phone} x` : `the the${json}[PHONE_NUMBER_1] x`);
  });

  test.each(SHAPES)('is read with what announces it, in $name', ({ framing, frame, read }) => {
    for (const [before, json, after] of [
      ['my ', `{"password":"${secret}"}`, '{"password":"[SECRET_1]"}'],
      ['password: ', `"${secret}"`, '"[SECRET_1]"'],
    ] as const)
      expect(read(all(framing, ...['x ', before, json, ' x'].map((piece) => frame(piece))))).toBe(
        `x ${before}${after} x`,
      );
  });
});

test('JSON goes out with the private key that it is within', () => {
  const lines = [
    ['x -----BEGIN PRIVATE', ' KEY-----\nMIIE\n'].join(''),
    '["MIIEvQIBADANBgkqhkiG9w0BAQ"]',
    ['-----END PRIVATE', ' KEY----- y'].join(''),
  ];
  for (const { framing, frame, read } of SHAPES)
    expect(read(all(framing, ...lines.map((line) => frame(line))))).toBe('x [SECRET_1] y');
});

describe('JSON that comes in pieces', () => {
  const escaped = `{"mail":"${email.replace('@', '\\u0040')}","n":"${other.replace('b', '\\u0062')}"}`;
  const clean = '{"mail":"[EMAIL_ADDRESS_1]","n":"[EMAIL_ADDRESS_2]"}';

  test.each(SHAPES)('is read with its escapes, wherever it is split, in $name', ({ framing, frame, read }) => {
    for (let cut = 1; cut < escaped.length; cut++)
      expect(read(all(framing, frame(escaped.slice(0, cut)), frame(escaped.slice(cut)))), `cut at ${cut}`).toBe(clean);
    expect(read(all(framing, ...Array.from(escaped, (unit) => frame(unit))))).toBe(clean);
    expect(read(all(framing, frame('so '), frame(`${escaped} `), frame('x')))).toBe(`so ${clean} x`);
  });

  test.each(SHAPES)('may be in a string of JSON, in $name', ({ framing, frame, read }) => {
    const text = JSON.stringify({ input: escaped });
    for (let cut = 1; cut < text.length; cut++)
      expect(read(all(framing, frame(text.slice(0, cut)), frame(text.slice(cut))))).toBe(
        JSON.stringify({ input: clean }),
      );
  });

  test('counts its values once, and keeps what only looks like an escape', () => {
    const frames = createFramedRedactor(redactor, 'ndjson');
    const rows = (...texts: readonly string[]): string => texts.map((text) => `${JSON.stringify({ text })}\n`).join('');
    const out = frames.push(rows('C:\\', 'users\\u00', 'zz \\u0041 \\', escaped, ' x')) + frames.end();
    expect(out).toBe(rows('C:\\', 'users\\u00', 'zz \\u0041 \\', clean, ' x'));
    expect(frames.findings).toHaveLength(2);
  });
});

test('indices that stand deep make no long lane', () => {
  const deep = (text: string): string => {
    const levels = Array.from(
      { length: 60 },
      (_, level) => `{"index":"${`${level}`.padEnd(120, 'x')}","${'k'.repeat(8)}":`,
    );
    return `${levels.join('')}${JSON.stringify(Array.from({ length: 100 }, () => text))}${'}'.repeat(60)}\n`;
  };
  const texts = jsonTexts(deep('a'), '') ?? expect.unreachable();
  expect(Math.max(...texts.map((text) => laneOf(text).length))).toBeLessThan(1024);
});

test('a number that is a card stays JSON where it is all of the data, and is text where it is a piece', () => {
  expect(all('ndjson', `${digits}\n`)).toBe('"[CREDIT_CARD_1]"\n');
  expect(all('sse', `data: ${digits}\n\ndata: .\n\n`)).toBe('data: "[CREDIT_CARD_1]"\n\ndata: .\n\n');
  expect(all('sse', `data: ${digits.slice(0, 4)}\n\ndata: ${digits.slice(4)}\n\n`)).toBe(
    'data: [CREDIT_CARD_1]\n\ndata: \n\n',
  );
});

describe('records, one a frame,', () => {
  const rows = (...values: readonly unknown[]): string =>
    values.map((value) => `${JSON.stringify({ value })}\n`).join('');

  test('hide no value by what stands before or after it', () => {
    expect(all('ndjson', rows('a1', digits, digits, ' ', email, other, '- x, ', email))).toBe(
      rows(
        'a1',
        '[CREDIT_CARD_1]',
        '[CREDIT_CARD_1]',
        ' ',
        '[EMAIL_ADDRESS_1]',
        '[EMAIL_ADDRESS_2]',
        '- x, ',
        '[EMAIL_ADDRESS_1]',
      ),
    );
  });

  test('of one token each keep them apart', () => {
    const token = (last: string): string => ['ghp', '_', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR123', last].join('');
    expect(all('ndjson', rows(token('1'), token('2'), ' ', token('1')))).toBe(
      rows('[SECRET_1]', '[SECRET_2]', ' ', '[SECRET_1]'),
    );
  });
});

describe('texts that come in turns', () => {
  const { frame, read } = SHAPES[0] ?? expect.unreachable();

  test('are told apart by their index', () => {
    const output = all(
      'sse',
      frame('Nr. ', 0),
      frame('Well, 12', 1),
      frame(card.slice(0, 9), 0),
      frame(' pears 7', 1),
      frame(card.slice(9), 0),
      frame('.', 1),
    );
    expect(read(output, 0)).toBe('Nr. [CREDIT_CARD_1]');
    expect(read(output, 1)).toBe('Well, 12 pears 7.');
  });

  test('do not go on from each other once they have come in turns', () => {
    const texts = ['Hi. ', 'Hi. ', `Mail ${email}`, 'plete', '. ', '. '];
    const output = all('sse', ...texts.map((piece, index) => frame(piece, index % 2)));
    expect(read(output, 0)).toBe('Hi. Mail [EMAIL_ADDRESS_1]. ');
    expect(read(output, 1)).toBe('Hi. plete. ');
  });

  test('are one text where the index only counts', () => {
    const output = all('sse', ...Array.from(`Mail ${email}, please`, (unit, index) => frame(unit, index)));
    expect(
      parseSse(output)
        .map(({ data }) => JSON.parse(data).choices[0].delta.content)
        .join(''),
    ).toBe('Mail [EMAIL_ADDRESS_1], please');
  });

  test('may be a list in one frame', () => {
    const output = all('ndjson', `{"parts":[{"text":"${card.slice(0, 9)}"},{"text":"${card.slice(9)}"}]}\n`);
    expect(parseNdjson(output)).toEqual([{ parts: [{ text: '[CREDIT_CARD_1]' }, { text: '' }] }]);
  });
});

describe('a text that does not go on', () => {
  const once = (name: string, value: string): string => `${JSON.stringify({ [name]: value })}\n`;
  const others = (count: number): string[] => Array.from({ length: count }, (_, index) => once(`k${index}`, 'Well. '));

  test('holds the stream up for four frames, and for sixteen once it has gone on', () => {
    expect(pushed('ndjson', once('name2', 'get'), ...others(9)).findIndex((output) => output !== '')).toBe(5);
    expect(
      pushed('ndjson', once('a', 'get'), once('a', 'get'), ...others(30)).findIndex((output) => output !== ''),
    ).toBe(18);
  });

  test.each([
    ['comments', 'sse', ': ping\n\n', (text: string) => `data: ${text}\n\n`],
    ['metadata', 'ndjson', '{"type":"ping","index":0,"text":""}\n', (text: string) => `${JSON.stringify({ text })}\n`],
  ] as const)('does not end by %s', (_, framing, ping, frame) => {
    const pings = ping.repeat(20);
    expect(all(framing, frame('Mail ada@'), pings, frame('example.com '))).toBe(
      frame('Mail [EMAIL_ADDRESS_1]') + pings + frame(' '),
    );
  });

  test('is redacted as if it ended there', () => {
    const output = all('ndjson', once('a', card.slice(0, 9)), once('a', card.slice(9)), ...others(30), once('a', '1'));
    expect(output.slice(0, 40)).toContain('[CREDIT_CARD_1]');
    expect(output).not.toContain(card.slice(9));
  });

  test('shows no more than its begin when it goes on after all', () => {
    const output = all('ndjson', once('a', card.slice(0, 9)), ...others(30), once('a', `${card.slice(9)} x`));
    expect(output).not.toContain(card.slice(9));
    expect(output).toContain('{"a":"[CREDIT_CARD_1] x"}');
  });

  test('does not hold up what names a frame', () => {
    const frames = `${JSON.stringify({ id: 'a', type: 'b', toolUseId: 'c', stop_reason: 'd', contentBlockIndex: 'e', name: 'f' })}\n`;
    expect(pushed('ndjson', frames)[0]).toBe(frames);
  });
});

describe('held back', () => {
  const { frame } = SHAPES[3] ?? expect.unreachable();

  test('are frames with no more than the longest match, at every step', () => {
    for (const unit of ['a', '1', 'a@', '-', 'password=', '://a:', '+1']) {
      const frames = createFramedRedactor(createRedactor({ entities: 'all' }), 'sse');
      let waiting = 0;
      for (let step = 0; step < 800; step++) {
        const piece = unit[step % unit.length] ?? '';
        waiting += 1 - parseSse(frames.push(frame(piece))).length;
        expect(waiting).toBeLessThanOrEqual(MAX_MATCH);
      }
    }
  });

  test('is nothing of a private key or token once it has begun', () => {
    const key = [...['-----BEGIN PRIVATE', ' KEY-----\nMIIE'].join('')].map((unit) => frame(unit));
    const frames = createFramedRedactor(redactor, 'sse');
    const start = key.map((each) => frames.push(each)).join('');
    expect(parseSse(start)).toHaveLength(key.length);
    for (let step = 0; step < 500; step++) expect(frames.push(frame('aB3d\n'))).toBe(frame(''));
    expect(frames.end()).toBe('');
  });

  test.each([
    ['sse', 'data: get\n\n', ':\n\n'],
    ['ndjson', '{"a":"get"}\n', '\n'],
  ] as const)('are no more than some thousand frames of %s in which nothing is', (framing, first, empty) => {
    const frames = createFramedRedactor(redactor, framing);
    expect(frames.push(first)).toBe('');
    expect(frames.push(empty.repeat(5000))).not.toBe('');
  });

  test('are no more units than a mebi, however large the frames', () => {
    const frames = createFramedRedactor(redactor, 'ndjson');
    const big = 'x. '.repeat(100_000);
    let held = 0;
    for (let step = 0; step < 6; step++) {
      const next = `${JSON.stringify({ pad: [big], [`once${step % 2}`]: 'a' })}\n`;
      held += next.length - frames.push(next).length;
      expect(held).toBeLessThanOrEqual(1_048_576);
    }
  });

  test.each(['sse', 'ndjson'] as const)('is no frame of %s that is larger than a mebi unit', (framing) => {
    const frames = createFramedRedactor(redactor, framing);
    const before = '{"a":"b."}\n\n';
    let error: unknown;
    try {
      frames.push(`${before}data: ${'a'.repeat(1_048_576)}`);
    } catch (thrown) {
      error = thrown;
    }
    expect(isBulwarkError(error) && [error.code, error.reason]).toEqual(['output_blocked', 'too-large']);
    expect(frames.end()).toBe(before);
  });
});
