import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEntryScanner, MAX_ENTRY } from '../../../cli/logs/log-entries.ts';
import { main } from '../../../cli/main.ts';
import { harmlessText } from '../../../cli/output.ts';
import { renderJson } from '../../../cli/report/json-report.ts';
import { createReportMaker, type EntryFilter } from '../../../cli/report/make-report.ts';
import { renderReport } from '../../../cli/report/render.ts';

const digest = (name: string): string => `v1.${name.padEnd(43, '0')}`;
const ESC = '\u001b';

/** A line of the audit log, as Powertools prints it. */
const line = (fields: object = {}): string =>
  JSON.stringify({
    level: 'INFO',
    message: 'audit',
    timestamp: '2026-11-24T10:00:00.000Z',
    service: 'orchard',
    audit: 3,
    mode: 'monitor',
    requestId: '00000000-0000-4000-8000-000000000001',
    identity: 'user',
    principals: { user: digest('ada') },
    outcome: 'ok',
    decisions: [],
    redactions: {},
    ...fields,
  });

const rejected = (score: number, more: object = {}): string =>
  line({
    refused: 'prompt_rejected',
    decisions: [
      {
        control: 'injection-screen',
        verdict: 'deny',
        code: 'prompt_rejected',
        reason: 'user',
        rules: [
          { rule: 'score', score },
          { rule: 'override-all', score: 0.5 },
          { rule: 'override-all', score: 0.7 },
        ],
      },
    ],
    ...more,
  });

const ALL: EntryFilter = { mode: 'all', since: undefined, until: undefined };

const reportOf = async (content: string | Uint8Array | readonly Uint8Array[], filter: Partial<EntryFilter> = {}) => {
  const maker = createReportMaker({ ...ALL, ...filter });
  const pieces = Array.isArray(content) ? content : [Buffer.from(content as string)];
  await maker.read(Readable.from(pieces, { objectMode: true }) as never);
  return maker.result();
};

const textOf = async (content: string, columns = 120): Promise<string> => {
  const { report, read } = await reportOf(content);
  return renderReport(report, read, columns);
};

describe('counts', () => {
  test('refusals by code, control, reason and rule, with callers and scores', async () => {
    const log = [rejected(0.9), rejected(0.8, { principals: { user: digest('eve') } }), rejected(1), line()].join('\n');
    const { report, read } = await reportOf(log);
    expect(read).toEqual({ counted: 4, leftOut: 0, other: 0, unreadable: 0 });
    expect(report.monitor).toMatchObject({
      requests: 4,
      refused: 3,
      all: { callers: 2, atLeast: false },
      affected: { callers: 2 },
    });
    expect(report.monitor.refusals).toMatchObject([
      {
        key: ['prompt_rejected', 'injection-screen', 'user'],
        requests: 3,
        callers: 2,
        score: { highest: 1, median: 0.9 },
        rules: [{ key: ['override-all'], requests: 3, callers: 2, score: { highest: 0.7, median: 0.7 } }],
        examples: Array(3).fill('00000000-0000-4000-8000-000000000001'),
      },
    ]);
    expect(report.monitor.callers).toEqual([
      { caller: digest('ada'), requests: 3, refused: 2 },
      { caller: digest('eve'), requests: 1, refused: 1 },
    ]);
  });

  test('what was flagged, once a request', async () => {
    const flag = {
      control: 'injection-screen',
      verdict: 'flag',
      reason: 'data',
      rules: [{ rule: 'score', score: 0.6 }],
    };
    const { report } = await reportOf(line({ decisions: [flag, flag] }));
    expect(report.monitor.flagged).toMatchObject([{ key: ['injection-screen', 'data'], requests: 1 }]);
    expect(report.monitor.refused).toBe(0);
  });

  test('values that would have been redacted, by entity and rule', async () => {
    const redactions = { EMAIL_ADDRESS: { count: 2, score: 1 }, 'SECRET:github-token': { count: 1, score: 0.9 } };
    const { report } = await reportOf([line({ redactions }), line({ redactions })].join('\n'));
    expect(report.monitor.redacted).toBe(2);
    expect(report.monitor.redactions).toMatchObject([
      { key: ['EMAIL_ADDRESS', ''], requests: 2, values: 4, score: { highest: 1 } },
      { key: ['SECRET', 'github-token'], requests: 2, values: 2, score: { highest: 0.9 } },
    ]);
  });

  test('denials by budget', async () => {
    const code = 'quota_exceeded';
    const decisions = [{ control: 'token-quota', verdict: 'deny', code, reason: 'day-tokens' }];
    const { report } = await reportOf(line({ refused: code, decisions }));
    expect(report.monitor.budgets).toMatchObject([{ key: ['day-tokens', code], requests: 1, callers: 1 }]);
  });

  test('the two modes apart, and records from before version 3 by their outcome', async () => {
    const old = { audit: 2, mode: undefined };
    const log = [
      line({ ...old, outcome: 'prompt_rejected', decisions: [{ control: 'injection-screen', verdict: 'deny' }] }),
      line({ ...old, outcome: 'upstream_throttled' }),
      line({ ...old, outcome: 'ok' }),
      rejected(1, { audit: 2 }),
    ].join('\n');
    const { report } = await reportOf(log);
    expect([report.enforce.requests, report.enforce.refused]).toEqual([3, 1]);
    expect(report.enforce.refusals[0]?.key).toEqual(['prompt_rejected', 'injection-screen', '']);
    expect([report.monitor.requests, report.monitor.refused]).toEqual([1, 1]);
    expect((await reportOf(log, { mode: 'monitor' })).read).toMatchObject({ counted: 1, leftOut: 3 });
  });

  test('a period, its end not included', async () => {
    const at = (hour: number) => line({ timestamp: `2026-11-24T${hour}:00:00.000Z` });
    const filter = { since: Date.parse('2026-11-24T11:00Z'), until: Date.parse('2026-11-24T13:00Z') };
    const log = [at(10), at(11), at(12), at(13), line({ timestamp: 'then' })].join('\n');
    expect((await reportOf(log, filter)).read).toMatchObject({ counted: 2, leftOut: 3 });
  });
});

describe('reads', () => {
  const log = [rejected(1), line(), 'START RequestId: x', '{"message":"other"}'];
  const messages = log.map((message, index) => ({ logStreamName: `s${index}`, timestamp: index, message }));
  const csv = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const subscription = (logEvents: readonly object[]) => JSON.stringify({ messageType: 'DATA_MESSAGE', logEvents });
  const parsed = log.map((text) => ({ '@message': text.startsWith('{') ? JSON.parse(text) : text }));
  const prefixed = (prefix: string): string => log.map((text) => `${prefix}${text}`).join('\n');
  const FORMS: readonly (readonly [string, string | Uint8Array])[] = [
    ['lines', log.join('\n')],
    ['lines that end as on Windows', log.join('\r\n')],
    ['aws logs tail', prefixed('2026-11-24T10:00:00.000000+00:00 2026/11/24/[$LATEST]0123456789abcdef ')],
    ['Lambda’s own text format', prefixed('2026-11-24T10:00:00.000Z\t00000000-0000-4000-8000-000000000001\tINFO\t')],
    ['Lambda’s own JSON format', log.map((message) => JSON.stringify({ level: 'INFO', message })).join('\n')],
    ['filter-log-events, indented', JSON.stringify({ events: messages, searchedLogStreams: [] }, undefined, 4)],
    ['filter-log-events, in one line', JSON.stringify({ events: messages })],
    [
      'get-query-results',
      JSON.stringify({ results: log.map((value) => [{ field: '@message', value }]), statistics: {} }, undefined, 2),
    ],
    ['a console export', JSON.stringify(parsed)],
    ['subscriptions one after the other', subscription(messages.slice(0, 1)) + subscription(messages.slice(1))],
    ['a CSV export', ['@timestamp,@message', ...log.map((text) => `2026-11-24,${csv(text)}`)].join('\n')],
    ['gzip', gzipSync(log.join('\n'))],
    ['gzip in two members', Buffer.concat([gzipSync(`${log[0]}\n`), gzipSync(log.slice(1).join('\n'))])],
    ['UTF-16', Buffer.from(`\ufeff${log.join('\n')}`, 'utf16le')],
  ];

  test.each(FORMS)('%s', async (_, content) => {
    const { report, read } = await reportOf(content);
    expect(read).toMatchObject({ counted: 2, unreadable: 0 });
    expect([report.monitor.requests, report.monitor.refused]).toEqual([2, 1]);
  });

  test.each(FORMS)('%s, byte by byte', async (_, content) => {
    const pieces = [...Buffer.from(content as string)].map((byte) => Uint8Array.of(byte));
    expect((await reportOf(pieces)).read).toMatchObject({ counted: 2, unreadable: 0 });
  });

  test('documents whose records lie across many pieces', async () => {
    const many = Array.from({ length: 500 }, () => ({ '@message': JSON.parse(rejected(1)) }));
    const bytes = Buffer.from(JSON.stringify(many));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 997) }, (_, index) =>
      bytes.subarray(index * 997, (index + 1) * 997),
    );
    expect((await reportOf(pieces)).read.counted).toBe(500);
  });

  test('and says what it could not', async () => {
    const truncated = gzipSync(Array(2000).fill(rejected(1)).join('\n')).subarray(0, 300);
    expect((await reportOf(truncated)).read.unreadable).toBeGreaterThan(0);
    const { read } = await reportOf([line().slice(0, -3), 'REPORT RequestId: x', '', line()].join('\n'));
    expect(read).toEqual({ counted: 1, leftOut: 0, other: 1, unreadable: 1 });
  });

  test('past lines and strings that are too long, in bounded memory', async () => {
    const long = 'x'.repeat(MAX_ENTRY + 10);
    expect((await reportOf(`${long}\n${line()}`)).read).toMatchObject({ counted: 1, unreadable: 1 });
    const events = [{ message: long }, { message: line() }];
    expect((await reportOf(JSON.stringify({ events }))).read).toMatchObject({ counted: 1, unreadable: 1 });
  });

  test('in linear time, whatever comes', () => {
    for (const text of [
      '{'.repeat(500_000),
      '{"audit"'.repeat(60_000),
      '"'.repeat(500_000),
      '{"events":'.repeat(50_000),
    ]) {
      const startedAt = performance.now();
      const scanner = createEntryScanner();
      for (let at = 0; at < text.length; at += 4096) scanner.push(text.slice(at, at + 4096));
      scanner.end();
      expect(performance.now() - startedAt).toBeLessThan(5000);
    }
  });
});

describe('shows', () => {
  test('a table that fits, and what to do next', async () => {
    const log = [rejected(0.9), line({ redactions: { EMAIL_ADDRESS: { count: 2, score: 1 } } })].join('\n');
    const text = await textOf(log);
    expect(text).toContain('Monitor mode: 2 requests, 1 (50.0%) would have been refused, 1 would have been redacted');
    expect(text).toMatch(/prompt_rejected {2}injection-screen {2}user +1 {2}50\.0% +1 +0\.90 +0\.90/);
    expect(text).toMatch(/· override-all +1 {2}50\.0% +1 +0\.70/);
    expect(text).toContain('v1.ada0000000\n'.slice(0, 13));
    expect(text).not.toContain(digest('ada'));
    expect(text).toContain("set mode: 'enforce'");
  });

  test.each([60, 80, 100, 120, 200])('tables that fit %i columns', async (columns) => {
    const name = 'extraction-of-a-very-long-name-that-nobody-would-give-to-any-rule';
    const rules = [
      { rule: 'score', score: 1 },
      { rule: name.slice(0, 60), score: 1 },
    ];
    const decisions = [
      { control: 'large-request-confirmation', verdict: 'deny', code: 'confirmation_required', rules },
    ];
    const text = await textOf(line({ refused: 'confirmation_required', decisions }), columns);
    const table =
      text
        .split('What next')[0]
        ?.split('\n')
        .filter((row) => row.startsWith('  ')) ?? [];
    expect(Math.max(...table.map((row) => row.length))).toBeLessThanOrEqual(columns);
    expect(table.length).toBeGreaterThan(3);
  });

  test('that nothing would have been refused', async () => {
    expect(await textOf(line())).toContain(
      "Nothing would have been refused. When this is a usual week, set mode: 'enforce'.",
    );
  });

  test('that callers cannot be told apart without keys', async () => {
    expect(await textOf(line({ principals: {} }))).toContain('Set policy.keys');
  });

  test('nothing of a log that is not of the kit’s own shape', async () => {
    const evil = `${ESC}[2J${ESC}]0;owned\u0007 ada@example.com`;
    const rules = [
      { rule: evil, score: 7 },
      { rule: 'score', score: Number.MAX_VALUE },
    ];
    const hostile = line({
      service: evil,
      refused: 'prompt_rejected',
      requestId: evil,
      principals: { user: evil, [evil]: evil },
      decisions: [{ control: evil, verdict: 'deny', code: 'prompt_rejected', reason: evil, rules }],
      redactions: { [evil]: { count: 1e300, score: -1 }, EMAIL_ADDRESS: evil },
    });
    const { report, read } = await reportOf(hostile);
    for (const text of [renderReport(report, read, 120), renderJson(report, read)]) {
      expect(text).not.toContain('ada@');
      expect(text).not.toContain('owned');
      expect(text).not.toContain(ESC);
    }
    expect(report.monitor.refusals[0]?.key).toEqual(['prompt_rejected', '?', '']);
  });

  test('at most so many rows, however many a log holds', async () => {
    const log = Array.from({ length: 3000 }, (_, index) =>
      line({ service: `s${index}`, redactions: { [`E${index}`]: { count: 1, score: 1 } } }),
    );
    const { report } = await reportOf(log.join('\n'));
    expect(report.monitor.redactions.length).toBeLessThanOrEqual(201);
    expect(report.monitor.redactions[0]).toMatchObject({ key: ['(others)'], requests: 2800 });
  });
});

describe('whatever a log holds', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
  const NAMES = [
    'service',
    'refused',
    'mode',
    'identity',
    'principals',
    'decisions',
    'redactions',
    'timestamp',
    'audit',
  ];

  const holds = async (content: string | Uint8Array): Promise<void> => {
    const { report, read } = await reportOf(content);
    expect(harmlessText(renderReport(report, read, 100))).not.toMatch(CONTROL);
    expect(renderReport(report, read, 100)).not.toMatch(CONTROL);
    expect(JSON.parse(renderJson(report, read))).toMatchObject({ report: 1 });
  };

  test('bytes are read without an error', () =>
    fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), holds), { numRuns: 100 }));

  test('gzip of anything, cut anywhere', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.nat(), async (text, at) => {
        const bytes = gzipSync(`${text}\n${line()}`);
        await holds(bytes.subarray(0, at % (bytes.length + 1)));
      }),
      { numRuns: 50 },
    ));

  test('lines are read without an error', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('{"audit":3', '"audit":', '""audit"":1', line())),
        ),
        (pieces) => holds(pieces.join('\n')),
      ),
      { numRuns: 100 },
    ));

  test('records with any values are counted, and show nothing else than they may', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...NAMES), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }))),
        fc.jsonValue(),
        async (fields, decision) => {
          await holds(line({ ...fields, audit: 3 }));
          await holds(line({ decisions: [decision, { control: decision, rules: decision, reason: decision }] }));
        },
      ),
      { numRuns: 200 },
    ));

  test('documents are read without an error', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }))), (events) =>
        holds(JSON.stringify({ events: [...events, line()] })),
      ),
      { numRuns: 100 },
    ));
});

describe('the command line', () => {
  const run = async (...args: readonly string[]) => {
    let out = '';
    let err = '';
    const code = await main(args, {
      print: (text) => {
        out += text;
      },
      error: (text) => {
        err += text;
      },
      columns: undefined,
    });
    return { code, out, err };
  };

  test.each([
    [['--help']],
    [['-h']],
    [['--version']],
    [['report', '--help']],
    [['report', '-h']],
    [['report', '--version']],
  ])('%j prints and ends with 0', async (args) => {
    expect(await run(...args)).toEqual({ code: 0, out: expect.stringMatching(/\S/), err: '' });
  });

  test.each([
    [[]],
    [['reprot']],
    [['__proto__']],
    [['report', '--nope']],
    [['report', '--mode', 'off']],
    [['report', '--since', 'yesterday']],
    [['report', '--until', '2026-13-40']],
    [['report', '/there/is/no/such/file']],
    [['report', '.']],
  ])('%j ends with 2 and says why', async (args) => {
    expect(await run(...args)).toEqual({ code: 2, out: '', err: expect.stringMatching(/bulwark/) });
  });

  test('a log without records ends with 1', async () => {
    expect(await run('report', 'package.json')).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('no audit record'),
    });
  });

  test('times without a zone are UTC', async () => {
    const { parseReportArgs } = await import('../../../cli/report/options.ts');
    for (const [text, time] of [
      ['2026-11-24', '2026-11-24T00:00:00Z'],
      ['2026-11-24T09:30', '2026-11-24T09:30:00Z'],
      ['2026-11-24T09:30:00+01:00', '2026-11-24T08:30:00Z'],
    ] as const)
      expect(parseReportArgs(['--since', text])).toMatchObject({ since: Date.parse(time), files: ['-'] });
  });
});
