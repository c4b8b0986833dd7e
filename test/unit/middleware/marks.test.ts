import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { definePolicy, type GuardedContext, guardHandler, type Policy } from '../../../middleware/index.ts';
import { converseReply, fakeBedrock } from '../../support/bedrock.ts';
import { chatBody, lambdaContext, problemOf, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const keys = { digest: 'd'.repeat(32), mac: 'm'.repeat(32) };

/** Asks a guarded handler, and returns what was sent to the model. */
const ask = async (policy: Policy, tenant: string, reply = (_system: string) => 'Fine.') => {
  const telemetry = recordTelemetry();
  const { client, requests } = fakeBedrock(({ body }) =>
    converseReply([{ text: reply(JSON.stringify(body['system'])) }]),
  );
  const handler = guardHandler(
    async (_event: unknown, { bedrock }: GuardedContext) => {
      const { output } = await bedrock.send(
        new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'What is a pear?' }] }] }),
      );
      return { statusCode: 200, body: JSON.stringify(output) };
    },
    { caller: { tenantClaim: 'tenant' }, model: { spotlight: 'datamark', canary: true }, ...policy },
    { bedrock: client, telemetry },
  );
  const event = restEvent({ body: chatBody('What is a pear?'), claims: { sub: 'ada', tenant } });
  const result = await handler(event, lambdaContext());
  return { result, system: JSON.stringify(requests[0]?.body['system']), telemetry };
};

describe('marks of a guarded handler', () => {
  test('derive from the keys of the policy and from the tenant, and from nothing else', async () => {
    const { system } = await ask({ keys }, 'acme');
    expect(system).toContain('stands before the words');
    expect((await ask({ keys }, 'acme')).system).toBe(system);
    expect((await ask({ keys }, 'other')).system).not.toBe(system);
    expect((await ask({ keys: { ...keys, mac: 'n'.repeat(32) } }, 'acme')).system).not.toBe(system);
    expect((await ask({}, 'acme')).system).not.toBe((await ask({}, 'acme')).system);
  });

  test('a canary that leaves is refused, counted and in the record, and the word is in none of it', async () => {
    const { result, system, telemetry } = await ask({ keys }, 'acme', (said) => said);
    const word = /its word ([a-z]{16})/.exec(system)?.[1] ?? '';
    expect(word).toHaveLength(16);
    expect(problemOf(result)).toEqual({ status: 502, code: 'output_blocked' });
    expect(telemetry.published[0]?.metrics).toMatchObject({ CanariesLeaked: 1, OutputsBlocked: 1 });
    expect(telemetry.published[0]?.decisions).toMatchObject([{ control: 'bedrock-client', reason: 'canary' }]);
    expect(JSON.stringify([result, telemetry.lines, telemetry.published])).not.toContain(word);
  });

  test('are off where the policy does not ask for them, and the cold start says so', async () => {
    const { system, telemetry } = await ask({ keys, model: {} }, 'acme');
    expect(system).toBeUndefined();
    expect(telemetry.lines[0]?.fields).toMatchObject({ controls: { spotlight: 'off', canary: 'off' } });
    const marked = await ask({ keys }, 'acme');
    expect(marked.telemetry.lines[0]?.fields).toMatchObject({ controls: { spotlight: 'datamark', canary: 'on' } });
  });
});

test.each([
  { spotlight: 'encode' },
  { spotlight: true },
  { canary: 'yes' },
  { markerEpochHours: 0 },
  { markerEpochHours: 1.5 },
])('a policy of %o is refused', (model) => {
  expect(() => definePolicy({ model: model as never })).toThrow(TypeError);
});
