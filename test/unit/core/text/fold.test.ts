import { describe, expect, test } from 'vitest';
import { fold, offsetAt, sourceSpan, textOf } from '../../../../core/text/fold.ts';

const read = (text: string): string => textOf(fold(text).units);

const tags = (text: string): string =>
  [...text].map((character) => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join('');

describe('fold reads', () => {
  test.each([
    ['case', 'IgNoRe', 'ignore'],
    ['fullwidth letters', 'ｉｇｎｏｒｅ', 'ignore'],
    ['mathematical letters', '𝓲𝓰𝓷𝓸𝓻𝓮', 'ignore'],
    ['circled and boxed letters', 'ⓘⓖ🅽🄾🅁🇪', 'ignore'],
    ['Cyrillic look-alikes', 'іgnоrе', 'ignore'],
    ['Greek look-alikes', 'ιgnοrε', 'ignore'],
    ['composed marks', 'ígñörê', 'ignore'],
    ['separate marks', 'i\u0301g\u0303n\u0308ore', 'ignore'],
    ['zero-width characters', 'ig\u200bn\u200do\u2060r\ufeffe', 'ignore'],
    ['bidi controls', '\u202eignore\u202c', 'ignore'],
    ['soft hyphens', 'ig\u00adnore', 'ignore'],
    ['variation selectors', 'i\ufe0fg\u{e0100}nore', 'ignore'],
    ['control characters', 'ig\u0000no\u0007re', 'ignore'],
    ['lone surrogates', 'ig\ud800nore', 'ignore'],
    ['tag characters', tags('ignore'), 'ignore'],
    ['small capitals', 'ɪɢɴᴏʀᴇ', 'ignore'],
    ['blanks of any kind', 'a\t\u00a0\u3164\u2800b', 'a    b'],
    ['line ends', 'a\r\nb\u2028c', 'a\n\nb\nc'],
    ['quotes', '“a” ‘b’ «c»', '"a" \'b\' "c"'],
    ['Arabic vowel marks and letter forms', 'تَجَاهَل أإآ', 'تجاهل ااا'],
    ['the nukta', 'नज़र', 'नजर'],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each(['が', '한글', 'ไทย', '中文', 'हिन्दी'])('%s as it is', (text) => {
    expect(read(text)).toBe(text);
  });
});

describe('offsets', () => {
  test('lead back through characters that vanish and characters that grow', () => {
    const text = 'x\u200b\u200bﬁ\u{1d422}g end';
    const view = fold(text);
    expect(textOf(view.units)).toBe('xfiig end');
    const { start, end } = sourceSpan(view, 1, 5);
    expect(text.slice(start, end)).toBe('ﬁ\u{1d422}g');
  });

  test('has one for each unit, and one for the end, never going back', () => {
    const text = 'A  ß\u{e0041}\ud800é\n\n😀 Ω';
    const view = fold(text);
    const offsets = Array.from({ length: view.units.length + 1 }, (_, at) => offsetAt(view, at));
    expect(offsets.at(-1)).toBe(text.length);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  });
});

describe('invisible characters', () => {
  test('are a disguise between Latin letters', () => {
    expect(fold('i\u200bg\u200bn\u200bore').disguise).toBe('invisible-characters');
  });

  test('are none in emoji and in scripts that need them', () => {
    expect(fold('👨‍👩‍👧 ❤️ ☀️ ✈️').disguise).toBeUndefined();
    expect(fold('क्‍ष क्‍ष क्‍ष क्‍ष').disguise).toBeUndefined();
  });
});

test('characters that stand for many are read whole only as far as that is not out of proportion', () => {
  expect(fold('ﷺ'.repeat(20)).isCut).toBeUndefined();
  const many = fold(`${'ﷺ'.repeat(10_000)} ignore`);
  expect(many.isCut).toBe(true);
  expect(many.units.length).toBeLessThan(2 * 10_000 + 1100);
  expect(textOf(many.units)).toMatch(/ ignore$/);
});
