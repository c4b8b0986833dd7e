import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../core/redaction/index.ts';
import { createWindowRelease } from '../../../../core/redaction/window-release.ts';
import { createWindows, HELD, MIN_WINDOW, SEEN, type TextWindow } from '../../../../core/redaction/windows.ts';
import { timeOf } from '../../../support/time-of.ts';

const NAME = /Ada Lovelace(?:-King){0,12}|Grace Hopper/g;
const SENTENCES = 'The pear tree stands in the garden. It has borne fruit for years; nobody knows why. ';

/** A judge that knows two names, and only what is whole in front of it. */
const judge = ({ text }: TextWindow): Finding[] =>
  [...text.matchAll(NAME)].map(({ 0: match, index }) => ({
    entity: 'PERSON',
    start: index,
    end: index + match.length,
    score: 1,
  }));

const placeholder = (entity: string, value: string): string => `[${entity} ${value.length}]`;

/** The windows of a text that comes in pieces; `|` among them stands for time that passes. */
const windowsOf = (pieces: readonly string[], units = MIN_WINDOW): TextWindow[] => {
  const windows = createWindows(units);
  const all = pieces.flatMap((piece) => {
    if (piece !== '|') return windows.push(piece);
    return windows.due() ?? [];
  });
  const last = windows.end();
  return last === undefined ? all : [...all, last];
};

const released = (all: readonly TextWindow[], judged = judge): string => {
  const release = createWindowRelease(placeholder);
  return all.map((window) => release(window, window.isKnown ? [] : judged(window)).text).join('');
};

const inPieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];

describe('the windows of a text', () => {
  const text = SENTENCES.repeat(40);

  test('cover it, and are passed on in order, each up to where the next goes on', () => {
    const windows = windowsOf([text]);
    expect(windows.length).toBeGreaterThan(5);
    expect(released(windows)).toBe(text);
    for (const [index, { start, text: read, release }] of windows.entries()) {
      expect(text.slice(start, start + read.length)).toBe(read);
      const before = windows[index - 1]?.release ?? 0;
      expect(start).toBe(Math.max(0, before - SEEN));
      expect(release).toBeGreaterThan(before);
      expect(start + read.length - before).toBeLessThanOrEqual(MIN_WINDOW);
    }
  });

  test('hold what may be the beginning of a name', () => {
    const windows = windowsOf([text]);
    for (const { start, text: read, release } of windows.slice(0, -1))
      expect(start + read.length - release).toBeGreaterThanOrEqual(HELD);
    expect(windows.at(-1)?.release).toBe(text.length);
  });

  test('are the same however it was cut into pieces', () => {
    const whole = windowsOf([text]);
    for (const size of [1, 3, 7, 64, 399, 400, 401, 1000]) expect(windowsOf(inPieces(text, size))).toEqual(whole);
  });

  test('end with sentences where one ends near by', () => {
    for (const { text: read } of windowsOf([text]).slice(0, -1)) expect(read).toMatch(/[.;] $/);
  });

  test('are cut by time where there is something to pass on, and not again for what was read', () => {
    const windows = createWindows(MIN_WINDOW);
    windows.push('x '.repeat(HELD / 2));
    expect(windows.due()).toBeUndefined();
    windows.push('A pear is a fruit.');
    expect(windows.waiting).toBe(true);
    expect(windows.due()?.release).toBeGreaterThan(0);
    expect(windows.waiting).toBe(false);
    expect(windows.due()).toBeUndefined();
    expect(windows.end()).toMatchObject({ isKnown: true, release: HELD + 18 });
    expect(windows.end()).toBeUndefined();
  });

  test('of an empty text are none', () => {
    expect(windowsOf([])).toEqual([]);
    expect(windowsOf([''])).toEqual([]);
  });

  test('part no character', () => {
    const faces = '😀'.repeat(2000);
    for (const cut of [faces, `x${faces}`])
      expect(windowsOf(inPieces(cut, 5)).every(({ text: read }) => read.isWellFormed())).toBe(true);
  });

  test.each(['a', ' ', '\n', 'Ada ', '😀', '. '])('of a megabyte of %j take time that grows with it', (unit) => {
    const time = (length: number, enough?: number) =>
      timeOf(() => windowsOf([unit.repeat(length / unit.length)], 600), enough);
    time(100_000);
    const limit = 30 * Math.max(time(100_000), 1);
    expect(time(1_000_000, limit)).toBeLessThan(limit);
  });
});

describe('docs/deep-tier.md', () => {
  const page = readFileSync(new URL('../../../../docs/deep-tier.md', import.meta.url), 'utf8');
  const units = (length: number): number => Math.ceil(length / 1000);
  /** Units of the windows of so much prose, which time cuts every `every` characters. */
  const streamed = (length: number, every = Number.POSITIVE_INFINITY): number => {
    const pieces = inPieces(SENTENCES.repeat(100).slice(0, length), 5);
    const timed = pieces.flatMap((piece, index) => (((index + 1) * 5) % every === 0 ? [piece, '|'] : [piece]));
    return windowsOf(timed, 600)
      .filter(({ isKnown }) => !isKnown)
      .reduce((sum, { text }) => sum + units(text.length), 0);
  };
  const usd = (count: number): string => ((count * 0.1 * 1000) / 1000).toFixed(2);

  test.each([400, 2000, 8000])('says what a reply of %i characters costs', (length) => {
    const counted = [units(length), streamed(length), streamed(length, 200)];
    expect(page).toContain(`| ${[length, ...counted, counted.map(usd).join(' / ')].join(' | ')} |`);
  });
});

describe('a name', () => {
  const filler = SENTENCES.repeat(12);
  const names = ['Ada Lovelace', 'Grace Hopper', `Ada Lovelace${'-King'.repeat(12)}`];

  test.each(names)('is never passed on in part, wherever windows end: %s', (name) => {
    for (let at = 300; at < 700; at += 1) {
      const text = `${filler.slice(0, at)} ${name} ${filler.slice(at)}`;
      expect(released(windowsOf([text])), `at ${at}`).toBe(text.replace(name, placeholder('PERSON', name)));
    }
  });

  test('is never passed on in part, wherever time cuts the text', () => {
    const text = `${filler.slice(0, 250)} Ada Lovelace ${filler.slice(0, 100)}`;
    const clean = text.replace('Ada Lovelace', placeholder('PERSON', 'Ada Lovelace'));
    for (let at = 1; at < text.length; at += 1)
      expect(released(windowsOf([text.slice(0, at), '|', text.slice(at)]))).toBe(clean);
    expect(released(windowsOf([...text].flatMap((unit) => [unit, '|'])))).toBe(clean);
  });

  test('that is found too late is replaced from where the text was not passed on', () => {
    const text = filler.slice(0, 900);
    const [first, ...others] = windowsOf([text]);
    const end = first?.release ?? 0;
    const late = ({ start, text: read }: TextWindow): Finding[] =>
      start + read.length < end + HELD + 50 || start > end
        ? []
        : [{ entity: 'PERSON', start: end - 10 - start, end: end + 10 - start, score: 1 }];
    const all = [first as TextWindow, ...others];
    const out = released(all, (window) => (window === first ? [] : late(window)));
    expect(out).toBe(`${text.slice(0, end)}[PERSON 10]${text.slice(end + 10)}`);
  });

  test('that one judge saw and the next did not is replaced all the same', () => {
    const text = `${filler.slice(0, 350)} Ada Lovelace ${filler}`;
    let seen = false;
    const forgetful = (window: TextWindow): Finding[] => {
      const found = seen ? [] : judge(window);
      seen ||= found.length > 0;
      return found;
    };
    expect(released(windowsOf([text]), forgetful)).not.toContain('Lovelace');
  });
});
