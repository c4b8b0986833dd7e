/** A reply of ConverseStream as server-sent events. Source: WHATWG HTML, "Server-sent events". */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';

const frame = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * One frame an event, named and shaped as Bedrock's own: `messageStart`, `contentBlockDelta` …, `metadata`.
 *
 * @param start Sent before, as the event `request`.
 */
export async function* serverSentEvents(
  stream: AsyncIterable<ConverseStreamOutput> | undefined,
  start: object,
): AsyncGenerator<string> {
  yield frame('request', start);
  for await (const output of stream ?? [])
    for (const [event, data] of Object.entries(output)) if (data !== undefined) yield frame(event, data);
}
