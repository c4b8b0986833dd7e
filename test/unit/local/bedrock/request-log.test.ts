import { expect, test } from 'vitest';
import { createRequestLog } from '../../../../local/bedrock/request-log.ts';

const request = (at: number) => ({
  requestId: 'r',
  operation: 'Converse' as const,
  modelId: 'm',
  body: {},
  controls: { guardrail: {} },
  httpVersion: '2.0',
  at,
});

test('keeps the last thousand requests', () => {
  const log = createRequestLog();
  for (let at = 0; at < 1010; at += 1) log.add(request(at), 10);
  expect(log.requests).toHaveLength(1000);
  expect(log.requests[0]?.at).toBe(10);
});

test('keeps 64 MiB of bodies, and always the last', () => {
  const log = createRequestLog();
  for (let at = 0; at < 4; at += 1) log.add(request(at), 20 * 1024 * 1024);
  expect(log.requests.map(({ at }) => at)).toEqual([1, 2, 3]);
  log.add(request(4), 100 * 1024 * 1024);
  expect(log.requests.map(({ at }) => at)).toEqual([4]);
});

test('adds up what is billed, also for requests that it forgot', () => {
  const log = createRequestLog();
  const entry = log.add(request(0), 0);
  log.bill(entry, { inputTokens: 5, cacheReadInputTokens: 2 });
  log.bill(entry, { outputTokens: 3 });
  expect(entry.billed).toMatchObject({ inputTokens: 5, outputTokens: 3, cacheReadInputTokens: 2, totalTokens: 10 });
  for (let at = 0; at < 1001; at += 1) log.add(request(at), 0);
  expect(log.billedTokens()).toBe(10);
});
