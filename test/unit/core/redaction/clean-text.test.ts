import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createEncodedSecretCheck } from '../../../../core/leaks/index.ts';
import { createFramedRedactor, createRedactor, redactJsonBody } from '../../../../core/redaction/index.ts';
import { PLAIN_REPLIES } from '../../../support/hold-back.ts';

const redactor = createRedactor();

const LONG = Buffer.from('The orchard has three rows of pears, and a well. '.repeat(20_000)).toString('latin1');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap that results take which are kept. */
const bytesKept = (work: () => unknown, times: number): number => {
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: times }, work);
  collect();
  const after = process.memoryUsage().heapUsed;
  expect(kept).toHaveLength(times);
  return after - before;
};

describe.each(Object.entries(PLAIN_REPLIES))('clean %s', (_, text) => {
  test('comes back as it was, from every way to redact it', () => {
    expect(redactor.redact(text)).toEqual({ text, findings: [] });
    expect(createEncodedSecretCheck({ redactor }).redact(text).text).toBe(text);
    expect(redactJsonBody(JSON.stringify({ text }), redactor).text).toBe(JSON.stringify({ text }));
    const event = `data: ${JSON.stringify({ text })}\n\n`;
    const frames = createFramedRedactor(redactor, 'sse');
    expect(frames.push(event) + frames.end()).toBe(event);
  });
});

test('a clean JSON value is the same object', () => {
  const value = { a: ['x', 7, null, { b: JSON.stringify({ c: 1 }) }], at: 1730000000123 };
  expect(redactor.redactJson(value).value).toBe(value);
});

test('a clean text costs no copy: what is kept is the text that was given', () => {
  const stream = (text: string): string => redactor.stream().end(text);
  for (const work of [() => redactor.redact(LONG).text, () => stream(LONG)]) {
    expect(work()).toBe(LONG);
    expect(bytesKept(work, 4)).toBeLessThan(LONG.length);
  }
}, 60_000);

test('a text of which something goes costs one, so that the test above can fail', () => {
  const text = `${['ada', 'example.com'].join('@')} ${LONG}`;
  expect(bytesKept(() => Buffer.from(redactor.redact(text).text).toString('latin1'), 2)).toBeGreaterThan(LONG.length);
});
