import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../core/redaction/index.ts';
import { merged, outsidePlaceholders, placesOf } from '../../../../core/redaction/spans.ts';
import { timeOf } from '../../../support/time-of.ts';

const person = (match: string) => ({ entity: 'PERSON', match });
const span = (start: number, end: number, entity = 'PERSON'): Finding => ({ entity, start, end, score: 1 });

/** The text with what stands at the places in brackets. */
const marked = (text: string, findings: readonly Finding[] | undefined): string | undefined =>
  findings?.reduceRight(
    (out, { start, end }) => `${out.slice(0, start)}<${out.slice(start, end)}>${out.slice(end)}`,
    text,
  );

const markedIn = (text: string, ...matches: string[]) => marked(text, placesOf(text, matches.map(person)));

describe('the places of a match', () => {
  test.each([
    ['are all of them', 'Ada met Ada.', ['Ada'], '<Ada> met <Ada>.'],
    [
      'are not within longer words',
      'Ann has an Annual, Joann has not. (Ann)',
      ['Ann'],
      '<Ann> has an Annual, Joann has not. (<Ann>)',
    ],
    ['are not within longer numbers', 'At 42 in 1942', ['42'], 'At <42> in 1942'],
    ['are not within words of letters with marks', 'Zoe\u0308 and Zoe', ['Zoe'], 'Zoe\u0308 and <Zoe>'],
    ['are within words where it stands nowhere else', 'Adas Buch', ['Ada'], '<Ada>s Buch'],
    ['are anywhere in scripts without spaces', '田中さんと田中', ['田中'], '<田中>さんと<田中>'],
    ['may be those of signs', 'call +49 (0) 1', ['+49 (0)'], 'call <+49 (0)> 1'],
    ['are those of other matches, too', 'Ada, Bo', ['Bo', 'Ada'], '<Ada>, <Bo>'],
    ['are one where matches overlap', 'Dear Ada Lovelace', ['Ada', 'Ada Lovelace'], 'Dear <Ada Lovelace>'],
    ['are outside the basic plane, too', '𝐀𝐝𝐚 and 𝐀𝐝𝐚𝐦', ['𝐀𝐝𝐚'], '<𝐀𝐝𝐚> and 𝐀𝐝𝐚𝐦'],
  ])('%s', (_, text, matches, expected) => {
    expect(markedIn(text, ...matches)).toBe(expected);
  });

  test.each([['Ada'], [''], ['ada lovelace']])('are unknown for what stands nowhere: %j', (match) => {
    expect(
      placesOf('Grace Hopper, Ada  Lovelace'.replace('Ada', 'A.'), [person('Grace'), person(match)]),
    ).toBeUndefined();
  });

  test('keep entity and rule', () => {
    const secret = { entity: 'SECRET', rule: 'generic-password', match: 'pear' };
    expect(placesOf('a pear', [secret])).toEqual([
      { entity: 'SECRET', rule: 'generic-password', start: 2, end: 6, score: 0.85 },
    ]);
  });

  test('are found in time that grows with the text', () => {
    const time = (length: number, enough?: number) =>
      timeOf(() => placesOf('Ada '.repeat(length / 4), [person('Ada')]), enough);
    time(100_000);
    const limit = 30 * Math.max(time(100_000), 1);
    expect(time(1_000_000, limit)).toBeLessThan(limit);
  });
});

test('findings that overlap are one, of the longest', () => {
  expect(merged([span(5, 9, 'AGE'), span(0, 6), span(9, 12)])).toEqual([span(0, 9), span(9, 12)]);
  expect(merged([span(0, 3, 'AGE'), span(2, 12)])).toEqual([span(0, 12)]);
});

describe('a placeholder', () => {
  const text = 'Mail [EMAIL_ADDRESS_1], Ada [CREDIT_CARD_12] or [EMAIL_ADDRESS:kbdmpcahfghj], not [ADA_LOVELACE_1].';
  const at = (match: string): Finding => {
    const start = text.indexOf(match);
    return span(start, start + match.length);
  };

  test.each(['[EMAIL_ADDRESS_1]', 'EMAIL_ADDRESS', 'kbdmpcahfghj', '12'])('is not replaced again: %s', (match) => {
    expect(outsidePlaceholders(text, [at(match)])).toEqual([]);
  });

  test('goes as a whole with a finding that goes beyond it', () => {
    expect(marked(text, outsidePlaceholders(text, [at('Ada [CREDIT')]))).toContain('<Ada [CREDIT_CARD_12]>');
  });

  test('is none of an entity that is none', () => {
    expect(outsidePlaceholders(text, [at('ADA_LOVELACE')])).toEqual([at('ADA_LOVELACE')]);
  });

  test('is found in time that grows with the text', () => {
    const time = (length: number, enough?: number) =>
      timeOf(() => outsidePlaceholders('[A'.repeat(length / 2), [span(0, 1)]), enough);
    time(100_000);
    const limit = 30 * Math.max(time(100_000), 1);
    expect(time(1_000_000, limit)).toBeLessThan(limit);
  });
});
