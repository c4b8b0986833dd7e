/**
 * `node --expose-gc --max-semi-space-size=… allocation-process.ts`: bytes on the heap that redacting clean text leaves
 * behind, before anything is collected. Prints JSON.
 */

import { createRedactor } from '../../../core/redaction/index.ts';
import { harmlessTexts } from '../injection/texts.ts';
import type { Allocation } from './allocation.ts';

const MB = 1_000_000;
const PIECE = 16;

const collect = (): void => (globalThis as { gc?: () => void }).gc?.();

/** Bytes that running leaves on the heap, the least of several times: the first compile. */
const left = (run: () => unknown): number => {
  const found: number[] = [];
  for (let time = 0; time < 7; time++) {
    collect();
    const before = process.memoryUsage().heapUsed;
    run();
    found.push(process.memoryUsage().heapUsed - before);
  }
  return Math.max(0, Math.min(...found));
};

const redactor = createRedactor();
// Flattened, so that no part of it is put together while it is measured.
const text = Buffer.from((harmlessTexts('prose', MB, 1)[0] ?? '').replaceAll(/[^ -~]/g, '-')).toString('latin1');
const pieces = Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) =>
  text.slice(index * PIECE, (index + 1) * PIECE),
);

const whole = left(() => redactor.redact(text));
const result = redactor.redact(text);
const streamed = left(() => {
  const stream = redactor.stream();
  for (const piece of pieces) stream.push(piece);
  stream.end();
});
const found: Allocation = {
  units: text.length,
  clean: result.findings.length === 0 && result.text === text,
  whole,
  copy: left(() => `${text.slice(1)}.`.codePointAt(7)),
  streamed,
};
console.log(JSON.stringify(found));
