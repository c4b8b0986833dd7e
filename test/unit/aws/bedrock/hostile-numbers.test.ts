import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { assertReadable } from '../../../../aws/bedrock/hostile-numbers.ts';
import { guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { fakeBedrock } from '../../../support/bedrock.ts';

const read = (json: string) => () => assertReadable(Buffer.from(json));
const blocked = expect.objectContaining({ code: 'output_blocked', reason: 'number' });

describe('a number of a reply', () => {
  test.each([
    '{"n":1e400000000}',
    '{"n":1E+4000}',
    '[1.5e0009999]',
    `{"n":${'9'.repeat(5000)}}`,
    '{"a":"\\"","n":1e9999}',
    '{"n":1e-9999}',
    '{"n":-1.5e-00099999}',
    `[${'1e-308,'.repeat(1000)}1]`,
  ])('that takes for ever to be read ends the reply: %s', (json) => {
    expect(read(json)).toThrow(blocked);
  });

  test.each([
    '{"n":1e308}',
    '{"n":-1.5E-9}',
    '{"text":"1e400000000"}',
    '{"text":"a \\"1e9999\\" b"}',
    `{"id":"${'9'.repeat(5000)}"}`,
    `[${'1e-9,1.7976931348623157e308,'.repeat(20)}1]`,
  ])('that is none, or is read at once, passes: %s', (json) => {
    expect(read(json)).not.toThrow();
  });

  test('does not hold up the function', async () => {
    const { client } = fakeBedrock();
    const reply = `{"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"f","input":{"n":1e40000000}}}]}},"stopReason":"tool_use"}`;
    client.config.requestHandler = {
      ...client.config.requestHandler,
      handle: async () => ({
        response: { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(reply) },
      }),
    } as never;
    guardClient(client);
    const toolConfig = { tools: [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }] };
    const command = new ConverseCommand({
      modelId: 'm',
      messages: [{ role: 'user', content: [{ text: 'x' }] }],
      toolConfig,
    });
    await expect(runInScope(createScope({ requestId: 'r' }), () => client.send(command))).rejects.toEqual(blocked);
  });
});
