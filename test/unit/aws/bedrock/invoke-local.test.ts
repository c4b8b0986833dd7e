import { InvokeModelCommand, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBedrockClient, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { type LocalBedrock, startLocalBedrock } from '../../../../local/bedrock/index.ts';
import { FAMILIES } from '../../../support/invoke-bodies.ts';

let bedrock: LocalBedrock;
beforeAll(async () => {
  bedrock = await startLocalBedrock();
});
afterAll(() => bedrock.close());

const config = () => ({
  region: 'eu-central-1',
  endpoint: bedrock.url,
  credentials: { ...bedrock.credentials, sessionToken: 'test' },
});

/** The local server reads and writes each family's bodies by itself: what one half gets wrong the other does not. */
describe.each(FAMILIES)('the local Bedrock and the guard agree about $name', ({ modelId, body, textIn }) => {
  const setUp = () => {
    const client = guardClient(createBedrockClient(config()), { maxTokens: 40 });
    return { client, scope: createScope({ requestId: 'r' }) };
  };
  const command = { modelId, body: JSON.stringify(body('What is a pear?', 'Be brief and kind, please.')) };

  test('in one piece', async () => {
    const { client, scope } = setUp();
    const reply = await runInScope(scope, () => client.send(new InvokeModelCommand(command)));
    expect(textIn(JSON.parse(reply.body.transformToString()) as never)).toBeTruthy();
    expect(scope.record.metrics.get('InputTokens')).toBeGreaterThan(0);
    expect(scope.record.metrics.get('OutputTokens')).toBe(bedrock.requests.at(-1)?.billed.outputTokens);
  });

  test('in chunks', async () => {
    const { client, scope } = setUp();
    const { body: parts = [] } = await runInScope(scope, () =>
      client.send(new InvokeModelWithResponseStreamCommand(command)),
    );
    let text = '';
    for await (const { chunk } of parts as never as AsyncIterable<{ chunk: { bytes: Uint8Array } }>)
      text += textIn(JSON.parse(Buffer.from(chunk.bytes).toString()) as never) ?? '';
    expect(text).not.toBe('');
    expect(scope.record.metrics.get('OutputTokens')).toBe(bedrock.requests.at(-1)?.billed.outputTokens);
  });
});
