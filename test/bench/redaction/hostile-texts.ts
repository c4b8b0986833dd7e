/** Texts that are made to take long: each repeats what costs a reader most. */

const pair = (...parts: readonly string[]): string => parts.join('');

/** What is repeated, by the name that is printed. */
const UNITS: Readonly<Record<string, string>> = {
  eyJ: pair('ey', 'J'),
  'a@': 'a@',
  AKIA: pair('AK', 'IA'),
  digits: '1234567890',
  dots: '.',
  dashes: '-',
  '1 1 1': '1 ',
  fences: '```\n',
  brackets: '[](',
  'a-': 'a-',
  'password=': 'password=',
  '://a:': '://a:',
  '+1': '+1',
  '(2': '(2',
  'a.a@a.': 'a.a@a.',
  'IBAN-like': 'GB82 ',
  spaces: ' ',
  letters: 'a',
};

/** All of them. @param units Length of each, in UTF-16 units. */
export const hostileTexts = (units: number): readonly (readonly [name: string, text: string])[] =>
  Object.entries(UNITS).map(([name, unit]) => [name, unit.repeat(Math.ceil(units / unit.length)).slice(0, units)]);
