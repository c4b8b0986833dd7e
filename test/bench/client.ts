/**
 * `npm run bench -- client`: what the guarded client costs a call beside the bare one, without scanning and with it, on
 * loopback and on a wire that answers at once. Ratios within one run; no time passes or fails.
 */

import { BedrockRuntimeClient, ConverseCommand, type ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { type ClientRules, guardClient } from '../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../aws/invocation-scope.ts';
import { startLocalBedrock } from '../../local/bedrock/index.ts';
import { converseReply, fakeBedrock } from '../support/bedrock.ts';

const ROUNDS = 40;
const CALLS = 50;

/** Everything that reads text switched off. */
const UNSCANNED: ClientRules = {
  screen: false,
  redactor: false,
  content: false,
  exfiltration: false,
  protectSystemPrompt: false,
  systemPromptSecrets: 'flag',
};

const input = {
  modelId: 'amazon.nova-lite-v1:0',
  system: [{ text: 'You are Orchard, the assistant of the pear farm.' }],
  messages: [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }],
  inferenceConfig: { maxTokens: 50 },
};

interface Contender {
  readonly name: string;
  readonly call: () => Promise<ConverseCommandOutput>;
}

const contender = (name: string, client: BedrockRuntimeClient): Contender => ({
  name,
  call: () => client.send(new ConverseCommand(input)),
});

const guardedContender = (name: string, client: BedrockRuntimeClient, rules: ClientRules): Contender => {
  const { call } = contender(name, guardClient(client, rules));
  const scope = createScope({ requestId: 'bench' });
  return { name, call: () => runInScope(scope, call) };
};

/** Microseconds of a call: of each contender the median of its rounds, in which they take turns. */
const measure = async (contenders: readonly Contender[]): Promise<readonly number[]> => {
  const rounds = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, { call }] of contenders.entries()) {
      const startedAt = performance.now();
      for (let number = 0; number < CALLS; number++) await call();
      rounds[index]?.push(((performance.now() - startedAt) * 1000) / CALLS);
    }
  return rounds.map((times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0);
};

const compare = async (title: string, contenders: readonly Contender[]): Promise<void> => {
  await measure(contenders.map(({ name, call }) => ({ name, call }))); // warm
  const times = await measure(contenders);
  const [bare = 1] = times;
  console.log(`\n${title}: median of ${ROUNDS} rounds of ${CALLS} calls, one after the other`);
  for (const [index, { name }] of contenders.entries()) {
    const time = times[index] ?? 0;
    console.log(
      `${name.padEnd(44)} ${time.toFixed(1).padStart(8)} µs  ${(time - bare).toFixed(1).padStart(8)} µs more  ${(time / bare).toFixed(3)} ×`,
    );
  }
};

const bedrock = await startLocalBedrock();
const clients: BedrockRuntimeClient[] = [];
const onLoopback = (): BedrockRuntimeClient => {
  const credentials = { ...bedrock.credentials, sessionToken: 'bench' };
  const client = new BedrockRuntimeClient({ endpoint: bedrock.url, region: 'eu-central-1', credentials });
  clients.push(client);
  return client;
};
const atOnce = (): BedrockRuntimeClient => fakeBedrock(() => converseReply([{ text: 'A pear is a fruit.' }])).client;

const contenders = (client: () => BedrockRuntimeClient): readonly Contender[] => [
  contender('the bare client', client()),
  guardedContender('guarded, without scanning', client(), UNSCANNED),
  guardedContender('guarded', client(), {}),
];

await compare('A wire that answers at once', contenders(atOnce));
await compare('Loopback, HTTP/2', contenders(onLoopback));
for (const client of clients) client.destroy();
await bedrock.close();
