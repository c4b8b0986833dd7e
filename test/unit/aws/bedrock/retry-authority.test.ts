/** Which failed calls are tried again, when, and at whose cost. */

import { getEventListeners } from 'node:events';
import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createRetryAuthority } from '../../../../aws/bedrock/retry-authority.ts';
import { currentSending } from '../../../../aws/bedrock/sending.ts';
import { createScope, runInScope, type ScopeOptions } from '../../../../aws/invocation-scope.ts';
import { type RetryPolicy, retrySettings } from '../../../../core/retry/options.ts';
import { type Answering, converseReply, fakeBedrock, type WireAnswer } from '../../../support/bedrock.ts';

const throttled: WireAnswer = { status: 429, errorType: 'ThrottlingException', body: { message: 'slow down' } };
const failed: WireAnswer = { status: 500, errorType: 'InternalServerException', body: { message: 'oops' } };

const sdkError = (name: string, more: object = {}): Error => Object.assign(new Error('house'), { name, ...more });
const throttling = (headers: object = {}) =>
  sdkError('ThrottlingException', { $metadata: { httpStatusCode: 429 }, $response: { headers } });

/** An authority on a clock of its own, and a call that fails as often as there are errors. */
const setUp = (policy: RetryPolicy, errors: readonly unknown[], { deadline }: { deadline?: number } = {}) => {
  let time = 0;
  const waits: number[] = [];
  const authority = createRetryAuthority({
    now: () => time,
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
      time += ms;
    },
  });
  const scope = createScope({ requestId: 'r', deadline, now: () => time });
  const left = [...errors];
  let sent = 0;
  let paid = 0;
  const attempt = (signal = new AbortController().signal) =>
    authority.attempt(
      {
        scope,
        settings: retrySettings(policy),
        modelId: 'm',
        signal,
        payAgain: async () => {
          paid += 1;
        },
      },
      async () => {
        sent += 1;
        Object.assign(currentSending() ?? {}, { sent: true });
        const error = left.shift();
        if (error !== undefined) throw error;
        return 'answer';
      },
    );
  return { attempt, waits, sent: () => sent, paid: () => paid, authority };
};

describe('an attempt that failed', () => {
  test('is made again after a wait with full jitter, as often as the policy says', async () => {
    const { attempt, waits, sent } = setUp({ maxAttempts: 4, baseMs: 100 }, Array(9).fill(throttling()));
    expect(await attempt()).toMatchObject({ attempts: 4, error: { name: 'ThrottlingException' } });
    expect([sent(), waits]).toEqual([4, [50, 100, 200]]);
  });

  test('waits as long as Bedrock asks', async () => {
    const { attempt, waits } = setUp({ baseMs: 100 }, [throttling({ 'Retry-After': '2' })]);
    expect(await attempt()).toEqual({ output: 'answer', attempts: 2 });
    expect(waits).toEqual([2000]);
  });

  test('is given up where the deadline would come first', async () => {
    const { attempt, waits } = setUp({}, [throttling({ 'retry-after': '2' })], { deadline: 1500 });
    expect(await attempt()).toMatchObject({ attempts: 1 });
    expect(waits).toEqual([]);
  });

  test.each([
    ['ValidationException', 400],
    ['AccessDeniedException', 403],
    ['ResourceNotFoundException', 404],
    ['ServiceQuotaExceededException', 400],
    ['ModelTimeoutException', 408],
    ['ModelErrorException', 424],
    ['AbortError', undefined],
    ['SomethingNewException', 418],
  ])('is not made again after %s', async (name, httpStatusCode) => {
    const { attempt, sent } = setUp({}, [sdkError(name, { $metadata: { httpStatusCode } })]);
    expect(await attempt()).toMatchObject({ attempts: 1 });
    expect(sent()).toBe(1);
  });

  test('is paid for where it may have been billed, and no more often than the policy says', async () => {
    const lost = Array(5).fill(sdkError('Error', { code: 'ECONNRESET' }));
    const once = setUp({ maxAttempts: 5 }, lost);
    await once.attempt();
    expect([once.sent(), once.paid()]).toEqual([2, 1]);
    const never = setUp({ maxAttempts: 5, maxPaidRetries: 0 }, lost);
    await never.attempt();
    expect([never.sent(), never.paid()]).toEqual([1, 0]);
  });

  test('costs nothing where no connection came about, or the clock was wrong', async () => {
    const refused = sdkError('Error', { code: 'ECONNREFUSED', syscall: 'connect' });
    const skewed = sdkError('InvalidSignatureException', {
      $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
    });
    const { attempt, sent, paid } = setUp({}, [refused, skewed]);
    expect(await attempt()).toMatchObject({ output: 'answer', attempts: 3 });
    expect([sent(), paid()]).toEqual([3, 0]);
  });

  test('is no free one where a host is out of reach only after something was sent', async () => {
    const { attempt, paid } = setUp({}, [sdkError('Error', { code: 'EHOSTUNREACH', syscall: 'read' })]);
    expect(await attempt()).toMatchObject({ output: 'answer' });
    expect(paid()).toBe(1);
  });

  test.each(['ModelErrorException', 'ModelTimeoutException', 'InternalServerException'])(
    'of %s costs what it does, whatever the clock says',
    async (name) => {
      const $metadata = { httpStatusCode: 424, clockSkewCorrected: true };
      const { attempt, sent, paid } = setUp({}, [sdkError(name, { $metadata })]);
      await attempt();
      expect([sent(), paid()]).toEqual(name === 'InternalServerException' ? [2, 1] : [1, 0]);
    },
  );

  test.each(['ModelErrorException', 'ModelTimeoutException', 'AbortError', 'TimeoutError', 'ValidationException'])(
    'of %s, which a caller can bring about, does not close the model for others',
    async (name) => {
      const errors = Array(30).fill(sdkError(name, { $metadata: { httpStatusCode: 400 } }));
      const { attempt, sent, authority } = setUp({ breaker: { failures: 2, spanMs: 0 } }, errors);
      for (let call = 0; call < 9; call++) await attempt();
      expect(sent()).toBeGreaterThanOrEqual(9);
      expect(() => authority.assertClosed(retrySettings({ breaker: { failures: 2 } }), 'm')).not.toThrow();
    },
  );

  test('shares the retries of its request with other calls', async () => {
    const { attempt, sent } = setUp({ maxRetries: 3, maxAttempts: 3, breaker: false }, Array(20).fill(throttling()));
    for (let call = 0; call < 4; call++) await attempt();
    expect(sent()).toBe(4 + 3);
  });

  test('is not made again when nobody waits any more', async () => {
    const aborter = new AbortController();
    const authority = createRetryAuthority({ random: () => 0.99 });
    const attempted = authority.attempt(
      {
        scope: createScope({ requestId: 'r' }),
        settings: retrySettings({ baseMs: 60_000, maxWaitMs: 20_000 }),
        modelId: 'm',
        signal: aborter.signal,
        payAgain: async () => {},
      },
      async () => {
        Object.assign(currentSending() ?? {}, { sent: true });
        setTimeout(() => aborter.abort(), 5);
        throw throttling();
      },
    );
    expect(await attempted).toMatchObject({ attempts: 1, error: { name: 'ThrottlingException' } });
  });

  test('opens the breaker of its model, and of no other', async () => {
    const { attempt, sent, authority } = setUp(
      { maxAttempts: 1, breaker: { failures: 2, spanMs: 0 } },
      Array(9).fill(throttling()),
    );
    for (let call = 0; call < 4; call++) await attempt();
    expect(sent()).toBe(2);
    const settings = retrySettings({ breaker: { failures: 2, spanMs: 0 } });
    expect(() => authority.assertClosed(settings, 'm')).toThrow(
      expect.objectContaining({ code: 'upstream_throttled', reason: 'breaker-open', headers: { 'retry-after': '1' } }),
    );
    expect(() => authority.assertClosed(settings, 'other')).not.toThrow();
  });
});

const converse = (
  answer: Answering,
  rules: ClientRules = {},
  { modelId = 'm', ...options }: Partial<ScopeOptions> & { modelId?: string } = {},
) => {
  const { client, requests } = fakeBedrock(answer, { maxAttempts: 3 });
  guardClient(client, { ...rules, retry: { baseMs: 1, ...rules.retry } });
  const scope = createScope({ requestId: 'r', ...options });
  const input = { modelId, messages: [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }] };
  const send = () => runInScope(scope, () => client.send(new ConverseCommand(input)));
  const models = () => requests.map(({ path }) => decodeURIComponent(path.split('/')[2] ?? ''));
  return { send, requests, scope, client, input, models };
};

/** Answers by model; what is not named is throttled. */
const byModel =
  (answers: Readonly<Record<string, WireAnswer>>): Answering =>
  ({ path }) =>
    answers[decodeURIComponent(path.split('/')[2] ?? '')] ?? throttled;

describe('a guarded client', () => {
  test('makes as many attempts as it was made with, and the SDK none beside', async () => {
    const { send, requests, scope } = converse(() => throttled);
    await expect(send()).rejects.toMatchObject({ code: 'upstream_throttled' });
    expect([requests.length, scope.record.metrics.get('Retries')]).toEqual([3, 2]);
    expect(scope.record.decisions).toContainEqual({
      control: 'bedrock-client',
      verdict: 'deny',
      reason: 'ThrottlingException',
      upstream: { attempts: 3 },
    });
  });

  test('never tries again what Bedrock has begun to answer', async () => {
    const { send, requests } = converse(() => ({ body: 'no object' as never }));
    await expect(send()).rejects.toMatchObject({ name: 'BulwarkError' });
    const cut = converse(() => ({
      frames: (async function* () {
        yield Buffer.from('{"output":');
        throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
      })(),
    }));
    await expect(cut.send()).rejects.toMatchObject({ name: 'BulwarkError' });
    expect([requests.length, cut.requests.length]).toEqual([1, 1]);
  });

  test('tries a stream again until it has begun', async () => {
    let asked = 0;
    const { client, input, scope, requests } = converse(() => {
      asked += 1;
      return asked < 3 ? throttled : { frames: [] };
    });
    const { stream } = await runInScope(scope, () => client.send(new ConverseStreamCommand(input)));
    const read = async () => {
      for await (const _ of stream ?? []);
    };
    await expect(read()).rejects.toMatchObject({ code: 'output_truncated' });
    expect(requests).toHaveLength(3);
  });

  test('in monitor mode leaves attempts to the SDK', async () => {
    const { send, requests, scope } = converse(() => failed, {}, { monitor: true });
    await expect(send()).rejects.toMatchObject({ name: 'InternalServerException' });
    expect([requests.length, scope.record.metrics.get('Retries')]).toEqual([3, undefined]);
  });
});

describe('a handler that aborts its call', () => {
  const aborted = async (rules: ClientRules, answer: Answering) => {
    const { client, input, requests, scope } = converse(answer, rules);
    const aborter = new AbortController();
    const sent = runInScope(scope, () => client.send(new ConverseCommand(input), { abortSignal: aborter.signal }));
    setTimeout(() => aborter.abort(), 20);
    await expect(sent).rejects.toMatchObject({ name: 'BulwarkError' });
    return { client, input, requests };
  };

  test('is heard while the next attempt is waited for', async () => {
    const startedAt = performance.now();
    const { requests } = await aborted({ retry: { baseMs: 60_000, maxWaitMs: 20_000 } }, () => throttled);
    expect(requests).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('with one signal for all its calls has no listener left of those that have ended', async () => {
    const { client, input, scope } = converse(() => converseReply([{ text: 'A pear.' }]));
    const { signal } = new AbortController();
    for (let call = 0; call < 3; call++)
      await runInScope(scope, () => client.send(new ConverseCommand(input), { abortSignal: signal }));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('keeps the model open for others', async () => {
    const rules: ClientRules = { retry: { breaker: { failures: 1, spanMs: 0 } } };
    const never = ({ signal }: { signal: AbortSignal | undefined }): Promise<WireAnswer> =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(sdkError('AbortError')));
      });
    let asked = 0;
    const { client, input } = await aborted(rules, (request) => {
      asked += 1;
      return asked === 1 ? never(request) : converseReply([{ text: 'A pear.' }]);
    });
    const other = runInScope(createScope({ requestId: 'other' }), () => client.send(new ConverseCommand(input)));
    await expect(other).resolves.toMatchObject({ stopReason: 'end_turn' });
  });
});

describe('a fallback', () => {
  const fallbacks = { m: ['a', 'b'] };
  const reply = converseReply([{ text: 'A pear.' }]);

  test('answers for a model that is throttled, once that was tried', async () => {
    const { send, models, scope } = converse(byModel({ b: reply }), { fallbacks, retry: { maxAttempts: 2 } });
    expect((await send()).output?.message?.content).toEqual([{ text: 'A pear.' }]);
    expect(models()).toEqual(['m', 'm', 'a', 'a', 'b']);
    expect(scope.record.metrics.get('ModelFallbacks')).toBe(1);
  });

  test('is asked at once while the breaker of its model is open', async () => {
    const rules = { fallbacks, retry: { maxAttempts: 1, breaker: { failures: 1, spanMs: 0 } } };
    const { send, models } = converse(byModel({ a: reply }), rules);
    await send();
    await send();
    expect(models()).toEqual(['m', 'a', 'a']);
  });

  test('gets nothing that may have been billed, and nothing that was refused for what it is', async () => {
    for (const answer of [failed, { status: 400, errorType: 'ValidationException', body: { message: 'x' } }]) {
      const { send, models } = converse(() => answer, { fallbacks, retry: { maxPaidRetries: 0 } });
      await expect(send()).rejects.toMatchObject({ code: 'upstream_unavailable' });
      expect(models()).toEqual(['m']);
    }
  });

  test('is not asked where an attempt before may have been billed', async () => {
    let asked = 0;
    const { send, models } = converse(
      () => {
        asked += 1;
        return asked === 1 ? failed : throttled;
      },
      { fallbacks, retry: { maxAttempts: 2 } },
    );
    await expect(send()).rejects.toMatchObject({ code: 'upstream_throttled' });
    expect(models()).toEqual(['m', 'm']);
  });

  test('gets no data that it may not have, and the failure of the first model is what the client is told', async () => {
    const classification = { allow: { default: 'public', models: { m: 'restricted', b: 'restricted' } } } as const;
    const email = ['ada', 'example.com'].join('@');
    const { client, input, scope, models } = converse(() => throttled, {
      fallbacks,
      classification,
      retry: { maxAttempts: 1 },
    });
    const command = new ConverseCommand({
      ...input,
      messages: [{ role: 'user', content: [{ text: `Mail ${email}` }] }],
    });
    await expect(runInScope(scope, () => client.send(command))).rejects.toMatchObject({ code: 'upstream_throttled' });
    expect(models()).toEqual(['m', 'b']);
  });

  test('must be a model that the rules admit', () => {
    const { client } = fakeBedrock();
    expect(() => guardClient(client, { models: ['m'], fallbacks: { m: ['other'] } })).toThrow(TypeError);
    expect(() => guardClient(client, { fallbacks: { m: 'other' } as never })).toThrow(TypeError);
    for (const rules of [
      { fallbacks: { m: ['m'] } },
      { retry: { attempts: 3 } as never },
      { retry: { maxAttempts: 11 } },
      { retry: { breaker: { openMs: 100, maxOpenMs: 99 } } },
    ])
      expect(() => guardClient(client, rules)).toThrow(TypeError);
  });
});
