/** `npm run eval -- redaction`: what is counted is what redactors find, and nothing of a row is printed. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRedactor, type Finding } from '../../../../core/redaction/index.ts';
import { evaluate } from '../../../../tools/eval/index.ts';
import { countFalsePositives } from '../../../../tools/eval/redaction/false-positives.ts';
import { readRow } from '../../../../tools/eval/redaction/row.ts';
import { createRowCounts } from '../../../../tools/eval/redaction/row-counts.ts';
import { redactionFiles } from '../../../../tools/eval/redaction/row-sources.ts';
import { f1Of } from '../../../../tools/eval/redaction/span-counts.ts';
import { isCovered, unitOffsets } from '../../../../tools/eval/redaction/spans.ts';
import { createSplitCheck, expectedText } from '../../../../tools/eval/redaction/splits.ts';
import { structuredOf } from '../../../../tools/eval/redaction/structured.ts';
import { measureThroughput } from '../../../../tools/eval/redaction/throughput.ts';
import { PRIVATE_VALUES } from '../../../support/private-values.ts';

const MAIL = ['ada', 'example.com'].join('@');
const TOKEN = PRIVATE_VALUES.find(({ value }) => value.startsWith('ghp'))?.value ?? '';
const CARD = ['4111 1111', '1111 1111'].join(' ');

// Redactors of all entities are made anew for each command.
vi.setConfig({ testTimeout: 20_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-eval-redaction-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const fileOf = (rows: readonly (object | string)[], ending = 'jsonl'): string => {
  files += 1;
  const file = path.join(folder, `rows-${files}.${ending}`);
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  writeFileSync(file, ending.endsWith('gz') ? gzipSync(text) : text);
  return file;
};

const run = async (...args: readonly string[]) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const json = path.join(folder, `result-${files}.json`);
  const code = await evaluate(
    ['redaction', ...args, ...(args.includes('--help') ? [] : ['--json', json])],
    { print: (text) => void printed.push(text), error: (text) => void errors.push(text), columns: undefined },
    { now: () => Date.parse('2026-11-30T10:00:00Z'), clock: () => performance.now(), progress: undefined },
  );
  const made = existsSync(json) ? JSON.parse(readFileSync(json, 'utf8')) : undefined;
  return { code, out: printed.join(''), err: errors.join(''), made };
};

const rowsOnly = (...args: readonly string[]) => run(...args, '--only', 'rows');

const at = (text: string, value: string): [number, number] => {
  const start = [...text.slice(0, text.indexOf(value))].length;
  return [start, start + [...value].length];
};
const vector = (entity: string, text: string, value?: string, more: object = {}) => ({
  entity,
  text,
  spans: value === undefined ? [] : [at(text, value)],
  ...more,
});

describe('rows', () => {
  test('are told by their fields', () => {
    const kindOf = (row: object): unknown => {
      const read = readRow(JSON.stringify(row));
      return typeof read === 'string' ? read : read.kind;
    };
    expect(kindOf(vector('US_SSN', 'nothing'))).toBe('vector');
    expect(kindOf({ rule: 'npm', text: 'a b', spans: [[0, 1]] })).toBe('vector');
    expect(kindOf({ text: 'a b', spans: [{ start: 0, end: 1, entity: 'URL' }] })).toBe('labelled');
    expect(kindOf({ text: 'nothing in it', spans: [] })).toBe('labelled');
    expect(kindOf({ entity: 'PL_PESEL', number: '1', expected: null })).toBe('number');
    expect(kindOf({ rule: 'npm', text: 'a', flag: false, spans: null })).toBe('flag');
    expect(kindOf({ text: 'a' })).toBe('no such spans');
    expect(kindOf({ text: 'a', spans: [[0, 2]] })).toBe('no such spans');
    expect(kindOf({ text: 'a', spans: [[1, 1]] })).toBe('no such spans');
    expect(kindOf({ spans: [] })).toBe('no text');
    expect(kindOf({ number: 4 })).toBe('no known shape');
    expect(readRow('[]')).toBe('no JSON object');
    expect(readRow(undefined)).toBe('too long');
  });

  test('count code points, and findings count units', () => {
    const row = readRow(JSON.stringify(vector('EMAIL_ADDRESS', `𝒜𝒷 é ${MAIL} 🎉`, MAIL)));
    expect(row).toMatchObject({ spans: [{ start: 7, end: 7 + MAIL.length }] });
    expect([0, 1, 2, 3].map(unitOffsets('𝒜b'))).toEqual([0, 2, 3, 3]);
  });
});

describe('counts', () => {
  test('of a secret are by rule, of what else is found by entity', async () => {
    const text = `token ${TOKEN} for ${MAIL}`;
    const { code, made } = await rowsOnly(
      fileOf([
        vector('SECRET', text, TOKEN, { rule: 'some-rule' }),
        vector('SECRET', MAIL, undefined, { rule: 'some-rule' }),
        vector('SECRET', text, undefined, { rule: 'other-rule' }),
        vector('EMAIL_ADDRESS', text, MAIL),
        vector('EMAIL_ADDRESS', `write to ${MAIL}`, undefined),
        vector('NO_SUCH_ENTITY', text, MAIL),
      ]),
    );
    expect(code).toBe(0);
    const [{ set, secrets, vectors }] = made.sets;
    expect(set).toBe('default');
    expect(secrets.rules).toMatchObject({
      'some-rule': { spans: 1, exact: 1, findings: 1, right: 1, negatives: 1, flagged: 0 },
      'other-rule': { spans: 0, negatives: 1, flagged: 1 },
    });
    expect(secrets.recall).toMatchObject({ byName: 1 });
    expect(vectors.entities).toMatchObject({
      EMAIL_ADDRESS: { spans: 1, covered: 1, negatives: 1, flagged: 1 },
      NO_SUCH_ENTITY: { spans: 1, covered: 0, touched: 0, hidden: 1, findings: 0 },
    });
    expect(vectors.recall).toMatchObject({ byName: 0.5, hidden: 1 });
  });

  test('tell a value that is found in part from one that is found wholly', () => {
    const text = 'call 555-0100 ext 22';
    const finding = (start: number, end: number, entity = 'PHONE_NUMBER'): Finding => ({
      entity,
      start,
      end,
      score: 1,
    });
    const outcomeOf = (...findings: readonly Finding[]) => {
      const counts = createRowCounts();
      const row = readRow(JSON.stringify(vector('PHONE_NUMBER', text, '555-0100 ext 22')));
      if (typeof row === 'string') throw new Error(row);
      return [...counts.add(row, findings).map(([, mistake]) => mistake), counts.summary().vectors[0]?.exact];
    };
    expect(outcomeOf()).toEqual(['missed', 0]);
    expect(outcomeOf(finding(5, 13))).toEqual(['in part', 0]);
    expect(outcomeOf(finding(4, 20))).toEqual([0]);
    expect(outcomeOf(finding(5, 20))).toEqual([1]);
    expect(outcomeOf(finding(5, 13), finding(14, 20, 'US_SSN'))).toEqual(['other name', 0]);
    expect(isCovered(text, { start: 5, end: 20 }, [finding(5, 8), finding(9, 20)])).toBe(true);
  });

  test('of texts with all values labelled make up F1, and names are what counts', async () => {
    const text = `${MAIL} and ${CARD} of Ada`;
    const labelled = (...spans: readonly (readonly [string, string])[]) => ({
      text,
      spans: spans.map(([entity, value]) => ({ start: at(text, value)[0], end: at(text, value)[1], entity })),
    });
    const { made } = await rowsOnly(
      fileOf([labelled(['EMAIL_ADDRESS', MAIL], ['PERSON', 'Ada'])]),
      '--entities',
      'EMAIL_ADDRESS,CREDIT_CARD',
    );
    const [{ set, labelled: found }] = made.sets;
    expect(set).toBe('EMAIL_ADDRESS,CREDIT_CARD');
    // One value, found, and a card that nobody labelled.
    expect(found.f1).toMatchObject({ covered: 2 / 3, exact: 2 / 3, total: { spans: 1, findings: 2, right: 1 } });
    expect(found.entities.PERSON).toMatchObject({ spans: 1, hidden: 0 });
    expect(f1Of(1, 2, 1, 4)).toBeCloseTo(1 / 3);
    expect(f1Of(0, 0, 0, 0)).toBeUndefined();
    expect(structuredOf([]).exact).toBeUndefined();
  });

  test('of numbers and of flags leave out what says neither', async () => {
    const { made } = await rowsOnly(
      fileOf(
        [
          { entity: 'CREDIT_CARD', number: CARD, expected: true },
          { entity: 'CREDIT_CARD', number: CARD.replace(/1$/, '2'), expected: false },
          { entity: 'CREDIT_CARD', number: CARD, expected: null },
          { rule: 'a', text: TOKEN, flag: true, spans: null },
          { rule: 'a', text: TOKEN, flag: false, spans: null },
        ],
        'jsonl.gz',
      ),
    );
    const [{ numbers, flags }] = made.sets;
    expect(numbers).toEqual({ CREDIT_CARD: { positives: 1, found: 1, negatives: 1, flagged: 0 } });
    expect(flags).toEqual({ a: { positives: 1, found: 1, negatives: 1, flagged: 1 } });
  });
});

describe('the oracle', () => {
  const redactor = createRedactor();
  const labels = (text: string, value: string) => [
    { start: text.indexOf(value), end: text.indexOf(value) + value.length },
  ];

  test('agrees with redaction of a text with values twice, spelled apart', () => {
    const text = `${CARD}, ${CARD.replaceAll(' ', '-')}; ${MAIL} ${MAIL.toUpperCase()} b.${MAIL}`;
    const { text: redacted, findings } = redactor.redact(text);
    expect(expectedText(text, findings)).toBe(redacted);
    expect(redacted).toBe('[CREDIT_CARD_1], [CREDIT_CARD_1]; [EMAIL_ADDRESS_1] [EMAIL_ADDRESS_1] [EMAIL_ADDRESS_2]');
  });

  test('finds no difference where there is none, and tries every split', () => {
    const check = createSplitCheck([{ name: 'default', redactor }]);
    const text = `to ${MAIL} now`;
    expect(check.check(text, labels(text, MAIL))).toBe(true);
    // One way for each place within the text, the seven random ones, and the whole.
    expect(check.summary()).toMatchObject({ texts: 1, asLabelled: 1, streams: text.length - 1 + 8, differences: 0 });
  });

  test('notices a stream that leaks over a split, one that loses a finding, and one that changes twice', () => {
    const leaky = {
      ...redactor,
      stream: () => {
        const findings: Finding[] = [];
        const push = (chunk = ''): string => redactor.redact(chunk).text;
        return { push, end: push, findings, decided: 0, swallowing: false };
      },
    };
    const check = createSplitCheck([{ name: 'leaky', redactor: leaky }]);
    const text = `to ${MAIL} now`;
    expect(check.check(text, undefined)).toBe(false);
    const { differences, leaks } = check.summary();
    expect(leaks).toBeGreaterThan(5);
    expect(differences).toBeGreaterThanOrEqual(leaks);
    const growing = { ...redactor, redact: (each: string) => ({ text: `${each}.`, findings: [] }) };
    const twice = createSplitCheck([{ name: 'growing', redactor: growing }]);
    twice.check('nothing', undefined);
    expect(twice.summary().changedTwice).toBe(1);
  });

  test('makes the command fail', async () => {
    const rows = fileOf([vector('EMAIL_ADDRESS', `to ${MAIL} now`, MAIL)]);
    const { code, made, out } = await rowsOnly(rows, '--splits');
    expect(code).toBe(0);
    expect(made.splits).toMatchObject({
      sets: ['default', 'all'],
      texts: 2,
      differences: 0,
      leaks: 0,
      changedTwice: 0,
    });
    expect(out).toContain('differences 0, leaks 0');
  });
});

describe('harmless texts', () => {
  test('count false positives by kind and detector, and real addresses apart', () => {
    const text = `one\n${TOKEN}\n${MAIL}\ngit${'@'}github.com\n`;
    const finding = (each: string, entity: string, value: string, more: object): readonly Finding[] =>
      each.includes(value)
        ? [{ entity, ...more, start: each.indexOf(value), end: each.indexOf(value) + value.length, score: 1 }]
        : [];
    const detect = (each: string): readonly Finding[] => [
      ...finding(each, 'SECRET', TOKEN, { rule: 'github-pat' }),
      ...finding(each, 'EMAIL_ADDRESS', MAIL, {}),
      ...finding(each, 'EMAIL_ADDRESS', `git${'@'}github.com`, {}),
    ];
    const found = countFalsePositives({ name: 'default', redactor: { detect } }, [
      { kind: 'prose', name: 'a.md', text },
      { kind: 'prose', name: 'b.md', text: 'nothing' },
    ]);
    expect(found.kinds).toMatchObject([
      {
        kind: 'prose',
        files: 2,
        bytes: text.length + 7,
        falsePositives: 2,
        addresses: 1,
        detectors: [
          ['EMAIL_ADDRESS', 1],
          ['SECRET github-pat', 1],
        ],
      },
    ]);
    expect(found.places).toMatchObject([
      { file: 'a.md', line: 2, detector: 'SECRET github-pat' },
      { file: 'a.md', line: 4, detector: 'EMAIL_ADDRESS' },
    ]);
    expect(found.kinds[0]?.perMegabyte).toBeCloseTo(2e6 / (text.length + 7));
  });

  test('tell speed as bytes by time, and as times a plain scan', () => {
    let time = 0;
    const clock = (): number => {
      time += 2;
      return time;
    };
    const redactor = { redact: (text: string) => ({ text, findings: [] }) };
    const { megabytesPerSecond, timesPlainScan } = measureThroughput(
      { name: 'x', redactor },
      'prose',
      'é'.repeat(500),
      clock,
    );
    // 1,000 bytes in 2 ms.
    expect(megabytesPerSecond).toBeCloseTo(0.5);
    expect(timesPlainScan).toBe(1);
  });
});

describe('text of rows', () => {
  const VALUE = TOKEN.slice(0, 12);

  test('is nowhere, also where it is asked what is wrong', async () => {
    const text = `token ${TOKEN} for ${MAIL}`;
    const rows = fileOf([
      vector('SECRET', text, undefined, { rule: `${TOKEN} in a name!` }),
      vector(`${TOKEN}!`, text, MAIL),
      `{"text": "${TOKEN}"`,
      { text: TOKEN, spans: [[0, 9999]] },
    ]);
    const { code, out, err, made } = await rowsOnly(rows, '--show');
    expect(code).toBe(0);
    for (const each of [out, err, JSON.stringify(made)]) expect(each).not.toContain(VALUE);
    expect(out).toMatch(/rows-\d+\.jsonl:1 +\(other\) +flagged/);
    expect(out).toMatch(/2 lines are no rows: 3 \(no JSON object\), 4 \(no such spans\)/);
  });
});

describe('the command line', () => {
  test.each([
    [['--entities', 'NOBODY_KNOWS_IT'], 'names one that no detector finds'],
    [['--min-score', '1.5'], '--min-score'],
    [['--limit', '0'], '--limit'],
    [['--only', 'rows,all'], '--only'],
    [['--only', 'speed', '--splits'], '--splits needs rows'],
    [['--colour'], '--colour'],
    [['no-such-file.jsonl'], 'ENOENT'],
  ])('refuses %j', async (args, why) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(err).toContain('--help');
  });

  test('has a help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('--write-benign');
  });

  test('ends with 1 when no line is a row', async () => {
    expect((await rowsOnly(fileOf(['{}']))).code).toBe(1);
  });

  test('reads at most so many rows of a file, and takes a least score', async () => {
    const rows = fileOf([vector('EMAIL_ADDRESS', MAIL, MAIL), vector('EMAIL_ADDRESS', MAIL, MAIL)]);
    const { made } = await rowsOnly(rows, '--limit', '1', '--min-score', '0.9');
    expect(made.files).toMatchObject([{ rows: 1 }]);
    expect(made.sets.map(({ set }: { set: string }) => set)).toEqual(['default, score ≥ 0.9', 'all, score ≥ 0.9']);
  });

  test('takes the corpora beside the checkout without a file, and none where there are none', () => {
    expect(redactionFiles([], path.join(folder, 'nowhere'))).toEqual([]);
    fileOf([vector('EMAIL_ADDRESS', MAIL, MAIL)]);
    expect(redactionFiles([], folder)).toContain(path.join(folder, `rows-${files}.jsonl`));
  });
});
