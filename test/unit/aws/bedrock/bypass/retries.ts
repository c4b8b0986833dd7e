/** Calls that fail: how often they are made again, and where. */

import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { ClientRules } from '../../../../../aws/bedrock/index.ts';
import { type Answering, converseReply, fakeBedrock } from '../../../../support/bedrock.ts';
import { type Money, withBudget } from './budgets.ts';
import { bare, client, converse, type Probe, refusal, scope, turn } from './probe.ts';

const probe = (name: string, attempt: Probe['attempt']): Probe => ({ name, attempt });

const failing =
  (status: number, errorType: string): Answering =>
  () => ({ status, errorType, body: { message: 'x' } });

/** How often a call that fails is sent. */
const attempts = (name: string, answer: Answering, most: number, rules: ClientRules, money?: Money): Probe =>
  probe(name, async (guard) => {
    const { client: plain, requests } = fakeBedrock(answer, {
      maxAttempts: 4,
      retryStrategy: new ConfiguredRetryStrategy(4, 1),
    });
    const bedrock = guard(plain, { screen: false, redactor: false, maxTokens: 100, ...rules });
    const within = money === undefined ? scope() : await withBudget(money);
    await converse(bedrock, {}, within).catch(() => {});
    return requests.length > most ? 'through' : 'held';
  });

const quick = { baseMs: 1, maxWaitMs: 1 };

/** By what fails. */
export const RETRIES: readonly Probe[] = [
  attempts('a call that is made more often than the rules have it', failing(429, 'ThrottlingException'), 2, {
    retry: { ...quick, maxAttempts: 2 },
  }),
  attempts(
    'a call that may have been billed, and is made again and again',
    failing(500, 'InternalServerException'),
    2,
    { retry: { ...quick, maxAttempts: 4 } },
  ),
  attempts(
    'a second attempt that nobody pays',
    failing(500, 'InternalServerException'),
    1,
    { retry: { ...quick, maxAttempts: 4 } },
    { tokens: 200 },
  ),
  probe('a model that keeps failing', async (guard) => {
    const rules = { retry: { ...quick, maxAttempts: 1, breaker: { failures: 1, spanMs: 0 } } };
    const { bedrock, requests } = client(guard, rules, failing(429, 'ThrottlingException'));
    await converse(bedrock, {}).catch(() => {});
    const within = scope();
    await converse(bedrock, {}, within).catch(() => {});
    // Nothing is read or held for it.
    return requests.length > 1 || within.record.metrics.has('ModelCalls') ? 'through' : 'held';
  }),
  probe('a fallback that keeps failing', async (guard) => {
    const rules = { retry: { ...quick, maxAttempts: 1, breaker: { failures: 1, spanMs: 0 } }, fallbacks: { m: ['n'] } };
    const { bedrock, requests } = client(guard, rules, failing(429, 'ThrottlingException'));
    const both = async (within = scope()): Promise<void> => {
      await converse(bedrock, {}, within).catch(() => converse(bedrock, { modelId: 'n' }, within).catch(() => {}));
    };
    await both();
    const within = scope();
    await both(within);
    return requests.length > 2 || within.record.metrics.has('ModelCalls') ? 'through' : 'held';
  }),
  ...[
    [
      'a fallback that may not have the data',
      { classification: { allow: { default: 'public', models: { m: 'restricted' } } } },
    ],
  ].map(([name, rules]) =>
    probe(name as string, async (guard) => {
      const all = { retry: { ...quick, maxAttempts: 1 }, fallbacks: { m: ['n'] }, ...(rules as object) } as ClientRules;
      const { bedrock, requests } = client(guard, all, ({ path }) =>
        path.includes('/m/')
          ? { status: 429, errorType: 'ThrottlingException', body: {} }
          : converseReply([{ text: 'x' }]),
      );
      const input = { messages: [turn(`Mail ${['ada', 'example.com'].join('@')}.`)] };
      const work = (): Promise<unknown> =>
        converse(bedrock, input).catch((error) => {
          if (guard === bare) return converse(bedrock, { ...input, modelId: 'n' });
          throw error;
        });
      const outcome = await refusal(work, 'upstream_throttled');
      return requests.some(({ path }) => path.includes('/n/')) ? 'through' : outcome;
    }),
  ),
];
