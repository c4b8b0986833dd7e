/**
 * `npm run bench -- spotlight`: what marks cost. Bytes that they add to real texts, which is what budgets hold for them,
 * and what marking, unmarking and looking for a canary take.
 */

import { globSync, readFileSync } from 'node:fs';
import { macOf } from '../../aws/mac.ts';
import { createCanary } from '../../core/canary/index.ts';
import { createSpotlight, type SpotlightMode } from '../../core/spotlight/index.ts';
import { PLAIN_REPLIES } from '../support/hold-back.ts';

const time = { mac: macOf('a key of this bench'), epoch: 20_000 };
const ROUNDS = 30;

const pages = globSync('docs/*.md').map((file) => readFileSync(file, 'utf8'));
const TEXTS: Readonly<Record<string, string>> = { 'docs/*.md': pages.join('\n'), ...PLAIN_REPLIES };

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Bytes that are added to a text as a tool result. */
const addedTo = (mode: SpotlightMode, text: string): number => {
  const content = [{ toolResult: { toolUseId: 't', content: [{ text }] } }];
  const input = { messages: [{ role: 'user', content }] };
  return bytesOf(createSpotlight({ ...time, mode }).mark(input)) - bytesOf(input);
};

/** Time of the fastest round, in microseconds per kilobyte. */
const timeOf = (text: string, work: (text: string) => unknown): string => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = performance.now();
    work(text);
    best = Math.min(best, performance.now() - before);
  }
  return `${((best * 1e6) / Buffer.byteLength(text)).toFixed(1)} µs/KB`;
};

const shareOf = (mode: SpotlightMode, text: string): string => {
  const added = addedTo(mode, text);
  return `${added} (${((100 * added) / Buffer.byteLength(text)).toFixed(0)} %)`.padStart(14);
};

console.log(`${'bytes added to'.padEnd(16)}${'delimit'.padStart(14)}${'datamark'.padStart(14)}`);
for (const [name, text] of Object.entries(TEXTS))
  console.log(`${name.padEnd(16)}${shareOf('delimit', text)}${shareOf('datamark', text)}`);

const canary = createCanary(time);
console.log('\nadded to the system prompt, in bytes');
for (const mode of ['delimit', 'datamark'] as const)
  console.log(`${mode.padEnd(16)}${Buffer.byteLength(createSpotlight({ ...time, mode }).explanation)}`);
console.log(`${'canary'.padEnd(16)}${Buffer.byteLength(canary.instruction)}`);

const text = TEXTS['docs/*.md'] ?? '';
console.log('\ntime');
for (const mode of ['delimit', 'datamark'] as const) {
  const { mark } = createSpotlight({ ...time, mode });
  const inputOf = (result: string) => ({
    messages: [{ role: 'user', content: [{ toolResult: { content: [{ text: result }] } }] }],
  });
  console.log(`${mode.padEnd(16)}${timeOf(text, (result) => mark(inputOf(result)))}`);
}
console.log(`${'canary'.padEnd(16)}${timeOf(text, canary.check.leaks)}`);
