import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redactJsonBody } from '../../core/redaction/framed/json-body.ts';
import { createFramedRedactor, createRedactor, MAX_MATCH } from '../../core/redaction/index.ts';
import { parseNdjson, parseSse, SHAPES } from '../support/frames.ts';
import { PRIVATE_VALUES } from '../support/private-values.ts';
import { timeOf } from '../support/time-of.ts';

const redactor = createRedactor();

const cutAt = (text: string, cuts: readonly number[]): string[] => {
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((one, other) => one - other);
  return at.slice(1).map((to, index) => text.slice(at[index], to));
};

const framed = (framing: 'sse' | 'ndjson', pieces: Iterable<string>): string => {
  const frames = createFramedRedactor(redactor, framing);
  let out = '';
  for (const piece of pieces) out += frames.push(piece);
  return out + frames.end();
};

const filler = fc
  .array(fc.constantFrom('pear', 'the', 'Ümlaut', '梨', '👩‍🌾', 'no42', '--', '"', '\\', '{', '[1]', '\ud800'), {
    maxLength: 6,
  })
  .map((words) => ` ${words.join(' ')} `);
const secrets = PRIVATE_VALUES.map(({ value }) => value);
const text = fc
  .array(fc.tuple(filler, fc.constantFrom(...secrets)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([before, secret]) => before + secret).join(''));
const cuts = fc.array(fc.nat(), { maxLength: 8 });

describe.each(SHAPES)('redaction of $name', ({ framing, frame, read }) => {
  test('shows no value, however it is spread over frames', () => {
    fc.assert(
      fc.property(text, cuts, cuts, (whole, between, within) => {
        const stream = cutAt(whole, between)
          .map((piece) => frame(piece))
          .join('');
        const output = framed(framing, cutAt(stream, within));
        const seen = read(output);
        for (const secret of secrets) if (whole.includes(secret)) expect(seen).not.toContain(secret);
        expect(framed(framing, [output])).toBe(output);
      }),
      { numRuns: 80 },
    );
  });

  test('keeps its frames, as many and as they are where nothing is found', () => {
    fc.assert(
      fc.property(fc.array(filler, { maxLength: 8 }), cuts, (texts, within) => {
        const stream = texts.map((piece) => frame(piece)).join('');
        expect(framed(framing, cutAt(stream, within))).toBe(stream);
      }),
      { numRuns: 40 },
    );
  });
});

/** The inside of a JSON string, with the units at some places escaped. */
const escapedAt = (whole: string, at: readonly number[]): string => {
  const chosen = new Set(at.map((place) => place % whole.length));
  return Array.from(whole, (unit, index) =>
    chosen.has(index) ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}` : JSON.stringify(unit).slice(1, -1),
  ).join('');
};

describe('JSON with escapes', () => {
  const places = fc.array(fc.nat(), { maxLength: 30 });
  const depth = fc.integer({ min: 0, max: 2 });
  /** The text in a string, in a string …. */
  const within = (whole: string, at: readonly number[], levels: number): string => {
    let json = `{"a":"${escapedAt(whole, at)}"}`;
    for (let level = 0; level < levels; level++) json = JSON.stringify({ a: json });
    return json;
  };
  /** What any reader makes of it, be it JSON or not. */
  const unescaped = (json: string): string => {
    const text = json.replaceAll(/\\+u([\da-f]{4})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
    return text.replaceAll(/\\+n/g, '\n').replaceAll(/\\+"/g, '"');
  };

  test.each(SHAPES)('shows no value to who puts the pieces of $name together', ({ framing, frame, read }) => {
    fc.assert(
      fc.property(fc.constantFrom(...secrets), places, depth, cuts, (secret, at, levels, between) => {
        const json = within(` ${secret} `, at, levels);
        const pieces = cutAt(json, between).map((piece) => frame(piece));
        expect(unescaped(json)).toContain(secret);
        expect(unescaped(read(framed(framing, pieces)))).not.toContain(secret);
      }),
      { numRuns: 80 },
    );
  });

  test('shows no value in a body, whole or cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...secrets), places, depth, (secret, at, levels) => {
        const json = within(` ${secret} `, at, levels);
        for (const body of [json, json.slice(0, -2 - levels)])
          expect(unescaped(redactJsonBody(body, redactor).text)).not.toContain(secret);
      }),
      { numRuns: 120 },
    );
  });
});

test('a JSON body is redacted as its value is', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...secrets, 'pear', 1, 1.5, null, true, Number(['4111', '111111111111'].join(''))),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', ...secrets), tie('value'), { maxKeys: 3 }),
    ),
  })).value;
  const unnumbered = (text: string): string => text.replaceAll(/_\d+\]/g, ']');
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (json, space) => {
      const { text: clean, findings } = redactJsonBody(JSON.stringify(json, null, space), redactor);
      const expected = redactor.redactJson(json);
      expect(unnumbered(clean)).toBe(unnumbered(JSON.stringify(expected.value, null, space)));
      expect(findings).toHaveLength(expected.findings.length);
    }),
    { numRuns: 120 },
  );
});

/** Anything between nearly a stream and noise. */
const noise = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'data: ',
        'data:',
        'data',
        'event: a',
        'id: 1',
        ':',
        '\n',
        '\r',
        '\r\n',
        '\n\n',
        '\uFEFF',
        ' ',
        '\u001e',
      ),
      fc.constantFrom(
        '{"a":"',
        '","b":',
        '"}',
        '{"index":1,"t":"',
        '[',
        ']',
        '{',
        '}',
        ',',
        '"',
        '\\',
        '\\u0061',
        '__proto__',
      ),
      fc.constantFrom(...secrets.flatMap((secret) => [secret, secret.slice(0, 7), secret.slice(7)])),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe.each(['sse', 'ndjson'] as const)('redaction of any %s', (framing) => {
  test('is the same for every way of splitting it, and twice as once', () => {
    fc.assert(
      fc.property(noise, cuts, (stream, within) => {
        const whole = framed(framing, [stream]);
        expect(framed(framing, cutAt(stream, within))).toBe(whole);
        expect(framed(framing, stream)).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });
});

const json = fc.jsonValue({ maxDepth: 4 });
const record = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom('a', 'id', 'index', 'text', '__proto__'),
      fc.oneof(json, fc.constantFrom<unknown>(...secrets, 4111111111111111)),
    ),
    json,
  )
  .map((value) => JSON.stringify(value));

test('JSON stays JSON with the same keys, whatever it is', () => {
  const keys = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? Object.entries(value).map(([key, inner]) => [key, keys(inner)]) : 0;
  fc.assert(
    fc.property(fc.array(record, { maxLength: 5 }), (records) => {
      const lines = framed('ndjson', [records.map((each) => `${each}\n`).join('')]);
      expect(parseNdjson(lines).map(keys)).toEqual(records.map((each) => keys(JSON.parse(each))));
      const events = parseSse(framed('sse', [records.map((each) => `data: ${each}\n\n`).join('')]));
      expect(events.map(({ data }) => keys(JSON.parse(data)))).toEqual(records.map((each) => keys(JSON.parse(each))));
      const seen = JSON.stringify([lines, events]);
      for (const secret of secrets) expect(seen).not.toContain(JSON.stringify(JSON.stringify(secret)).slice(1, -1));
    }),
    { numRuns: 120 },
  );
});

test('holds back no more text than the longest match, at every step', () => {
  const [shape] = SHAPES;
  if (shape === undefined) expect.unreachable();
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (whole, sizes) => {
      const frames = createFramedRedactor(redactor, 'sse');
      const waiting: number[] = [];
      for (let at = 0, step = 0; at < whole.length; step++) {
        const piece = whole.slice(at, at + (sizes[step % sizes.length] ?? 1));
        at += piece.length;
        waiting.push(piece.length);
        for (const _ of parseSse(frames.push(shape.frame(piece)))) waiting.shift();
        // The frame that the undecided text begins in is held whole.
        expect(waiting.slice(1).reduce((sum, units) => sum + units, 0)).toBeLessThanOrEqual(MAX_MATCH);
      }
    }),
    { numRuns: 40 },
  );
});

/** Streams of about so many units that want much work. */
const HOSTILE: Readonly<
  Record<string, (units: number) => { readonly framing: 'sse' | 'ndjson'; readonly pieces: readonly string[] }>
> = {
  'a line without an end, unit by unit': (units) => ({ framing: 'sse', pieces: [...'data: ', ...'"'.repeat(units)] }),
  'a value without an end, unit by unit': (units) => ({ framing: 'ndjson', pieces: [...'a'.repeat(units)] }),
  'deep lists': (units) => ({ framing: 'ndjson', pieces: [`${'['.repeat(units / 2)}"a"${']'.repeat(units / 2)}\n`] }),
  'deep objects': (units) => ({
    framing: 'ndjson',
    pieces: [`${'{"a":"b","c":'.repeat(units / 14)}1${'}'.repeat(units / 14)}\n`],
  }),
  'a channel a frame': (units) => ({
    framing: 'ndjson',
    pieces: Array.from({ length: units / 14 }, (_, index) => `{"k${index}":"ab"}\n`),
  }),
  'many channels in one frame': (units) => ({
    framing: 'ndjson',
    pieces: [`{"a":1${Array.from({ length: units / 14 }, (_, index) => `,"k${index}":"ab"`).join('')}}\n`],
  }),
  'many texts in one frame': (units) => ({ framing: 'ndjson', pieces: [`["a"${',"a"'.repeat(units / 4)}]\n`] }),
  'many values in one text': (units) => ({
    framing: 'ndjson',
    pieces: ['{"t":"a"}\n', `{"t":"${['a', 'example.com '].join('@').repeat(units / 14)}"}\n`],
  }),
  'many indices': (units) => ({ framing: 'ndjson', pieces: [`{"a":"b"${',"index":1'.repeat(units / 10)}}\n`] }),
  'empty events': (units) => ({ framing: 'sse', pieces: ['\n'.repeat(units)] }),
  'empty lines': (units) => ({ framing: 'ndjson', pieces: [...'\n'.repeat(units)] }),
  'comments behind a frame that waits': (units) => ({
    framing: 'sse',
    pieces: ['data: a\n\n', ...Array.from({ length: units / 3 }, () => ':\n\n')],
  }),
  'pings behind a frame that waits': (units) => ({
    framing: 'ndjson',
    pieces: ['{"a":"get"}\n', ...Array.from({ length: units / 13 }, () => '{"type":"a"}\n')],
  }),
  'indices of deep objects': (units) => ({
    framing: 'ndjson',
    pieces: Array.from({ length: units / 4000 }, () => {
      const levels = `{"index":"${'x'.repeat(40)}","a":`.repeat(60);
      return `${levels}["a"${',"a"'.repeat(100)}]${'}'.repeat(60)}\n`;
    }),
  }),
  backslashes: (units) => ({ framing: 'ndjson', pieces: [`{"t":"${'\\'.repeat(2 * Math.floor(units / 2))}"}\n`] }),
  'backslashes, one a frame': (units) => ({
    framing: 'ndjson',
    pieces: Array.from({ length: units / 11 }, () => '{"t":"\\\\"}\n'),
  }),
  'values with escapes': (units) => ({
    framing: 'ndjson',
    pieces: ['{"t":"a"}\n', `{"t":"${['a', 'example.com '].join('\\\\u0040').repeat(units / 20)}"}\n`],
  }),
  'frames of one unit': (units) => ({ framing: 'sse', pieces: Array.from({ length: units / 9 }, () => 'data: a\n\n') }),
  'data in many lines': (units) => ({ framing: 'sse', pieces: [`${'data: a\n:\n'.repeat(units / 10)}\n`] }),
  'a private key without an end': (units) => ({
    framing: 'ndjson',
    pieces: ['{"t":"-----BEGIN PRIVATE KEY-----"}\n', ...Array.from({ length: units / 10 }, () => '{"t":"-"}\n')],
  }),
};

test.each(Object.entries(HOSTILE))('takes time in proportion to %s', (_, make) => {
  const [small, large] = [make(10_000), make(80_000)];
  const run = ({ framing, pieces }: typeof small, enough?: number) =>
    timeOf(() => void framed(framing, pieces), enough);
  run(small);
  // Eight times the stream: a quadratic redactor would need 64 times as long.
  const limit = 30 * Math.max(2, run(small));
  expect(run(large, limit)).toBeLessThan(limit);
});
