/** The service's chat: its own handler and policy, over a ledger and a model in this process. */

import type { Context } from 'aws-lambda';
import type { Budget } from '../../../core/quota/index.ts';
import type { ItemStore } from '../../../core/quota/ledger/item-store.ts';
import { createQuotaLedger } from '../../../core/quota/ledger/ledger.ts';
import { createMemoryStore } from '../../../core/quota/ledger/memory-store.ts';
import { chatWith } from '../../../functions/chat.ts';
import { chatOf } from '../../../functions/service/policy.ts';
import { literalSecrets } from '../../../functions/service/settings.ts';
import { definePolicy, guardHandler } from '../../../middleware/index.ts';
import { createModelClient, type ModelClientOptions } from './model-wire.ts';
import type { PlatformCount } from './segment.ts';

/** Options of {@link createGuardedChat}. */
export interface GuardedChatOptions extends ModelClientOptions {
  /** Keeps accounts; the same one outlives a deployment. */
  readonly store: ItemStore;
  /** Budgets beside the service's own. */
  readonly budgets: readonly Budget[];
}

/** Time that an invocation has, in milliseconds, as `provider.timeout` says. */
const TIMEOUT_MS = 29_000;

const MOST_ITEMS = 100_000;

let invocations = 0;

const contextNow = (): Context => {
  const began = Date.now();
  invocations += 1;
  return {
    awsRequestId: `00000000-0000-4000-8000-${String(invocations).padStart(12, '0')}`,
    getRemainingTimeInMillis: () => TIMEOUT_MS - (Date.now() - began),
  } as Context;
};

/** A store in memory that counts what DynamoDB would charge for it: items are below a kilobyte, and reads consistent. */
export const createCountedStore = (count: (metric: PlatformCount['metric']) => void): ItemStore => {
  const store = createMemoryStore(MOST_ITEMS, Date.now);
  return {
    ...store,
    write(key, update) {
      count('AWS/DynamoDB ConsumedWriteCapacityUnits');
      return store.write(key, update);
    },
    read(key) {
      count('AWS/DynamoDB ConsumedReadCapacityUnits');
      return store.read(key);
    },
  };
};

/** The handler, as a cold start makes it. The canary is on: the drill's leak campaign is there to find it. */
export const createGuardedChat = (options: GuardedChatOptions): ((event: object) => Promise<unknown>) => {
  const chat = chatOf(literalSecrets());
  const budgets = [...(chat.policy.quota?.budgets ?? []), ...options.budgets];
  const policy = definePolicy({
    ...chat.policy,
    quota: { ...chat.policy.quota, budgets },
    model: { ...chat.policy.model, canary: true },
  });
  const ledger = createQuotaLedger({
    store: options.store,
    budgets,
    keyOf: ({ kind, id }) => `${kind}#${id}`,
    skewMs: 0, // one clock
    keepMs: 0,
  });
  const handler = guardHandler(chatWith(chat) as never, policy, { bedrock: createModelClient(options), ledger });
  return (event) => (handler as unknown as (event: object, context: Context) => Promise<unknown>)(event, contextNow());
};
