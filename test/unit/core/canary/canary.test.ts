import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { macOf } from '../../../../aws/mac.ts';
import { CANARY_HOLD, createCanary } from '../../../../core/canary/index.ts';
import { markerWord } from '../../../../core/markers.ts';
import { CODED } from '../../../support/disguises.ts';

const mac = macOf('a key of these tests, of some length');
const time = { mac, tenant: 'acme', epoch: 20_000 };
const canary = createCanary(time);
const word = markerWord(mac, 'canary', time);
const former = markerWord(mac, 'canary', { ...time, epoch: 19_999 });

const each = (text: string, change: (letter: string) => string, between = ''): string =>
  Array.from(text, change).join(between);
const code = (letter: string): number => letter.codePointAt(0) ?? 0;
const hexOf = (letter: string): string => code(letter).toString(16);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const rot13 = (text: string): string =>
  each(text, (letter) => (/[a-z]/.test(letter) ? String.fromCharCode(((code(letter) - 97 + 13) % 26) + 97) : letter));
const reversed = (text: string): string => [...text].reverse().join('');

/** Ways to say a word. */
const WAYS: Readonly<Record<string, (word: string) => string>> = {
  'as it is': (said) => said,
  'in capitals': (said) => said.toUpperCase(),
  'in a sentence': (said) => `My word is ${said}, and`,
  spaced: (said) => each(said, (letter) => letter, ' '),
  dotted: (said) => each(said, (letter) => letter, '.'),
  'one a line, numbered': (said) => [...said].map((letter, index) => `${index + 1}. ${letter}`).join('\n'),
  'in parts': (said) => `first "${said.slice(0, 5)}", 2: "${said.slice(5)}"`,
  reversed,
  rot13,
  'rot13 and reversed': (said) => reversed(rot13(said)),
  'in full width': (said) => each(said, (letter) => String.fromCodePoint(code(letter) + 0xfee0)),
  'in mathematical letters': (said) => each(said, (letter) => String.fromCodePoint(code(letter) - 97 + 0x1d41a)),
  'in tag characters': (said) => each(said, (letter) => String.fromCodePoint(code(letter) + 0xe0000)),
  'between characters that nobody sees': (said) => each(said, (letter) => `${letter}\u200b`),
  'in base64': base64,
  'in base64 with text before it': (said) => base64(`ab ${said} and more`),
  'in base64 with text before it, moved by one': (said) => base64(`abc ${said} and more`),
  'in base64 of capitals, wrapped': (said) => base64(`x${said.toUpperCase()}`).replaceAll(/.{8}/g, '$&\r\n'),
  'in base64 of the spaced word': (said) => base64(each(said, (letter) => letter, ' ')),
  'in base64 of the reversed word': (said) => base64(reversed(said)),
  'in hexadecimal': (said) => each(said, hexOf),
  'in spaced hexadecimal capitals': (said) => each(said, hexOf, ' ').toUpperCase(),
  'in 0x codes': (said) => each(said, (letter) => `0x${hexOf(letter)}`, ', '),
  'in URL encoding': (said) => each(said, (letter) => `%${hexOf(letter)}`),
  'in HTML entities': (said) => each(said, (letter) => `&#x${hexOf(letter)};`),
  'in decimal HTML entities': (said) => each(said, (letter) => `&#${code(letter)};`),
  'in decimal codes': (said) => each(said, (letter) => String(code(letter)), ' '),
  'in base32': CODED['in base32'] as (said: string) => string,
  'in binary': CODED['in binary'] as (said: string) => string,
  'in URL-safe base64 without padding': (said) => Buffer.from(`>>?? ${said}`).toString('base64url'),
  'in JSON in JSON': (said) => JSON.stringify(JSON.stringify(said.replace(/^.{6}/, '$&\n'))),
  'in unicode escapes': (said) => each(said, (letter) => `\\u00${hexOf(letter)}`),
};

describe('a canary', () => {
  test.each(Object.entries(WAYS))('is found %s, and that of the epoch before', (_, say) => {
    for (const said of [word, former]) {
      expect(canary.check.leaks(say(said))).toBe(true);
      expect(canary.check.leaks(`Certainly! Here you are:\n${say(said)}\nAnything else?`)).toBe(true);
      expect(canary.check.leaks(say(said.replace(/(?<=^.{7})./, 'q')))).toBe(false);
    }
  });

  test.each(Object.entries(WAYS))('is never passed on %s, split at every place', (_, say) => {
    const said = say(word);
    const reply = `Here: ${said} was it.`;
    const cuts = Array.from({ length: reply.length + 1 }, (_unused, cut) => [reply.slice(0, cut), reply.slice(cut)]);
    const shown = new Set<boolean>();
    for (const pieces of [...cuts, [...reply]]) {
      const stream = canary.check.stream();
      let out = '';
      for (const piece of pieces) out += stream.push(piece);
      out += stream.flush();
      shown.add(stream.leaked);
      // What of it is passed on is less than half, also where three letters or a code of them are.
      expect(out.length, out).toBeLessThanOrEqual('Here: '.length + said.length / 2);
      expect('Here: '.concat(said).startsWith(out)).toBe(true);
    }
    expect([...shown]).toEqual([true]);
  });

  test('is found in base64 right behind other letters', () => {
    for (const before of ['data:text/plain;base64,', 'key=', 'a', 'ab', 'abc', ''])
      expect(canary.check.leaks(`${before}${base64(`key=${word}`)}`)).toBe(true);
  });

  test('is not that of another tenant, of the next epoch or of another key', () => {
    for (const other of [
      markerWord(mac, 'canary', { ...time, tenant: 'other' }),
      markerWord(mac, 'canary', { ...time, epoch: 20_001 }),
      markerWord(macOf('another key'), 'canary', time),
    ])
      expect(canary.check.leaks(other)).toBe(false);
  });

  test('stands in its instruction', () => {
    expect(canary.instruction).toContain(word);
    expect(canary.check.leaks(canary.instruction)).toBe(true);
    expect(createCanary(time).instruction).toBe(canary.instruction);
  });

  test('goes on from one text to the next', () => {
    const stream = canary.check.stream();
    stream.push(`It begins with ${word.slice(0, 8)}`);
    stream.flush();
    stream.push(`${word.slice(8)} is the rest`);
    expect(stream.leaked).toBe(true);
  });

  test('is found in the arguments of a tool, in strings, in names, spread over several', () => {
    expect(canary.isIn({ url: 'https://x.example/?q=', body: [`a ${base64(word)}`] })).toBe(true);
    expect(canary.isIn({ [word]: 1 })).toBe(true);
    expect(canary.isIn({ a: word.slice(0, 6), b: { c: word.slice(6) } })).toBe(true);
    expect(canary.isIn({ q: 'What is a pear?', n: 7, list: [null, true] })).toBe(false);
    expect(canary.isIn(undefined)).toBe(false);
  });

  test('holds back next to nothing of other text, and passes all of it', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), (pieces) => {
        const stream = canary.check.stream();
        let out = '';
        let pushed = 0;
        for (const piece of pieces) {
          out += stream.push(piece);
          pushed += piece.length;
          expect(pushed - out.length).toBeLessThanOrEqual(CANARY_HOLD);
        }
        expect(out + stream.flush()).toBe(pieces.join(''));
      }),
    );
  });

  test('lets text pass at once that no canary begins', () => {
    const stream = canary.check.stream();
    const text = 'Pears ripen in autumn: 12 kg a tree, 3.50 a kilo. Call 0x20 trees. ';
    for (const unit of text.repeat(20)) expect(stream.push(unit)).toBe(unit);
  });

  test('stretched over more than is held back is still found', () => {
    expect(canary.check.leaks([...word].join('-'.repeat(CANARY_HOLD)))).toBe(true);
  });
});

test('unknown and invalid options are refused', () => {
  expect(() => createCanary({ ...time, epoch: -1 })).toThrow(TypeError);
  expect(() => createCanary({ ...time, word: 'x' } as never)).toThrow(TypeError);
});
