import { describe, expect, test } from 'vitest';
import { sentenceBorder } from '../../../../core/text/sentence-border.ts';

/** The text up to its border. */
const upToBorder = (text: string, from = 0, to = text.length): string => text.slice(0, sentenceBorder(text, from, to));

describe('a border', () => {
  test.each([
    ['of a paragraph goes before that of a sentence', 'One. Two.\n\nThree. Fo', 'One. Two.\n\n'],
    ['of a sentence goes before that of a word', 'One two. Three fo', 'One two. '],
    ['stands after closing quotes', 'He said "no." Then we', 'He said "no." '],
    ['stands after a line', 'a list\n- of things', 'a list\n'],
    ['needs no space in scripts that have none', '梨です。林檎で', '梨です。'],
    ['is that of a word where no sentence ends', 'one two thr', 'one two '],
    ['is the last place where there is no other', 'onetwothree', 'onetwothree'],
  ])('%s', (_, text, expected) => {
    expect(upToBorder(text)).toBe(expected);
  });

  test('is looked for after the first place, and not beyond the last', () => {
    const text = 'One. Two three. Four.';
    expect(upToBorder(text, 5, 12)).toBe('One. Two ');
    expect(upToBorder(text, 9, 12)).toBe('One. Two thr');
  });

  test('parts no character', () => {
    expect(upToBorder('pear😀😀', 1, 5)).toBe('pear');
    expect(upToBorder('pear😀😀', 4, 5).length).toBe(5);
  });

  test('depends on what stands before it alone', () => {
    const text = 'One two. Three four. Five six';
    for (let to = 9; to < text.length; to += 1)
      expect(sentenceBorder(text.slice(0, to), 4, to)).toBe(sentenceBorder(text, 4, to));
  });
});
