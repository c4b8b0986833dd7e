/** The functions of the service, which also say what their process holds on to: asked by the event `{ held: true }`. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { handler as chatHandler } from '../../../functions/chat.ts';
import { handler as chatStreamHandler } from '../../../functions/chat-stream.ts';
import type { ResponseStream } from '../../../local/function-host/response-stream.ts';

/** What a process holds on to. */
export interface Held {
  readonly pid: number;
  readonly timers: number;
  readonly sockets: number;
}

/** Time for what was let go of to be gone, in milliseconds. */
const SETTLING_MS = 50;

const held = async (): Promise<Held> => {
  await sleep(SETTLING_MS);
  const resources = process.getActiveResourcesInfo();
  const count = (kind: string): number => resources.filter((resource) => resource === kind).length;
  return { pid: process.pid, timers: count('Timeout'), sockets: count('TCPSocketWrap') };
};

export const chat = async (event: object, context: Context): Promise<unknown> =>
  'held' in event ? held() : chatHandler(event as never, context);

export const chatStream = awslambda.streamifyResponse(async (event: object, stream, context: Context) => {
  if (!('held' in event)) return chatStreamHandler(event as never, stream as never, context);
  (stream as ResponseStream).end(JSON.stringify(await held()));
});
