/** What of a reply never reaches the handler: what nobody cleans. */

import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import {
  type Answering,
  converseReply,
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
} from '../../../support/bedrock.ts';

const email = ['ada', 'example.com'].join('@');
const input = { modelId: 'm', messages: [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }] };

const setUp = (answer: Answering) => {
  const { client } = fakeBedrock(answer);
  guardClient(client);
  const scope = createScope({ requestId: 'r' });
  const converse = () => runInScope(scope, () => client.send(new ConverseCommand(input)));
  const stream = async () => {
    const { stream: events } = await runInScope(scope, () => client.send(new ConverseStreamCommand(input)));
    const seen: unknown[] = [];
    for await (const event of events ?? []) seen.push(event);
    return seen;
  };
  return { converse, stream, scope };
};

const blocked = expect.objectContaining({ code: 'output_blocked', reason: 'block' });

describe('a reply', () => {
  test.each([
    ['citations', { citationsContent: { content: [{ text: email }], citations: [] } }],
    ['an image', { image: { format: 'png', source: { bytes: 'AAAA' } } }],
    ['the result of a tool that Bedrock called', { toolResult: { toolUseId: 't', content: [{ text: email }] } }],
  ])('with %s is withheld: nobody cleans it', async (_, block) => {
    await expect(setUp(() => converseReply([block])).converse()).rejects.toEqual(blocked);
  });

  test.each<[string, StreamedEvent]>([
    ['a citation', ['contentBlockDelta', { contentBlockIndex: 0, delta: { citation: { title: email } } }]],
    ['an image', ['contentBlockStart', { contentBlockIndex: 0, start: { image: { format: 'png' } } }]],
    ['a result', ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolResult: [{ text: email }] } }]],
  ])('in a stream with %s ends there', async (_, event) => {
    const { stream } = setUp(() => streamedReply([['messageStart', { role: 'assistant' }], event]));
    await expect(stream()).rejects.toEqual(blocked);
  });

  test('has no trace and no fields of the model’s own: they quote what was taken out', async () => {
    const more = { trace: { guardrail: { modelOutput: [email] } }, additionalModelResponseFields: { text: email } };
    const { converse } = setUp(() => converseReply([{ text: 'A pear.' }], more));
    const reply = await converse();
    expect(JSON.stringify(reply)).not.toContain(email);
    expect(reply.output?.message?.content).toEqual([{ text: 'A pear.' }]);
  });

  test('has neither in a stream', async () => {
    const { stream } = setUp(() =>
      streamedReply([
        ['messageStart', { role: 'assistant' }],
        ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'A pear.' } }],
        ['contentBlockStop', { contentBlockIndex: 0 }],
        ['messageStop', { stopReason: 'end_turn', additionalModelResponseFields: { text: email } }],
        [
          'metadata',
          {
            usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
            metrics: { latencyMs: 1 },
            trace: { guardrail: { modelOutput: [email] } },
          },
        ],
      ]),
    );
    expect(JSON.stringify(await stream())).not.toContain(email);
  });
});
