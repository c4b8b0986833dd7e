/** Calls that a handler leaves behind. */

import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';

type Sending = (...args: readonly unknown[]) => unknown;

/**
 * Marks what `client.send` rejects with as heard. A call that its handler does not wait for fails when the invocation
 * ends, because its budget is settled then: a rejection that nobody hears would end the process, and with it whichever
 * invocation comes next. Whoever waits for the call is told as ever, and the failure is in the record.
 *
 * @param isWatched Whether nothing is to be changed now: in monitor mode no call is ended.
 */
export const hearLeftBehind = (client: BedrockRuntimeClient, isWatched: () => boolean): void => {
  const send = client.send.bind(client) as Sending;
  const heard: Sending = (...args) => {
    const sent = send(...args);
    if (sent instanceof Promise && !isWatched()) sent.catch(() => {});
    return sent;
  };
  Object.assign(client, { send: heard });
};
