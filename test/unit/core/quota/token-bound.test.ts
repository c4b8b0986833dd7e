import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenBound, utf8Length } from '../../../../core/quota/index.ts';
import { timeOf } from '../../../support/time-of.ts';

test('utf8Length is the length of the encoded text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Length(text) === Buffer.byteLength(text)));
  for (const text of ['\ud800', '\udc00', 'a\ud800', '\ud83d\ude00', '\ud800\ud83d\ude00'])
    expect(utf8Length(text)).toBe(Buffer.byteLength(text));
});

describe('tokenBound', () => {
  test('is at least the bytes of every text, tools and JSON included', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.string(), (text, json, system) => {
        const bound = tokenBound({
          system: [{ text: system }],
          messages: [{ role: 'user', content: [{ text }, { toolResult: { toolUseId: '1', content: [{ json }] } }] }],
          toolConfig: { tools: [{ toolSpec: { name: 't', inputSchema: { json: {} } } }] },
        });
        const bytes = Buffer.byteLength(text) + Buffer.byteLength(system) + Buffer.byteLength(JSON.stringify(json));
        expect(bound).toBeGreaterThanOrEqual(bytes + 1000);
      }),
    );
  });

  const ofText = (text: string) => tokenBound({ messages: [{ content: [{ text }] }] });
  const ofJson = (json: unknown) => tokenBound({ messages: [{ content: [{ toolResult: { content: [{ json }] } }] }] });

  test.each(['\u{1D160}', '\uFB2C', '\u2ADC', '\u0958', '\u0344', '\u00e9\u0323'])(
    'is at least the bytes of a text that is longer when it is composed: %s',
    (character) => {
      const text = character.repeat(1000);
      expect(Buffer.byteLength(text.normalize('NFC'))).toBeGreaterThan(Buffer.byteLength(text));
      expect(ofText(text)).toBeGreaterThanOrEqual(Buffer.byteLength(text.normalize('NFC')));
      expect(ofJson({ text })).toBeGreaterThanOrEqual(Buffer.byteLength(text.normalize('NFC')));
    },
  );

  test('is at least the bytes of the composed form of any text', () => {
    const character = fc.oneof(
      fc.constantFrom('a', '\u0301', '\u0323', '\u0345', '\u00e9', '\u{1D160}', '\u1100', '\u1161'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 100 }), (characters) => {
        const text = characters.join('');
        expect(ofText(text)).toBeGreaterThanOrEqual(Buffer.byteLength(text.normalize('NFC')));
      }),
    );
  });

  test.each([
    ['one letter with all of them', (size: number) => `a${'\u0301\u0323'.repeat(size / 4)}`],
    ['letters with thirty of them', (size: number) => `a${'\u0345\u0301\u0323'.repeat(10)}`.repeat(size / 61)],
  ])('takes linear time over hostile accents: %s', (_, textOf) => {
    const [short, long] = [textOf(12_500), textOf(100_000)];
    ofText(short);
    // Eight times the text: in the square of it, 64 times as long.
    const limit =
      30 *
      Math.max(
        2,
        timeOf(() => ofText(short)),
      );
    expect(timeOf(() => ofText(long), limit)).toBeLessThan(limit);
  });

  test('covers JSON that a template writes anew, with blanks or indented, a run of white space as three tokens', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const indented = JSON.stringify(json, null, 4).replace(/\n */g, (run) => ' '.repeat(Math.min(3, run.length)));
        expect(ofJson(json)).toBeGreaterThanOrEqual(Buffer.byteLength(indented));
      }),
    );
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, tags: ['a'] }));
    const python = JSON.stringify(rows).replaceAll(',', ', ').replaceAll(':', ': ');
    expect(ofJson(rows)).toBeGreaterThan(python.length);
    const toolConfig = { tools: [{ toolSpec: { name: 't', inputSchema: { json: rows } } }] };
    expect(tokenBound({ toolConfig })).toBeGreaterThan(python.length + 1000);
  });

  test('takes the marks within strings for text', () => {
    const marks = '{}[],:"\\'.repeat(100);
    expect(ofJson(marks) - ofJson('')).toBe(Buffer.byteLength(JSON.stringify(marks)) - 2);
  });

  test('counts turns and blocks also where they are empty', () => {
    expect(tokenBound({ messages: [{ content: [] }, { content: [{ text: '' }] }] })).toBeGreaterThan(
      tokenBound({ messages: [] }),
    );
  });
});
