/** A contender's process as none should be: it never answers what is long, ends at what is empty, and else says it back. */

import type { Answer, Errand } from '../../bench/redaction/errand.ts';

process.on('message', ({ of }: Errand) => {
  const text = 'text' in of ? of.text : '';
  if (text === '') process.exit(1);
  if (text.length > 100) for (;;);
  const answer: Answer = { end: 'done', ms: 1, text };
  process.send?.(answer);
});
process.send?.('ready');
