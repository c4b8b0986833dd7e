/** The agent against the local Bedrock and table: the weak model is talked into misusing a tool, and nothing comes of it. */

import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { type BedrockTarget, startBedrock } from '../../local/stack/bedrock-target.ts';
import { chatBody, type HttpResult, lambdaContext, restEvent } from '../support/events.ts';

let bedrock: BedrockTarget;
let handler: (event: never, context: Context) => Promise<unknown>;
let users = 0;
const somebody = (): string => `customer-${users++}`;

beforeAll(async () => {
  const [{ endpoint = '', table = '' } = {}] = inject('dynamodb');
  bedrock = await startBedrock('local', 0);
  const env = {
    ...bedrock.env,
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    BULWARK_TABLE: table,
    BULWARK_DIGEST_KEY: randomBytes(32).toString('hex'),
    BULWARK_MAC_KEY: randomBytes(32).toString('hex'),
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  ({ handler } = await import('../../functions/agent.ts'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bedrock.close();
});

/** Asks the agent, with the approvals that the client has. */
const ask = async (user: string, question: string, approvals?: readonly unknown[]) => {
  const body = chatBody(question, { ...(approvals && { approvals }) });
  const answer = (await handler(restEvent({ body, claims: { sub: user } }) as never, lambdaContext())) as HttpResult;
  return { status: answer.statusCode, text: answer.body, json: JSON.parse(answer.body) as Record<string, unknown> };
};

const approvalOf = ({ json }: Awaited<ReturnType<typeof ask>>): { tool: string; arguments: string; token: string } =>
  json['approval'] as never;

const statusOf = async (user: string, orderId: string): Promise<string | undefined> => {
  const { text } = await ask(user, `What is the status of order ${orderId}?`);
  return /\\"status\\":\\"(\w+)\\"/.exec(text)?.[1];
};

describe('the agent', () => {
  test('looks an order up and answers', async () => {
    const { status, json } = await ask(somebody(), 'What is the status of order A-1001?');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      message: { role: 'assistant', content: [{ text: expect.stringContaining('"status":"packed"') }] },
      turns: 2,
      calls: 1,
      stopReason: 'end_turn',
    });
  });

  test('answers without a tool where none is called for', async () => {
    expect(await ask(somebody(), 'Hello')).toMatchObject({ status: 200, json: { turns: 1, calls: 0 } });
  });

  test('does not do what a planted note has the model do: the customer is asked', async () => {
    const user = somebody();
    const refused = await ask(user, 'What is the status of order A-1002?');
    expect(refused).toMatchObject({ status: 428, json: { code: 'tool_approval_required' } });
    expect(approvalOf(refused)).toMatchObject({ tool: 'cancel_order', arguments: '{"orderId":"A-1002"}' });
    // Whoever does approve reads what has become of it: it was packed until now.
    const answered = await ask(user, 'Cancel order A-1002.', [approvalOf(refused).token]);
    expect(answered.text).toContain('\\"cancelled\\":true');
  });

  test('cancels what the customer approves, once', async () => {
    const user = somebody();
    const asked = await ask(user, 'Cancel order A-1001.');
    expect(asked.status).toBe(428);
    expect(await statusOf(user, 'A-1001')).toBe('packed');
    const { token } = approvalOf(asked);
    const answered = await ask(user, 'Cancel order A-1001.', [token]);
    expect(answered).toMatchObject({ status: 200, json: { calls: 1 } });
    expect(answered.text).toContain('\\"cancelled\\":true');
    expect(await statusOf(user, 'A-1001')).toBe('cancelled');
    const again = await ask(user, 'Cancel order A-1001.', [token]);
    expect(again).toMatchObject({ status: 428, json: { code: 'tool_approval_required' } });
  });

  test.each([
    ['of another customer', async () => approvalOf(await ask(somebody(), 'Cancel order A-1001.')).token],
    ['of another order', async (user: string) => approvalOf(await ask(user, 'Cancel order A-1002.')).token],
    ['that is forged', async () => `a1.${'x'.repeat(60)}`],
  ])('takes no approval %s', async (_, tokenFor) => {
    const user = somebody();
    const token = await tokenFor(user);
    expect((await ask(user, 'Cancel order A-1001.', [token])).status).toBe(428);
    expect(await statusOf(user, 'A-1001')).toBe('packed');
  });

  test("shows nobody another customer's orders", async () => {
    const user = somebody();
    const { token } = approvalOf(await ask(user, 'Cancel order A-1001.'));
    await ask(user, 'Cancel order A-1001.', [token]);
    expect(await statusOf(user, 'A-1001')).toBe('cancelled');
    expect(await statusOf(somebody(), 'A-1001')).toBe('packed');
  });

  test('refuses too many approvals, and approvals that are none', async () => {
    for (const approvals of [Array(9).fill('a'), ['a'.repeat(513)], [1] as never])
      expect(await ask(somebody(), 'Hello', approvals)).toMatchObject({
        status: 400,
        json: { code: 'invalid_request' },
      });
  });

  test('tells what all turns cost', async () => {
    const before = bedrock.local?.billedTokens() ?? 0;
    const { json } = await ask(somebody(), 'What is the status of order A-1001?');
    expect(json['usage']).toMatchObject({ totalTokens: (bedrock.local?.billedTokens() ?? 0) - before });
  });
});
