import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from 'vitest';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { fakeBedrock } from '../../../support/bedrock.ts';

const token = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_');
const system = [{ text: 'You deploy things.' }, { text: `Clone with ${token}.` }];
const input = { modelId: 'm', system, messages: [{ role: 'user' as const, content: [{ text: 'Hi' }] }] };

const call = async (
  rules: ClientRules = {},
  { monitor = false, command = new ConverseCommand(input) as never } = {},
) => {
  const { client, requests } = fakeBedrock();
  guardClient(client, rules);
  const scope = createScope({ requestId: 'r', monitor });
  const error = await runInScope(scope, () => client.send(command)).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, sent: requests.length, decisions: scope.record.decisions };
};

test('a call whose system prompt holds a secret is refused before it is sent', async () => {
  for (const command of [new ConverseCommand(input), new ConverseStreamCommand(input)]) {
    const { error, sent, decisions } = await call({}, { command: command as never });
    expect(error).toMatchObject({ code: 'internal', reason: 'system-prompt-secret' });
    expect(sent).toBe(0);
    expect(decisions).toEqual([
      {
        control: 'bedrock-client',
        verdict: 'deny',
        code: 'internal',
        reason: 'system-prompt-secret',
        rules: [{ rule: 'github-pat', score: 1 }],
      },
    ]);
    expect(JSON.stringify([error, decisions])).not.toContain(token);
  }
});

test('it goes on where the rules flag it, or in monitor mode, and is in the record', async () => {
  const flagged = await call({ systemPromptSecrets: 'flag' });
  expect(flagged).toMatchObject({ error: undefined, sent: 1 });
  expect(flagged.decisions).toMatchObject([{ verdict: 'flag', rules: [{ rule: 'github-pat' }] }]);
  const watched = await call({}, { monitor: true });
  expect(watched).toMatchObject({ error: undefined, sent: 1 });
  expect(watched.decisions).toMatchObject([{ verdict: 'deny', reason: 'system-prompt-secret' }]);
});

test('a clean prompt passes', async () => {
  const clean = new ConverseCommand({ ...input, system: [{ text: 'You deploy things.' }] });
  expect(await call({}, { command: clean as never })).toMatchObject({ error: undefined, sent: 1, decisions: [] });
});

test('an unknown mode is refused at cold start', () => {
  const { client } = fakeBedrock();
  expect(() => guardClient(client, { systemPromptSecrets: 'ignore' as never })).toThrow(TypeError);
});
