/** The deep tier of redaction over a reply that comes in events: nothing is passed on before it was judged. */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { createBell } from './bell.ts';
import type { DeepStage } from './findings.ts';
import { createWindowLine } from './window-line.ts';

/**
 * The events of a reply that the redactor has been over, in order, with what the deep tier finds replaced. Reads on while
 * windows are judged, no further than `windowsInFlight` of them, and not at all while nobody reads.
 *
 * @throws BulwarkError as `deepFindings`; what reading the events throws, after all that came before.
 */
export async function* deepEvents(
  stage: DeepStage,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const bell = createBell();
  const line = createWindowLine(stage, bell.ring);
  const source = events[Symbol.asyncIterator]();
  let reading = false;
  let end: { readonly error?: unknown } | undefined;

  /** Never fails: nobody may be there to hear of it. */
  const read = async (): Promise<void> => {
    reading = true;
    try {
      const { done, value } = await source.next();
      if (done) end = {};
      else line.push(value);
    } catch (error) {
      end = { error };
    }
    reading = false;
    bell.ring();
  };

  try {
    for (;;) {
      for (let ready = line.take(); ready !== undefined; ready = line.take()) yield* ready;
      if (end !== undefined && line.isEmpty) {
        if ('error' in end) throw end.error;
        return;
      }
      if (end === undefined && !reading && !line.isFull) read();
      await bell.wait();
    }
  } finally {
    line.stop();
    // Not waited for: what is being read comes to its end with the call.
    if (end === undefined) Promise.resolve(source.return?.()).catch(() => {});
  }
}
