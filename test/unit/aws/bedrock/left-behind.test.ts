/** Handlers that do not wait for their calls. */

import { setImmediate as turn } from 'node:timers/promises';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryQuotaLedger } from '../../../../core/quota/index.ts';
import { type GuardedContext, guardClient, guardHandler } from '../../../../middleware/index.ts';
import { fakeBedrock } from '../../../support/bedrock.ts';
import { chatBody, lambdaContext, restEvent } from '../../../support/events.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';

let unheard: unknown[] = [];
const note = (error: unknown): void => void unheard.push(error);
beforeEach(() => {
  unheard = [];
  process.on('unhandledRejection', note);
});
afterEach(() => void process.off('unhandledRejection', note));

const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 }] as const;
const command = () =>
  new ConverseCommand({ modelId: 'amazon.nova-lite-v1:0', messages: [{ role: 'user', content: [{ text: 'Hello' }] }] });

const slow = () =>
  fakeBedrock(async ({ signal }) => {
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    return {};
  });

const invoked = async (handler: (event: unknown, context: GuardedContext) => Promise<object>, services: object) => {
  const guarded = guardHandler(
    handler,
    { quota: { budgets } },
    { ledger: createMemoryQuotaLedger({ budgets }), telemetry: recordTelemetry(), ...services },
  );
  const answer = await guarded(restEvent({ body: chatBody('Hello'), claims: { sub: 'ada' } }), lambdaContext());
  for (let turns = 0; turns < 10; turns++) await turn();
  return answer;
};

test('a call that is left behind before it is made, or on its way, ends no process', async () => {
  const { client } = slow();
  const leave = (sending: (context: GuardedContext) => unknown) =>
    invoked(
      async (_, context) => {
        sending(context);
        return { statusCode: 204 };
      },
      { bedrock: client },
    );
  await leave(({ bedrock }) => void bedrock.send(command()));
  await leave(() => void guardClient(client).send(command()));
  await invoked(
    async (_, { bedrock }) => {
      void bedrock.send(command());
      for (let turns = 0; turns < 10; turns++) await turn();
      return { statusCode: 204 };
    },
    { bedrock: client },
  );
  expect(unheard).toEqual([]);
});

test('whoever waits for a call is told of its failure', async () => {
  const { client } = fakeBedrock(() => ({ status: 400, errorType: 'ValidationException', body: { message: '' } }));
  const told = invoked((_, { bedrock }) => bedrock.send(command()), { bedrock: client });
  expect(await told).toMatchObject({ statusCode: 502 });
  expect(unheard).toEqual([]);
});
