/** A contender's process as none should be: it never answers what is long, ends at what is empty, and else says it back. */

import { type Answer, BEGINS, type Errand } from '../../bench/redaction/errand.ts';

process.on('message', ({ text }: Errand) => {
  if (text === '') process.exit(1);
  process.send?.(BEGINS, () => {
    if (text.length > 100) for (;;);
    const answer: Answer = { end: 'done', ms: 1, text };
    process.send?.(answer);
  });
});
process.send?.('ready');
