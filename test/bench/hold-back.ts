/** `node test/bench/hold-back.ts`: how many units of a streamed text are held back after each piece of it. */

import { createRedactor, MAX_MATCH } from '../../core/redaction/index.ts';
import { inChunks, inWords, PLAIN_REPLIES, progressOf } from '../support/hold-back.ts';
import { ANNOUNCED_VALUES, PRIVATE_VALUES } from '../support/private-values.ts';

const redactor = createRedactor();

const held = (pieces: readonly string[]): string => {
  const all = progressOf(redactor, pieces).map((progress) => progress.held);
  const average = all.reduce((sum, each) => sum + each, 0) / all.length;
  return `${average.toFixed(1).padStart(8)} ${String(Math.max(...all)).padStart(5)}`;
};

const print = (name: string, text: string): void =>
  console.log(
    `${name.padEnd(32)} ${held(inWords(text))}     ${held(inChunks(text, 4))}     ${held(inChunks(text, 1))}`,
  );

console.log(`Units held back after each piece, of at most ${MAX_MATCH}`);
console.log(`${''.padEnd(32)}  by word           by 4 units         by 1 unit`);
console.log(`${''.padEnd(32)}  average   max     average   max     average   max`);
for (const [kind, text] of Object.entries(PLAIN_REPLIES)) print(kind, text);
for (const { entity, rule, value } of PRIVATE_VALUES)
  print(rule ?? entity, `Here it is: ${value}, and that was all of it.`);
for (const { rule, text } of ANNOUNCED_VALUES) print(rule ?? '', `Here it is: ${text}, and that was all of it.`);
