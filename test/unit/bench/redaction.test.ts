/** `npm run bench -- redaction`: contenders that hang are ended, and what they took out is told from what they gave back. */

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { durations, growths, speeds } from '../../bench/redaction/cells.ts';
import { createContestant } from '../../bench/redaction/contestant.ts';
import { contenderOf, versions } from '../../bench/redaction/entrants.ts';
import type { Answer, Errand } from '../../bench/redaction/errand.ts';
import { hostileTexts } from '../../bench/redaction/hostile-texts.ts';
import { PEERS } from '../../bench/redaction/peers.ts';
import { measureQuality } from '../../bench/redaction/quality.ts';
import { removedFrom } from '../../bench/redaction/removed.ts';
import { sampleCorpora } from '../../bench/redaction/sample.ts';
import { harmlessText, KINDS } from '../../bench/redaction/texts.ts';

// Processes are started, and the harmless texts made.
vi.setConfig({ testTimeout: 30_000 });

const MAIL = ['ada', 'example.com'].join('@');
const DIFFICULT = fileURLToPath(new URL('./redaction-difficult-process.ts', import.meta.url));

describe('what was taken out', () => {
  const partsOf = (text: string, redacted: string): readonly string[] =>
    removedFrom(text, redacted).map(({ start, end }) => text.slice(start, end));

  test('is nothing of a text that came back as it was', () => {
    expect(removedFrom(MAIL, MAIL)).toEqual([]);
  });

  test('is each value, whatever stands in its place', () => {
    const text = `Mail ${MAIL} or ring 555-0100, please.`;
    for (const [mail, phone] of [
      ['[EMAIL_1]', '[PHONE_1]'],
      ['<Redacted email #0>', '<Redacted phone #1>'],
      ['***', ''],
    ])
      expect(partsOf(text, `Mail ${mail} or ring ${phone}, please.`)).toEqual([MAIL, '555-0100']);
  });

  test('is all of a value of which a part is left, but that part', () => {
    expect(partsOf('card 4111 2222 3333', 'card [X] 3333').map((part) => part.trim())).toEqual(['4111 2222']);
  });

  test('is told within a text of many values of one kind', () => {
    const values = Array.from({ length: 30 }, (_, index) => `${index}.${MAIL}`);
    expect(partsOf(values.join(' and '), values.map(() => '[E]').join(' and '))).toEqual(values);
  });
});

describe('a contender in a process', () => {
  const text = (length: number): Errand => ({ text: 'x'.repeat(length), wantsText: true });

  test('is ended when it takes too long, and when it dies, and answers afterwards', async () => {
    await using contestant = createContestant('difficult', DIFFICULT);
    expect(await contestant.ask(text(3), 10_000)).toEqual({ end: 'done', ms: 1, text: 'xxx' });
    expect(await contestant.ask(text(200), 300)).toEqual({ end: 'cut off' });
    expect(await contestant.ask(text(0), 10_000)).toEqual({ end: 'threw' });
    expect(await contestant.ask(text(4), 10_000)).toMatchObject({ end: 'done', text: 'xxxx' });
  });

  test('redacts whole and in pieces alike', async () => {
    await using contestant = createContestant('bedrock-bulwark');
    const text = `Mail ${MAIL}, please.`;
    const redacted = 'Mail [EMAIL_ADDRESS_1], please.';
    expect(await contestant.ask({ text, wantsText: true }, 10_000)).toMatchObject({ end: 'done', text: redacted });
    expect(await contestant.ask({ text, chunk: 3, wantsText: true }, 10_000)).toMatchObject({ text: redacted });
    expect(await contestant.ask({ text: '.'.repeat(1000) }, 10_000)).toEqual({
      end: 'done',
      ms: expect.any(Number),
    });
  });
});

describe('quality', () => {
  const redactorOf = (redact: (text: string) => string) => ({
    name: 'made up',
    async ask({ text }: Errand): Promise<Answer> {
      return { end: 'done', ms: 1, text: redact(text) };
    },
    async [Symbol.asyncDispose]() {},
  });
  const spanOf = (text: string, value: string) => ({
    start: text.indexOf(value),
    end: text.indexOf(value) + value.length,
  });
  const text = `Ada: ${MAIL}, 1815`;
  const sample = {
    labelled: [
      {
        kind: 'labelled',
        text,
        spans: [
          { ...spanOf(text, MAIL), entity: 'EMAIL_ADDRESS' },
          { ...spanOf(text, 'Ada'), entity: 'PERSON' },
        ],
      },
    ],
    secrets: [
      { kind: 'vector', entity: 'SECRET', rule: 'a', text: 'key abc', spans: [{ start: 4, end: 7 }] },
      { kind: 'vector', entity: 'SECRET', rule: 'b', text: 'key def', spans: [{ start: 4, end: 7 }] },
      { kind: 'vector', entity: 'SECRET', rule: 'b', text: 'key ???', spans: [] },
    ],
  } as const;

  test('counts values, rules and what is none', async () => {
    const found = await measureQuality(
      redactorOf((each) => each.replace(MAIL, '*').replace('1815', '*').replace('abc', '*').replace('???', '*')),
      sample,
      1000,
    );
    expect(found).toEqual({ f1: 2 / 3, recall: 1, precision: 0.5, secrets: 0.5, flagged: 1, failed: 0 });
  });

  test('takes names for neither right nor wrong', async () => {
    const found = await measureQuality(
      redactorOf((each) => each.replace(MAIL, '*').replace('Ada', '*')),
      sample,
      1000,
    );
    expect(found).toMatchObject({ f1: 1, precision: 1, secrets: 0, flagged: 0 });
  });

  test('counts what fails as given back', async () => {
    const failing = { ...redactorOf(String), ask: async (): Promise<Answer> => ({ end: 'cut off' }) };
    expect(await measureQuality(failing, sample, 1000)).toMatchObject({ recall: 0, secrets: 0, flagged: 0, failed: 4 });
  });

  test('needs the shared corpora', async () => {
    expect(await sampleCorpora(1, 1, path.join(import.meta.dirname, 'nowhere'))).toBeUndefined();
  });
});

describe('texts', () => {
  test('are as long as asked, the same each time, and of their kind', () => {
    for (const kind of KINDS) for (const units of [100, 4096]) expect(harmlessText(kind, units)).toHaveLength(units);
    expect(harmlessText('code', 500)).toBe(harmlessText('code', 500));
    expect(harmlessText('json', 100)).toMatch(/^\[\{"/);
    expect(new Set(KINDS.map((kind) => harmlessText(kind, 1000))).size).toBe(KINDS.length);
  });

  test('that are hostile are of one thing', () => {
    for (const [name, text] of hostileTexts(4096)) {
      expect(text, name).toHaveLength(4096);
      expect(new Set(text).size, name).toBeLessThan(12);
    }
  });
});

describe('cells', () => {
  const done = (ms: number): Answer => ({ end: 'done', ms });

  test('stand beside how many times the kit’s they are', () => {
    const answers = [done(2), done(4), { end: 'cut off' }, { end: 'threw' }, { end: 'has no stream' }] as const;
    expect(speeds(answers, 2000, 3000)).toEqual(['1.00', '0.50 (0.50×)', '> 3 s', 'throws', '–']);
    expect(durations(answers, 3000)).toEqual(['2.00', '4.00 (2.00×)', '> 3 s', 'throws', '–']);
    expect(growths([done(8), { end: 'cut off' }], [done(1), done(1)])).toEqual(['8.00', '']);
  });
});

describe('peers', () => {
  test('are pinned in a lock file that names no registry', () => {
    const folder = new URL('../../bench/redaction-peers/', import.meta.url);
    const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', folder), 'utf8'));
    for (const { name } of PEERS) {
      expect(versions()[name], name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`].version).toBe(versions()[name]);
    }
    for (const entry of Object.values(packages)) expect(entry).not.toHaveProperty('resolved');
    expect(existsSync(new URL('.npmrc', folder))).toBe(true);
  });

  test('are called by their packages', () => {
    expect(contenderOf('redactum').name).toBe('redactum');
    expect(() => contenderOf('nobody')).toThrow(RangeError);
  });
});
