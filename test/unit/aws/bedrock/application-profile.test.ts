/** A model that is called through an application inference profile counts as the one that the profile is a copy of. */

import { ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { admissionPriceOf } from '../../../../aws/bedrock/admission-price.ts';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { modelKeys } from '../../../../aws/bedrock/model-id.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import type { Cost } from '../../../../core/quota/index.ts';
import { definePolicy } from '../../../../middleware/index.ts';
import { converseReply, fakeBedrock } from '../../../support/bedrock.ts';

const ARN = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const COPIED = 'eu.anthropic.claude-sonnet-4-6'; // 3.3 and 16.5
const profiles = { [ARN]: COPIED };
const messages = [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }];
const usage = { inputTokens: 10, outputTokens: 4, totalTokens: 14 };

const setUp = (rules: ClientRules) => {
  const { client, requests } = fakeBedrock(() => converseReply([{ text: 'Fruit' }], { usage }));
  guardClient(client, { models: [ARN], maxTokens: 100, ...rules });
  const drawn: object[] = [];
  const settled: Cost[] = [];
  const scope = createScope({ requestId: 'r' });
  const draw = async (_: Cost, called: object) => {
    drawn.push(called);
    return { settle: (cost: Cost) => settled.push(cost), release: () => {} };
  };
  scope.allowance = { priced: true, draw } as never;
  const send = <T>(work: () => Promise<T>): Promise<T> => runInScope(scope, work);
  const converse = (modelId = ARN) => send(() => client.send(new ConverseCommand({ modelId, messages })));
  return { client, requests, scope, drawn, settled, send, converse };
};

describe('a call through an application inference profile', () => {
  test('is sent to the profile, and charged at the price of what it copies', async () => {
    const { converse, requests, settled } = setUp({ profiles });
    await converse();
    expect(decodeURIComponent(requests[0]?.path ?? '')).toContain(ARN);
    expect(settled).toEqual([{ tokens: 14, usdMicros: 99, quotaTokens: 30 }]);
  });

  test('draws on budgets of the model that it copies, and stands under its name in metrics', async () => {
    const { converse, drawn, scope } = setUp({ profiles });
    await converse();
    expect(drawn).toEqual([{ modelId: COPIED, region: 'eu-central-1' }]);
    expect([...scope.record.byModel.keys()]).toEqual([COPIED]);
  });

  test('has its tokens counted by the model, which a profile cannot be asked for', async () => {
    const { converse, requests } = setUp({ profiles, countTokensAbove: 0 });
    await converse();
    expect(requests.map(({ path }) => decodeURIComponent(path).replace(ARN, 'ARN'))).toEqual([
      '/model/anthropic.claude-sonnet-4-6/count-tokens',
      '/model/ARN/converse',
    ]);
  });

  test('has no price where nobody says what it copies', async () => {
    const { converse, requests } = setUp({});
    await expect(converse()).rejects.toMatchObject({ code: 'model_unpriced' });
    expect(requests).toHaveLength(0);
  });

  test('opens no way to the model past the profile', async () => {
    await expect(setUp({ profiles }).converse(COPIED)).rejects.toMatchObject({ code: 'model_not_allowed' });
  });

  test('has the bodies of its own family only', async () => {
    const { client, send } = setUp({ profiles });
    const body = JSON.stringify({ prompt: '<s>[INST] What is a pear? [/INST]', max_tokens: 10 });
    const call = send(() => client.send(new InvokeModelCommand({ modelId: ARN, body })));
    await expect(call).rejects.toMatchObject({ code: 'content_not_allowed' });
  });

  test('is processed where what it copies is', async () => {
    const classification = { allow: { default: 'public', regions: { eu: 'restricted' } } } as const;
    const card = ['4111 1111', ' 1111 1111'].join('');
    const ask = (rules: ClientRules) => {
      const { client, send } = setUp({ classification, ...rules });
      const content = [{ text: card }];
      return send(() => client.send(new ConverseCommand({ modelId: ARN, messages: [{ role: 'user', content }] })));
    };
    await expect(ask({ profiles })).resolves.toBeDefined();
    await expect(ask({ profiles: { [ARN]: 'global.anthropic.claude-sonnet-4-6' } })).rejects.toMatchObject({
      code: 'data_not_allowed',
    });
  });
});

test('a request is priced before it is known that it calls a profile', () => {
  const tokens = { inputTokens: 10, outputTokens: 4 };
  expect(admissionPriceOf({ models: [ARN], profiles }, 'eu-central-1')?.(tokens)).toBe(99);
  expect(admissionPriceOf({ models: [ARN] }, 'eu-central-1')).toBeUndefined();
});

test('a price of its own goes before that of what it copies', () => {
  expect(modelKeys(ARN, profiles)).toEqual([ARN, COPIED, 'anthropic.claude-sonnet-4-6']);
});

test.each([
  ['a model', { 'eu.amazon.nova-lite-v1:0': 'amazon.nova-micro-v1:0' }],
  ['a profile of the system', { [ARN.replace('application-', '')]: COPIED }],
  ['a profile that is a copy of another', { [ARN]: `${ARN}0` }],
  ['a profile that is a copy of nothing', { [ARN]: '' }],
  ['no object', [ARN]],
])('a policy may not take %s for a profile of the application', (_, given) => {
  expect(() => definePolicy({ model: { profiles: given as never } })).toThrow(/^policy\.model: profiles must be/);
});
