/** `node test/bench/framed-redaction.ts`: frames held back by framed redaction, and its speed beside that of a plain stream. */

import { createFramedRedactor, createRedactor, type Framing } from '../../core/redaction/index.ts';
import { parseNdjson, parseSse, SHAPES } from '../support/frames.ts';
import { inWords, PLAIN_REPLIES } from '../support/hold-back.ts';
import { timeOf } from '../support/time-of.ts';

const redactor = createRedactor();
const words = inWords(PLAIN_REPLIES['prose'] ?? '');

const run = (framing: Framing, pieces: readonly string[]): void => {
  const frames = createFramedRedactor(redactor, framing);
  for (const piece of pieces) frames.push(piece);
  frames.end();
};

console.log(`${''.padEnd(24)}  frames held back     units/ms    µs/frame   times the plain`);
console.log(`${''.padEnd(24)}  average   max                               stream's speed`);
for (const { name, framing, frame } of SHAPES) {
  const pieces = Array.from({ length: 4000 }, (_, index) => frame(words[index % words.length] ?? ''));
  const frames = createFramedRedactor(redactor, framing);
  let waiting = 0;
  const held = pieces.map((piece) => {
    const out = frames.push(piece);
    waiting += 1 - (framing === 'sse' ? parseSse(out) : parseNdjson(out)).length;
    return waiting;
  });
  const units = pieces.join('').length;
  const [framed, plain] = [timeOf(() => run(framing, pieces)), timeOf(() => run('text', pieces))];
  console.log(
    name.padEnd(24),
    (held.reduce((sum, each) => sum + each, 0) / held.length).toFixed(2).padStart(8),
    String(Math.max(...held)).padStart(5),
    (units / framed).toFixed(0).padStart(13),
    ((framed / pieces.length) * 1000).toFixed(1).padStart(11),
    (plain / framed).toFixed(1).padStart(17),
  );
}
