/** Guarded handlers that let their caller down. */

import { guardHandler } from '../../../middleware/index.ts';

/** Never comes back, and holds nothing that would keep its process from ending. */
export const stuck = guardHandler(async () => new Promise<never>(() => {}));

async function* breakingOff(): AsyncGenerator<string> {
  yield 'Once upon a time. ';
  await new Promise((resolve) => setTimeout(resolve, 20));
  throw new Error('no more');
}

/** Fails in the middle of a stream that has no frames to say so in. */
export const breaking = guardHandler(
  async () => ({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body: breakingOff() }),
  { stream: {} },
);
