/** Lambda's two ways to invoke a function, whatever the function answers with. */

import type { FunctionHost, InvokeResult, StreamListener } from './protocol.ts';

/** Runs an invocation. What is streamed goes to the listener, anything else is in the result. */
export type Run = (event: unknown, listener: StreamListener) => Promise<InvokeResult>;

/** `Invoke` and `InvokeWithResponseStream` by means of `run`. */
export const invocationsBy = (run: Run): Pick<FunctionHost, 'invoke' | 'stream'> => ({
  invoke: async (event) => {
    const chunks: Uint8Array[] = [];
    let streamed = false;
    const result = await run(event, {
      head: () => {
        streamed = true;
      },
      chunk: (bytes) => chunks.push(bytes),
    });
    return result.ok && streamed ? { ok: true, value: Buffer.concat(chunks).toString() } : result;
  },
  stream: async (event, listener) => {
    let streamed = false;
    const head = (contentType: string): void => {
      streamed = true;
      listener.head(contentType);
    };
    const result = await run(event, { ...listener, head });
    if (!result.ok || streamed) return result;
    listener.head('application/json');
    listener.chunk(Buffer.from(JSON.stringify(result.value)));
    return { ok: true, value: null };
  },
});
