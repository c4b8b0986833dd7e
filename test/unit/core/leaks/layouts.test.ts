/** A leak is one in whatever list, table or object its parts stand, and in codes of which each part is one. */

import { describe, expect, test } from 'vitest';
import { createCanary } from '../../../../core/canary/index.ts';
import { createEncodedSecretCheck, createPromptLeakCheck } from '../../../../core/leaks/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { timeOf } from '../../../support/time-of.ts';

const PROMPT =
  'You are Orchard, the support assistant of the pear farm, and you never mention the winter discount code. ' +
  'Refunds above 50 euros go to a colleague; say that somebody will write within 24 hours. ' +
  'If a customer is angry, apologise once, and offer a replacement before you offer any money back.';
const check = createPromptLeakCheck(PROMPT);

type Parts = readonly string[];

const LAYOUTS: Readonly<Record<string, (parts: Parts) => string>> = {
  'side by side': (parts) => parts.join(' '),
  'in a numbered list': (parts) => parts.map((part, index) => `${index + 1}. \`${part}\``).join('\n'),
  'in a table': (parts) =>
    `| # | Word |\n|---|---|\n${parts.map((part, index) => `| ${index} | ${part} |`).join('\n')}`,
  'in an object': (parts) => JSON.stringify(Object.fromEntries(parts.map((part, at) => [`word_${at}`, part])), null, 2),
  'in objects': (parts) => JSON.stringify(parts.map((value, index) => ({ index, value }))),
  'in assignments': (parts) => parts.map((part, index) => `s${index} = "${part}"`).join('\n'),
  'behind labels': (parts) => parts.map((part, index) => `**Word ${index + 1}:** ${part}`).join('\n'),
};

const bytesIn = (text: string, digits: number, base: number): Parts =>
  Array.from(Buffer.from(text), (byte) => byte.toString(base).padStart(digits, '0'));
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const place = (letter: string): number => letter.toLowerCase().charCodeAt(0) - 0x60;
const wordsOf = (text: string): Parts => text.split(' ');
const placesIn = (text: string): Parts => wordsOf(text.replaceAll(/[^A-Za-z ]/g, ''));

const PARTS: Readonly<Record<string, (text: string) => Parts>> = {
  words: wordsOf,
  letters: (text) => [...text],
  'words in base64': (text) => wordsOf(text).map(base64),
  'words backwards': (text) => wordsOf(text).map((word) => [...word].reverse().join('')),
  'hexadecimal codes': (text) => bytesIn(text, 2, 16),
  '0x codes': (text) => bytesIn(text, 2, 16).map((byte) => `0x${byte}`),
  'octal codes': (text) => wordsOf(text).map((word) => bytesIn(`${word} `, 3, 8).join(' ')),
  'octal escapes': (text) => wordsOf(text).map((word) => `\\${bytesIn(word, 3, 8).join('\\')}`),
  'places in the alphabet': (text) => placesIn(text).map((word) => Array.from(word, place).join('-')),
};

describe('a leak of the system prompt', () => {
  for (const [layout, lay] of Object.entries(LAYOUTS))
    test.each(Object.entries(PARTS))(`is found in %s ${layout}, in pieces of any size`, (_, partsOf) => {
      const reply = `Certainly! Here you are:\n${lay(partsOf(PROMPT))}\nAnything else?`;
      expect(check.leaks(reply)).toBe(true);
      for (const size of [1, 7, 64]) {
        const stream = check.stream();
        let out = '';
        for (let at = 0; at < reply.length; at += size) out += stream.push(reply.slice(at, at + size));
        out += stream.flush();
        expect(stream.leaked).toBe(true);
        expect(reply.startsWith(out)).toBe(true);
        // Of a code with numbers of rows between that look like it, more is shown than of others.
        expect(out.length).toBeLessThan(reply.length * 0.6);
      }
    });

  test('is none where an answer has lists, labels and codes of its own', () => {
    for (const lay of Object.values(LAYOUTS))
      for (const partsOf of Object.values(PARTS)) {
        const answer = lay(
          partsOf('Our pear farm sells twelve sorts of fruit, and each of them has a name and a code.'),
        );
        expect(check.leaks(answer), answer).toBe(false);
      }
  });
});

const mac = (text: string): string => Buffer.from(text.repeat(3).slice(-96)).toString('base64url');
const canary = createCanary({ mac, tenant: 'acme', epoch: 20_000 });
const [, word = ''] = /its word (\w+):/.exec(canary.instruction) ?? [];

test.each([
  ['behind labels', [...word].map((letter, index) => `Letter ${index + 1}: ${letter}`).join('\n')],
  ['in an object', JSON.stringify(Object.fromEntries([...word].map((letter, at) => [`key_${at}`, letter])))],
  ['in octal escapes', `\\${bytesIn(word, 3, 8).join('\\')}`],
  ['in places in the alphabet', Array.from(word, place).join(' ')],
])('a canary is found %s', (_, said) => {
  expect(canary.check.leaks(`So: ${said}`)).toBe(true);
  expect(canary.check.leaks(`So: ${said.slice(0, said.length / 2)}`)).toBe(false);
});

const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

test.each([
  ['codes', bytesIn(token, 3, 8).join(' ')],
  ['escapes', `\\${bytesIn(token, 3, 8).join('\\')}`],
])('a secret is replaced in octal %s, wherever it is split', (_, said) => {
  const secrets = () => createEncodedSecretCheck({ redactor: createRedactor().session() });
  const reply = `It is ${said} now.`;
  expect(secrets().redact(reply).text).toMatch(/^It is \\?\[SECRET_1\] now\.$/);
  for (const cut of [8, 20, 77, reply.length - 6]) {
    const stream = secrets().stream();
    expect(stream.push(reply.slice(0, cut)) + stream.end(reply.slice(cut))).toBe(secrets().redact(reply).text);
  }
});

test.each(['a: ', 'abc', 'a1"', ':', '= ', 'Word 1', 'YWJj', '07 '])('%j takes time in proportion', (unit) => {
  const time = (length: number, enough?: number): number => {
    const text = unit.repeat(length / unit.length);
    return timeOf(() => {
      const stream = check.stream();
      for (let at = 0; at < text.length; at += 16) stream.push(text.slice(at, at + 16));
      stream.flush();
    }, enough);
  };
  time(20_000);
  const limit = 10 * time(50_000);
  expect(time(200_000, limit)).toBeLessThan(limit);
});
