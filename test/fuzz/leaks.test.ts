/** Replies in pieces, held against a system prompt and encoded secrets: every split gives the same. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEncodedSecretCheck, createPromptLeakCheck, ENCODED_HOLD, LEAK_HOLD } from '../../core/leaks/index.ts';
import { createRedactor } from '../../core/redaction/index.ts';
import { CODED, REWORDED, TURNED } from '../support/disguises.ts';
import { timeOf } from '../support/time-of.ts';

const PROMPT =
  'You are Orchard, the support assistant of the pear farm, and you never mention the winter discount code. ' +
  'Refunds above 50 euros go to a colleague; say that somebody will write within 24 hours.';
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const within = (said: string): string => `Sure, here it is:\n${said}\nAnything else?`;

describe('the system prompt', () => {
  const check = createPromptLeakCheck(PROMPT);
  const WAYS = Object.entries({ ...REWORDED, ...CODED, ...TURNED });

  test('passes whole, whatever it is, and is held back no longer than promised', () => {
    const parts = fc.constantFrom(
      'You are Orchard',
      ' the pear farm',
      'UG',
      '%5',
      '\\u00',
      '&#1',
      '1. ',
      'å',
      '折扣',
      ' ',
      '\n',
    );
    const pieces = fc.array(fc.oneof(parts, fc.string({ unit: 'binary', maxLength: 40 })), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (all) => {
        const stream = check.stream();
        let out = '';
        let pushed = 0;
        for (const piece of all) {
          out += stream.push(piece);
          pushed += piece.length;
          expect(pushed - out.length).toBeLessThanOrEqual(LEAK_HOLD);
        }
        expect(out + stream.flush()).toBe(all.join(''));
      }),
    );
  });

  test('every split of a text gives the same outcome', () => {
    const samples = WAYS.flatMap(([, say]) => [within(say(PROMPT)), within(say(PROMPT.slice(0, 40)))]);
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(fc.nat(600), { maxLength: 6 }), (text, cuts) => {
        const stream = check.stream();
        let at = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), text.length]) {
          stream.push(text.slice(at, cut));
          at = Math.max(at, cut);
        }
        stream.flush();
        expect(stream.leaked).toBe(check.leaks(text));
      }),
      { numRuns: 300 },
    );
  });
});

describe('encoded secrets', () => {
  const redactor = createRedactor();
  const checkOf = () => createEncodedSecretCheck({ redactor: redactor.session() });

  /** Text in pieces that end at `cuts`. */
  const inPieces = (text: string, cuts: readonly number[]): { text: string; held: number; findings: number } => {
    const stream = checkOf().stream();
    let out = '';
    let at = 0;
    let held = 0;
    for (const cut of cuts) {
      out += stream.push(text.slice(at, cut));
      at = Math.max(at, cut);
      if (stream.findings.length === 0) held = Math.max(held, at - out.length);
    }
    out += stream.end(text.slice(at));
    return { text: out, held, findings: stream.findings.length };
  };
  const samples = Object.entries({ ...CODED, ...TURNED }).map(([, say]) => within(say(token)));

  test('gives the same of anything, however it is split, and holds back no more than promised', () => {
    const ways = Object.values({ ...CODED, ...TURNED });
    const parts = fc.oneof(
      fc.constantFrom(...samples, ...ways.map((say) => say(token.slice(0, 30))), '\n', ' ', '0x', '=', ', ', 'a b '),
      fc.constantFrom(...ways.map((say) => say(`x ${token}.`))),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 5 }), fc.array(fc.nat(3000), { maxLength: 8 }), (all, some) => {
        const text = all.join('');
        const whole = checkOf().redact(text);
        const cuts = some.filter((cut) => cut < text.length).toSorted((a, b) => a - b);
        const split = inPieces(text, cuts);
        expect(split.text).toBe(whole.text);
        expect(split.held).toBeLessThanOrEqual(ENCODED_HOLD);
        expect(split.findings).toBe(whole.findings.length);
        const each = inPieces(
          text,
          Array.from(text, (_, index) => index),
        );
        expect(each.text).toBe(whole.text);
      }),
      { numRuns: 100 },
    );
  });
});

describe('time', () => {
  const check = createPromptLeakCheck(PROMPT);
  const encoded = createEncodedSecretCheck({ redactor: createRedactor() });

  test.each([
    'QUFB',
    '41',
    '41 ',
    'a b ',
    '0x',
    '%4',
    '&#1',
    '\\u00',
    '101 ',
    'a1',
    '- ',
    '=',
    'You are Orchard ',
    '你',
    ' ',
  ])('grows no faster than the text of %j', (unit) => {
    const short = unit.repeat(20_000 / unit.length);
    const long = unit.repeat(160_000 / unit.length);
    for (const run of [check.leaks, encoded.redact]) {
      run(short);
      const limit = 24 * timeOf(() => run(short));
      expect(timeOf(() => run(long), limit)).toBeLessThan(limit);
    }
  });
});
