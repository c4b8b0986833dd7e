import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { macOf } from '../../../../aws/mac.ts';
import { createPseudonyms, createRestorer, createStandInTable } from '../../../../core/pseudonyms/index.ts';
import { createFramedRedactor, createRedactor, redactJsonBody } from '../../../../core/redaction/index.ts';
import { parseSse, SHAPES } from '../../../support/frames.ts';
import { inChunks, inWords, PLAIN_REPLIES } from '../../../support/hold-back.ts';

const mac = macOf('a key of these tests, of some length');
const redactor = createRedactor();
const ADA = ['ada', '@', 'example.com'].join('');
const CARD = ['4111', '1111', '1111', '1111'].join(' ');
const QUOTED = 'a"b\\c\nd';

const create = () => {
  const table = createStandInTable();
  const pseudonyms = createPseudonyms({ mac, epoch: 1, redactor, table });
  const mail = pseudonyms.standIn('EMAIL_ADDRESS', ADA);
  const card = pseudonyms.standIn('CREDIT_CARD', CARD);
  const quoted = pseudonyms.standIn('SECRET', QUOTED);
  return { table, pseudonyms, restorer: createRestorer(table), mail, card, quoted };
};

const streamed = (pieces: readonly string[]): string => {
  const stream = create().restorer.stream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
};

describe('a stream', () => {
  const { mail, card, restorer } = create();
  const text = `${card}${mail} Mail ${mail}, or ${mail.toLowerCase()}'s (${card.replaceAll('_', '\\_')})\\n${mail}EMAIL_ADDRESS_ E`;
  const expected = `${CARD}${ADA} Mail ${ADA}, or ${ADA}'s (${CARD})\\n${ADA}EMAIL_ADDRESS_ E`;

  test('is the same wherever it is split', () => {
    expect(restorer.redact(text).text).toBe(expected);
    for (let at = 0; at <= text.length; at++) expect(streamed([text.slice(0, at), text.slice(at)])).toBe(expected);
    for (const size of [1, 2, 3, 7, 16]) expect(streamed(inChunks(text, size))).toBe(expected);
  });

  test('is the same as the text in one piece, whatever is in it and however it is split', () => {
    const foreign = mail.replace(/.$/, (last) => (last === 'b' ? 'c' : 'b'));
    const words = [
      mail,
      mail.toUpperCase(),
      card,
      foreign,
      mail.slice(0, -3),
      'EMAIL',
      'email\\',
      '_',
      '\\',
      'n',
      ' ',
      'é',
      '\u{1f350}',
      mail.replaceAll('_', '\\_'),
    ];
    const part = fc.tuple(fc.constantFrom(...words), fc.nat({ max: 30 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const whole = parts.map(([word]) => word).join('');
        const pieces = parts.flatMap(([word, at]) => [word.slice(0, at), word.slice(at)]);
        expect(streamed(pieces)).toBe(restorer.stream().end(whole));
        expect(restorer.redact(whole).text).toBe(restorer.stream().end(whole));
      }),
      {
        numRuns: 500,
        // A backslash on either side of a stand-in is no beginning of an address.
        examples: [
          [
            [
              ['\\', 0],
              [mail, 0],
              ['\\', 0],
              [mail, 0],
            ],
          ],
        ],
      },
    );
  });

  test('holds back at most a stand-in, and of prose no more than a few letters that begin like one', () => {
    const worst = restorer.stream();
    let held = 0;
    let pushed = 0;
    for (const piece of inChunks(`${mail.replaceAll('_', '\\_')} EMAIL_ADDRESS_bcdfghjkm`.repeat(20), 1)) {
      worst.push(piece);
      pushed += piece.length;
      held = Math.max(held, pushed - worst.decided);
    }
    expect(held).toBeLessThan(mail.length + 2);
    for (const reply of Object.values(PLAIN_REPLIES)) {
      const stream = restorer.stream();
      let sum = 0;
      for (const piece of inWords(reply)) {
        const shown = stream.push(piece);
        const mayBegin = /(?:^|[^A-Za-z0-9])[A-Za-z]{1,5}$/.test(piece);
        if (!mayBegin) expect(shown.endsWith(piece)).toBe(true);
        sum += shown.length;
      }
      expect(sum + stream.end().length).toBe(reply.length);
    }
  });

  test('tells where stand-ins stood', () => {
    const stream = restorer.stream();
    for (const piece of inChunks(text, 5)) stream.push(piece);
    stream.end();
    expect(stream.decided).toBe(text.length);
    expect(stream.findings).toEqual(restorer.detect(text));
    expect(stream.findings.map(({ start, end }) => text.slice(start, end).toUpperCase().replaceAll('\\', ''))).toEqual(
      [card, mail, mail, mail, card, mail].map((name) => name.toUpperCase()),
    );
  });
});

describe.each(SHAPES)('$name', ({ framing, frame, read }) => {
  const { mail, card, quoted, table } = create();
  const restorer = createRestorer(table, 'pieces');
  const text = `To ${mail}, ${quoted} and ${card.toLowerCase()}.`;
  const expected = `To ${ADA}, ${QUOTED} and ${CARD}.`;

  test('is restored wherever frames and chunks are split, and stays what it was', () => {
    for (const size of [1, 3, 8, 64, 500]) {
      const output = inChunks(text, size)
        .map((piece) => frame(piece))
        .join('');
      for (const bytes of [1, 40, 10_000]) {
        const frames = createFramedRedactor(restorer, framing);
        const restored =
          inChunks(output, bytes)
            .map((chunk) => frames.push(chunk))
            .join('') + frames.end();
        expect(read(restored)).toBe(expected);
      }
    }
  });

  test.runIf(read(frame('a', 1)) === '')('two texts in turns are each restored', () => {
    const output = inChunks(text, 9)
      .map((piece) => frame(piece, 0) + frame(piece, 1))
      .join('');
    const frames = createFramedRedactor(restorer, framing);
    const restored = frames.push(output) + frames.end();
    expect([0, 1].map((index) => read(restored, index))).toEqual([expected, expected]);
  });

  test('without stand-ins of the request passes as it came', () => {
    const output = inWords(Object.values(PLAIN_REPLIES).join('\n'))
      .map((piece) => frame(piece))
      .join('');
    const frames = createFramedRedactor(restorer, framing);
    expect(frames.push(output) + frames.end()).toBe(output);
  });
});

describe('JSON', () => {
  const { mail, quoted, restorer } = create();

  test('stays JSON, in strings within strings too; its own keys stay as they are', () => {
    const body = JSON.stringify({ [mail]: mail, text: JSON.stringify({ password: quoted, [quoted]: 1 }) });
    const restored = JSON.parse(redactJsonBody(body, restorer).text);
    expect(restored).toEqual({ [mail]: ADA, text: JSON.stringify({ password: QUOTED, [QUOTED]: 1 }) });
    expect(restorer.redactJson(JSON.parse(body)).value).toEqual(restored);
  });

  test('in one event of a stream is restored as JSON', () => {
    const text = JSON.stringify({ password: quoted });
    const frames = createFramedRedactor(restorer, 'sse');
    const restored = frames.push(`data: ${JSON.stringify({ delta: { text } })}\n\n`) + frames.end();
    const [event] = parseSse(restored);
    expect(JSON.parse(JSON.parse(event?.data ?? '').delta.text)).toEqual({ password: QUOTED });
  });
});

describe('JSON in pieces', () => {
  const { mail, quoted, table } = create();
  const text = JSON.stringify({ 'a"\\': [mail, `is ${quoted}`, 1], [mail]: `${quoted}${mail}`, last: '\n"' }, null, 1);
  const expected = { 'a"\\': [ADA, `is ${QUOTED}`, 1], [ADA]: `${QUOTED}${ADA}`, last: '\n"' };

  test.each(SHAPES)(
    'of $name is JSON once it is put together, wherever it is split',
    ({ name, framing, frame, read }) => {
      // Plain text that is JSON as a whole is a frame: its names are those of whoever made the frame.
      for (const size of name === 'plain text' ? [1, 4, 30] : [1, 4, 30, 1000]) {
        const output = inChunks(text, size)
          .map((piece) => frame(piece))
          .join('');
        const frames = createFramedRedactor(createRestorer(table, 'pieces'), framing);
        const restored = frames.push(output) + frames.end();
        expect(JSON.parse(read(restored))).toEqual(expected);
      }
    },
  );

  test('in a stream of text is JSON, and after prose is a text', () => {
    for (const size of [1, 4, 1000]) {
      const stream = createRestorer(table).stream();
      const restore = (said: string): string => inChunks(said, size).map(stream.push).join('') + stream.end();
      expect(JSON.parse(restore(text))).toEqual(expected);
    }
    expect(createRestorer(table).stream().end(`He said "${quoted}"`)).toBe(`He said "${QUOTED}"`);
  });
});

describe('an address of a link', () => {
  const { mail, table } = create();
  test.each([
    '![logo](https://host.example/?q=%)',
    '![logo](<https://host.example/? q=%>)',
    '[a]: HTTP://host.example/%',
    '<img src="//host.example/?a b=%">',
    "<img src='/\\host.example/%'>",
    '<https://%.host.example>',
    'wss://host.example/(%',
  ])('%s keeps its stand-in, wherever it is split', (link) => {
    const text = `${link.replace('%', mail)} ${mail}`;
    const expected = `${link.replace('%', mail)} ${ADA}`;
    for (let at = 0; at <= text.length; at++) expect(streamed([text.slice(0, at), text.slice(at)])).toBe(expected);
    expect(createRestorer(table).redact(text).text).toBe(expected);
    expect(JSON.parse(redactJsonBody(JSON.stringify({ text }), createRestorer(table)).text)).toEqual({
      text: expected,
    });
    for (const { name, framing, frame, read } of SHAPES)
      for (const size of [1, 8, 1000]) {
        const frames = createFramedRedactor(createRestorer(table, 'pieces'), framing);
        const output = inChunks(text, size).map((piece) => frame(piece));
        expect([name, read(frames.push(output.join('')) + frames.end())]).toEqual([name, expected]);
      }
  });

  test.each([
    'mailto:%',
    'postgres://app:%@db.example.com',
    '// %',
    '[%](mailto:%)',
    'see https://host.example/ or %',
    '"https://host.example/" %',
  ])('is none in %s', (text) => {
    expect(streamed([text.replaceAll('%', mail)])).toBe(text.replaceAll('%', ADA));
  });

  test('has its value for tools and for the handler', () => {
    const { pseudonyms } = create();
    const url = `https://host.example/?q=${mail}`;
    expect(pseudonyms.restore(url)).toBe(`https://host.example/?q=${ADA}`);
    expect(pseudonyms.restoreJson({ url })).toEqual({ url: `https://host.example/?q=${ADA}` });
  });
});

describe('time', () => {
  const { mail, restorer } = create();
  test.each([
    'the orchard ',
    'EMAIL_ADDRESS_',
    '\\_',
    '_bcdfghjkmn',
    'E',
    `${mail} `,
    '\\',
    'EMAIL\\_ADDRESS\\_',
    '{"a":',
    'https:',
    '"//',
  ])('grows no faster than a text of %j', (unit) => {
    /** Milliseconds of the processor: other load does not count. */
    const run = (length: number): number => {
      const text = unit.repeat(length / unit.length);
      const chunks = inChunks(text, 16);
      const before = process.cpuUsage();
      restorer.redact(text);
      const stream = restorer.stream();
      for (const chunk of chunks) stream.push(chunk);
      stream.end();
      return process.cpuUsage(before).user / 1000;
    };
    // By turns, so that other load meets both.
    const times = Array.from({ length: 4 }, () => [run(50_000), run(200_000)] as const);
    const [small, large] = [0, 1].map((index) => Math.min(...times.map((each) => each[index] ?? 0)));
    expect(large).toBeLessThan(16 * Math.max(small ?? 0, 1));
  });
});
