/** A streamed answer through the gateway, the function and the wire to Bedrock. */

import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Stack, startStack } from '../../local/stack/index.ts';
import { metricsOf } from '../../local/stack/output-log.ts';
import { STREAM_PATH } from '../../local/stack/routes.ts';
import { eventsOf, wholeAnswer } from '../../local/tour/streamed-answer.ts';
import { open, send } from '../support/chat-client.ts';
import { chatBody } from '../support/events.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterEach(() => stack.bedrock.local?.faults.clear());
afterAll(() => stack.close());

/** What the model has written so far, in tokens. */
const written = (): number => stack.bedrock.local?.requests.at(-1)?.billed.outputTokens ?? 0;
const slowly = (ms: number): void => stack.bedrock.local?.faults.add({ kind: 'slow-stream', ms });
const ask = (question: string, user: string) => send(stack, chatBody(question), { user, path: STREAM_PATH });

/** Lines of one request in the function's output. */
const linesOf = (requestId: unknown): readonly string[] =>
  stack.output.lines.filter(({ line }) => line.includes(`"requestId":"${requestId}"`)).map(({ line }) => line);

const usedBy = async (user: string): Promise<number> => {
  const { json } = await send(stack, undefined, { user, path: '/v1/usage', method: 'GET' });
  return (
    (json['budgets'] as { budget: string; used: number }[]).find(({ budget }) => budget === 'day-tokens')?.used ?? 0
  );
};

test('the first words leave while the model is still writing, and the rest word by word', async () => {
  slowly(20);
  const response = await open(stack, chatBody('What is a pear?'), { user: 'early', path: STREAM_PATH });
  const arrivals: number[] = [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.includes('"text"')) arrivals.push(written());
  }
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(arrivals[0]).toBeLessThan(written());
  expect(new Set(arrivals).size).toBeGreaterThan(3);
  expect(wholeAnswer(200, text).json['usage']).toMatchObject({ outputTokens: written() });
});

test('a client that leaves is nothing that the function is told: it runs to its end, and what was written is charged', async () => {
  slowly(20);
  const client = new AbortController();
  const response = await open(stack, chatBody('What is a quince?'), {
    user: 'gone',
    path: STREAM_PATH,
    signal: client.signal,
  });
  const reader = response.body?.getReader();
  const first = await reader?.read();
  const { requestId } = eventsOf(new TextDecoder().decode(first?.value))[0]?.data ?? {};
  const atLeaving = written();
  client.abort();
  await vi.waitFor(() => expect(linesOf(requestId)).toHaveLength(3), { timeout: 5000 });
  expect(written()).toBeGreaterThan(atLeaving);
  expect(stack.bedrock.local?.requests.at(-1)?.aborted).toBe(false);
  expect(JSON.parse(linesOf(requestId)[0] ?? '')).toMatchObject({ message: 'audit', outcome: 'ok' });
  expect(await usedBy('gone')).toBe(stack.bedrock.local?.requests.at(-1)?.billed.totalTokens);
});

describe('the metrics of a streamed request', () => {
  /** Sends a request; what was published for it when its last byte arrived. */
  const published = async (question: string, user: string) => {
    const { text } = await ask(question, user);
    const { requestId, usage } = wholeAnswer(200, text).json;
    const lines = linesOf(requestId).filter((line) => metricsOf(line).length > 0);
    return { lines, metrics: lines.map((line) => Object.fromEntries(metricsOf(line))), usage };
  };

  test('are published with it, before its end is seen, and with no other', async () => {
    for (const question of ['What is a pear?', 'And what, at some more length, is a quince of the orchard?']) {
      const { metrics, usage } = await published(question, 'metrics');
      expect(metrics).toHaveLength(1);
      expect(metrics[0]).toMatchObject({
        Requests: 1,
        ModelCalls: 1,
        InputTokens: (usage as { inputTokens: number }).inputTokens,
        OutputTokens: (usage as { outputTokens: number }).outputTokens,
      });
    }
  });

  test('are each their own when requests overlap', async () => {
    const hold = stack.bedrock.local?.hold();
    const questions = Array.from({ length: 12 }, (_, index) => `What is a pear?${' Please.'.repeat(index)}`);
    const all = Promise.all(questions.map((question, index) => published(question, `overlap-${index}`)));
    await hold?.reached(questions.length);
    hold?.release();
    for (const { metrics, usage } of await all) {
      expect(metrics).toHaveLength(1);
      expect(metrics[0]).toMatchObject({ Requests: 1, TotalTokens: (usage as { totalTokens: number }).totalTokens });
    }
  });
});
