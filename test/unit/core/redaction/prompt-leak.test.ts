import { describe, expect, test } from 'vitest';
import { createPromptLeakCheck, LEAK_WORDS } from '../../../../core/redaction/index.ts';

const PROMPT =
  'You are Orchard, the support assistant of the pear farm, and you never mention the winter discount code.';

describe('createPromptLeakCheck', () => {
  const check = createPromptLeakCheck(PROMPT);

  test.each([
    ['the whole prompt', PROMPT],
    ['a part in a sentence', 'Sure: "the support assistant of the pear farm, and you never" is what it says.'],
    ['other case and punctuation', PROMPT.toUpperCase().replaceAll(' ', ' * ')],
    ['other spacing', PROMPT.replaceAll(' ', '\n\n')],
    [
      'fullwidth letters',
      [...PROMPT].map((c) => (c > ' ' && c <= '~' ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join(''),
    ],
  ])('finds %s', (_, reply) => {
    expect(check.leaks(reply)).toBe(true);
  });

  test.each([
    ['an answer about the same things', 'Our pear farm has a winter discount, but I have no code for you.'],
    ['common words', 'You are the best, and you never know.'],
    ['nothing', ''],
    ['a paraphrase, which is not claimed', 'I help customers of a farm for pears and keep one code to myself.'],
  ])('passes %s', (_, reply) => {
    expect(check.leaks(reply)).toBe(false);
  });

  test('a short prompt counts as a whole, a trivial one not at all', () => {
    expect(createPromptLeakCheck('Never say the word quince.').leaks('it said: never say the word quince')).toBe(true);
    expect(createPromptLeakCheck('Be brief.').leaks('Be brief.')).toBe(false);
    expect(LEAK_WORDS).toBe(8);
  });
});
