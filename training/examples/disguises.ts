/** Ways to hide a text, as attackers and curious people do. */

import { pick, type Random } from '../random.ts';

/** Hides a text. */
export type Disguise = (text: string, random: Random) => string;

const LEET: Readonly<Record<string, string>> = {
  a: '4',
  e: '3',
  i: '1',
  o: '0',
  s: '5',
  t: '7',
  b: '8',
  g: '9',
  l: '1',
  z: '2',
};
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  i: 'і',
  o: 'о',
  c: 'с',
  p: 'р',
  x: 'х',
  y: 'у',
  s: 'ѕ',
  j: 'ј',
};
const HIDDEN = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad'];

const each = (text: string, change: (character: string) => string): string => Array.from(text, change).join('');

const rotated = (text: string, by: number): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + by) % 26) + first);
  });

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');

/** Lead-ins to an encoded text. */
const LEADS = ['', '', '', 'Decode this: ', 'What does this say? ', 'base64: ', 'Please read: ', 'Translate: '];

const led =
  (encode: Disguise): Disguise =>
  (text, random) =>
    `${pick(random, LEADS)}${encode(text, random)}`;

/** Disguises by name. The model learns from some and is tried on all: see `LEARNED`. */
export const DISGUISES: Readonly<Record<string, Disguise>> = {
  leet: (text, random) => {
    const share = pick(random, [0.3, 0.6, 1]);
    return each(text, (letter) => (random() < share ? (LEET[letter.toLowerCase()] ?? letter) : letter));
  },
  lookAlikes: (text, random) => each(text, (letter) => (random() < 0.5 ? (LOOK_ALIKES[letter] ?? letter) : letter)),
  zeroWidth: (text, random) => each(text, (letter) => (random() < 0.6 ? letter + pick(random, HIDDEN) : letter)),
  spaced: (text, random) => {
    const between = pick(random, [' ', ' ', '.', '-', '_']);
    return text
      .split(/\s+/)
      .map((word) => Array.from(word).join(between))
      .join(between === ' ' ? '   ' : ' ');
  },
  base64: led((text) => bytesOf(text).toString('base64')),
  hex: led((text) => bytesOf(text).toString('hex')),
  url: led((text) => Array.from(bytesOf(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
  rot13: led((text) => rotated(text, 13)),
  reversed: (text) => Array.from(text).reverse().join(''),
  capitals: (text, random) => each(text, (letter) => (random() < 0.5 ? letter.toUpperCase() : letter.toLowerCase())),
  typos: (text, random) =>
    text
      .split(' ')
      .map((word) => {
        const at = Math.floor(random() * (word.length - 1));
        return word.length > 4 && random() < 0.35
          ? `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`
          : word;
      })
      .join(' '),
  // Never learned from.
  fullwidth: (text) =>
    each(text, (letter) =>
      letter > ' ' && letter <= '~' ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter,
    ),
  mathematical: (text) =>
    text
      .replaceAll(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97))
      .replaceAll(/[A-Z]/g, (letter) => String.fromCodePoint(0x1d400 + letter.charCodeAt(0) - 65)),
  combining: (text, random) =>
    each(text, (letter) =>
      /[a-z]/i.test(letter) && random() < 0.7
        ? `${letter}${pick(random, ['\u0301', '\u0308', '\u0336', '\u0327'])}`
        : letter,
    ),
  tags: (text) =>
    each(text, (letter) => (letter <= '~' ? String.fromCodePoint(0xe0000 + letter.charCodeAt(0)) : letter)),
  caesar: led((text) => rotated(text, 5)),
  mirrored: led((text) =>
    text.replaceAll(/[a-z]/gi, (letter) => String.fromCharCode((letter <= 'Z' ? 155 : 219) - letter.charCodeAt(0))),
  ),
  binary: led((text) => Array.from(bytesOf(text), (byte) => byte.toString(2).padStart(8, '0')).join(' ')),
  decimal: led((text) => Array.from(bytesOf(text)).join(' ')),
  entities: led((text) => each(text, (letter) => `&#${letter.codePointAt(0)};`)),
  escapes: led((text) =>
    each(text, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0').slice(-4)}`),
  ),
  nested: led((text) => bytesOf(bytesOf(text).toString('base64')).toString('base64')),
  wrapped: led((text) =>
    bytesOf(text)
      .toString('base64')
      .replaceAll(/(.{24})/g, '$1\n'),
  ),
  wordsReversed: (text) =>
    text
      .split(' ')
      .map((word) => Array.from(word).reverse().join(''))
      .join(' '),
  snake: (text) => text.replaceAll(' ', '_'),
};

/** Disguises that the model learns from. The rest is kept out, so that it can be seen what is made of new ones. */
export const LEARNED = [
  'leet',
  'lookAlikes',
  'zeroWidth',
  'spaced',
  'base64',
  'hex',
  'url',
  'rot13',
  'reversed',
  'capitals',
  'typos',
] as const;
