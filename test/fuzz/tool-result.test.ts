import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedJson } from '../../aws/bedrock/agent/bounded-json.ts';
import { toolResultContent } from '../../aws/bedrock/agent/tool-result.ts';

const values = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withUnicodeString: true,
});
const limits = fc.integer({ min: 1, max: 200 });

test('whatever a tool returns is a text or an object of JSON, well-formed and within its limit', () => {
  fc.assert(
    fc.property(values, limits, (value, most) => {
      const { text, whole } = boundedJson(value, most);
      expect(text.length).toBeLessThanOrEqual(most);
      expect(text.isWellFormed()).toBe(true);
      if (whole && text !== '') JSON.parse(text);
      for (const block of toolResultContent(value, most)) {
        const said = block.text ?? JSON.stringify(block.json);
        expect(said).toMatch(/\S/);
        expect(said.isWellFormed()).toBe(true);
      }
    }),
    {
      numRuns: 300,
      examples: [
        [new Array(1), 1],
        [new Map([[Object.create(null), new Map()]]), 1],
      ],
    },
  );
});

test('what is JSON already is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
      const json = JSON.stringify(value);
      expect(boundedJson(value, json.length)).toEqual({ text: json, whole: true });
      expect(boundedJson(value, json.length - 1).whole).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('what is cut is the beginning of what is not', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), limits, (value, most) => {
      const { text } = boundedJson(value, most);
      const whole = JSON.stringify(value);
      const shared = text.slice(0, Math.max(0, text.length - 12));
      expect(whole.startsWith(shared)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
