/** A budget for twenty holds for two hundred at once: through the gateway, the functions, DynamoDB and Bedrock's wire. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenBound } from '../../core/quota/index.ts';
import { type Stack, startStack } from '../../local/stack/index.ts';
import { LOCAL_SYSTEM_PROMPT } from '../../local/stack/private-data.ts';
import { send } from '../support/chat-client.ts';
import { chatBody } from '../support/events.ts';

const MAX_TOKENS = 100;
const body = chatBody('Write 500 words about pears.', { maxTokens: MAX_TOKENS });
const oneCosts = tokenBound(body) + tokenBound({ system: [{ text: LOCAL_SYSTEM_PROMPT }] }) + MAX_TOKENS;
const CROWD = 200;
const FITTING = 20;

interface Usage {
  readonly budget: string;
  readonly used: number;
  readonly limit: number;
}

describe('a budget for twenty requests', () => {
  let stack: Stack;
  beforeAll(async () => {
    const budgets = [{ name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: FITTING * oneCosts }];
    stack = await startStack({ env: { BULWARK_BUDGETS: JSON.stringify(budgets) } });
    // A process that has answered nothing yet is busy for longer than a crowd waits for the table.
    for (let request = 0; request < 3; request++) await send(stack, body, { user: 'early' });
  });
  afterAll(() => stack.close());

  const usedBy = async (user: string): Promise<number> => {
    const { json } = await send(stack, undefined, { user, path: '/v1/usage', method: 'GET' });
    return (json['budgets'] as readonly Usage[])[0]?.used ?? Number.NaN;
  };

  test('answers exactly twenty of two hundred while the model is held back', async () => {
    const hold = stack.bedrock.local?.hold();
    let refused = 0;
    const sent = Array.from({ length: CROWD }, () =>
      send(stack, body, { user: 'held' }).then((answer) => {
        refused += answer.status === 200 ? 0 : 1;
        return answer;
      }),
    );
    while ((hold?.waiting() ?? 0) + refused < CROWD) await sleep(10);
    expect(hold?.waiting()).toBe(FITTING);
    hold?.release();
    const answers = await Promise.all(sent);
    const statuses = answers.map(({ status }) => status);
    const denied = answers.filter(({ status }) => status !== 200);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(denied).toHaveLength(CROWD - FITTING);
    for (const { headers, json } of denied) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(json).toMatchObject({ code: 'quota_exceeded' });
    }
  });

  test('is never passed at any instant, and ends at the sum of what was reported', async () => {
    const limit = FITTING * oneCosts;
    let reported = 0;
    let running = true;
    let most = 0;
    const watching = (async () => {
      while (running) {
        most = Math.max(most, await usedBy('free'));
        await sleep(5);
      }
    })();
    await Promise.all(
      Array.from({ length: CROWD }, async () => {
        const { status, json } = await send(stack, body, { user: 'free' });
        if (status !== 200) return;
        reported += (json['usage'] as { totalTokens: number }).totalTokens;
        expect(reported).toBeLessThanOrEqual(limit);
      }),
    );
    running = false;
    await watching;
    expect(most).toBeLessThanOrEqual(limit);
    expect(reported).toBeGreaterThan(0);
    expect(await usedBy('free')).toBe(reported);
  });
});
