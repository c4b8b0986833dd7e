/** Approvals through a whole guarded handler: what a client reads, what it sends back, where they are used up. */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../../core/policy.ts';
import { createMemoryQuotaLedger, type Lease, type QuotaLedger } from '../../../../core/quota/index.ts';
import { type GuardedContext, guardHandler } from '../../../../middleware/index.ts';
import { fakeBedrock } from '../../../support/bedrock.ts';
import { type HttpResult, lambdaContext, restEvent } from '../../../support/events.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';
import { specs, wholeReply } from '../../../support/tool-calls.ts';

const claims = { sub: 'ada' };
const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 }] as const;
const policy: Policy = {
  caller: { require: 'user' },
  body: { schema: v.object({ approvals: v.optional(v.array(v.string())) }) },
  model: { models: ['m'], tools: { pay: {} } },
  keys: { digest: 'd'.repeat(32), mac: 'm'.repeat(32) },
};

interface Body {
  readonly approvals?: readonly string[];
}

const serve = (ledger?: QuotaLedger) => {
  const telemetry = recordTelemetry();
  const { client } = fakeBedrock(() => wholeReply([{ name: 'pay', input: { to: 'Quincy', amount: 4711 } }]));
  const guarded = guardHandler(
    async ({ body }: { body: Body }, { bedrock }: GuardedContext) => {
      bedrock.approve(body.approvals ?? []);
      const reply = await bedrock.send(
        new ConverseCommand({
          modelId: 'm',
          messages: [{ role: 'user', content: [{ text: 'Pay.' }] }],
          toolConfig: specs('pay'),
        }),
      );
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(reply.stopReason),
      };
    },
    { ...policy, ...(ledger && { quota: { budgets } }) },
    { bedrock: client, telemetry, ...(ledger && { ledger }) },
  );
  const ask = async (approvals?: readonly string[], caller = claims) => {
    const event = restEvent({ body: { ...(approvals && { approvals }) }, claims: caller });
    const { statusCode, body } = (await guarded(event as never, lambdaContext())) as unknown as HttpResult;
    return { statusCode, body: JSON.parse(body) };
  };
  return { ask, telemetry };
};

describe.each([true, false])('a guarded handler (with a ledger: %s)', (hasLedger) => {
  const ledgerOf = () => (hasLedger ? createMemoryQuotaLedger({ budgets }) : undefined);

  test('asks its client for an approval, and takes it once', async () => {
    const { ask, telemetry } = serve(ledgerOf());
    const first = await ask();
    expect(first).toMatchObject({
      statusCode: 428,
      body: {
        code: 'tool_approval_required',
        approval: { tool: 'pay', arguments: '{"amount":4711,"to":"Quincy"}', expiresAt: expect.any(String) },
      },
    });
    const { token } = first.body.approval;
    expect(await ask([token], { sub: 'mallory' })).toMatchObject({ statusCode: 428 });
    expect(await ask([token])).toMatchObject({ statusCode: 200 });
    expect(await ask([token])).toMatchObject({ statusCode: 428 });
    expect(JSON.stringify(telemetry)).not.toMatch(/Quincy|4711/);
  });
});

test('an approval is used up for all processes that share a ledger, and holds nothing of a budget', async () => {
  const consumed: Lease['consume'][] = [];
  const memory = createMemoryQuotaLedger({ budgets });
  const ledger: QuotaLedger = {
    ...memory,
    reserve: (principals, cost, lease) => {
      if (lease.consume !== undefined) consumed.push(lease.consume);
      return memory.reserve(principals, cost, lease);
    },
  };
  const { body } = await serve(ledger).ask();
  const before = (await memory.usage({ kind: 'user', id: 'ada' }))[0]?.used ?? 0;
  expect(await serve(ledger).ask([body.approval.token])).toMatchObject({ statusCode: 200 });
  expect(await serve(ledger).ask([body.approval.token])).toMatchObject({ statusCode: 428 });
  expect(consumed).toHaveLength(2);
  expect((await memory.usage({ kind: 'user', id: 'ada' }))[0]?.used).toBe(3 * before);
});

test('an approval cannot be used up without its ledger', async () => {
  const memory = createMemoryQuotaLedger({ budgets });
  const { body } = await serve(memory).ask();
  const failing: QuotaLedger = {
    ...memory,
    reserve: (principals, cost, lease) =>
      lease.consume === undefined ? memory.reserve(principals, cost, lease) : Promise.reject(new Error('away')),
  };
  expect(await serve(failing).ask([body.approval.token])).toMatchObject({
    statusCode: 503,
    body: { code: 'control_unavailable' },
  });
});
