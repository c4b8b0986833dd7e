/** The example of `docs/agent.md`, as it stands there: it is compiled with the tests, and runs. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BedrockTarget, startBedrock } from '../../../../../local/stack/bedrock-target.ts';
import { chatBody, lambdaContext, restEvent } from '../../../../support/events.ts';

const example = readFileSync('test/support/functions/weather-agent.ts', 'utf8');
let bedrock: BedrockTarget;
let handler: typeof import('../../../../support/functions/weather-agent.ts').handler;

beforeAll(async () => {
  bedrock = await startBedrock('local', 0);
  for (const [name, value] of Object.entries({ ...bedrock.env, AWS_REGION: 'eu-central-1' })) vi.stubEnv(name, value);
  ({ handler } = await import('../../../../support/functions/weather-agent.ts'));
}, 30_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await bedrock.close();
});

test('the page shows an example of ten lines, which asks its tool and answers', async () => {
  expect(readFileSync('docs/agent.md', 'utf8')).toContain(
    `\`\`\`ts\n${example.replace("'../../../middleware/index.ts'", "'bedrock-bulwark'")}\`\`\``,
  );
  expect(
    example
      .trim()
      .split('\n')
      .filter((line) => line !== '').length,
  ).toBeLessThanOrEqual(11);
  const answer = await handler(
    restEvent({ body: chatBody('What is the weather in Paris?') }) as never,
    lambdaContext(),
  );
  expect(JSON.stringify(answer)).toContain('It rains in Paris.');
});
