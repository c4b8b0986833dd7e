/** The policy's deep tier of redaction, from the policy to the answer. */

import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { guardClient } from '../../../aws/bedrock/index.ts';
import type { DeepRedaction } from '../../../core/redaction/deep-redaction.ts';
import { type GuardedContext, guardHandler, type Policy } from '../../../middleware/index.ts';
import { converseReply, fakeBedrock, streamedReply, textEvents } from '../../support/bedrock.ts';
import { chatBody, type HttpResult, lambdaContext, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const EMAIL = ['ada', 'example.com'].join('@');
const SAID = `Ada Lovelace writes from ${EMAIL}, says Ada Lovelace.`;
const CLEAN = '[PERSON_1] writes from [EMAIL_ADDRESS_1], says [PERSON_1].';

const names = (asked: string[] = []): DeepRedaction => ({
  judge: async (text) => {
    asked.push(text);
    return [...text.matchAll(/Ada Lovelace/g)].map(({ 0: match, index }) => ({
      entity: 'PERSON',
      start: index,
      end: index + match.length,
      score: 0.85,
    }));
  },
});

const setUp = (redaction: Policy['redaction'], mode: Policy['mode'] = 'enforce') => {
  const telemetry = recordTelemetry();
  const { client } = fakeBedrock(({ path }) =>
    path.endsWith('converse-stream') ? streamedReply(textEvents([...SAID])) : converseReply([{ text: SAID }]),
  );
  const handler = guardHandler(
    async (event: { body: string }, { bedrock }: GuardedContext) => {
      const { messages } = JSON.parse(event.body);
      const asked = { modelId: 'm', messages: [{ role: 'user' as const, content: [{ text: 'Who?' }] }] };
      let said = '';
      if (messages[0].content[0].text === 'stream') {
        const { stream } = await bedrock.send(new ConverseStreamCommand(asked));
        for await (const { contentBlockDelta } of stream ?? []) said += contentBlockDelta?.delta?.text ?? '';
      } else said = (await bedrock.send(new ConverseCommand(asked))).output?.message?.content?.[0]?.text ?? '';
      return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ said }) };
    },
    { injection: false, model: {}, mode, ...(redaction !== undefined && { redaction }) },
    { bedrock: client, telemetry },
  );
  const ask = async (how: string): Promise<HttpResult> =>
    (await handler(restEvent({ body: chatBody(how) }) as never, lambdaContext())) as unknown as HttpResult;
  return { ask, telemetry };
};

describe.each(['whole', 'stream'])('a reply (%s)', (how) => {
  test('loses its names, with the numbers that go on to the end, and the deep tier sees no secret', async () => {
    const asked: string[] = [];
    const { ask, telemetry } = setUp({ deep: names(asked) });
    expect(JSON.parse((await ask(how)).body).said).toBe(CLEAN);
    expect(asked.join('')).not.toContain(EMAIL);
    expect(telemetry.published[0]?.metrics).toMatchObject({ DeepRedactionChecks: 1, DeepRedactions: 2, Redactions: 3 });
  });

  test('is withheld where the deep tier fails, and only then', async () => {
    const failing: DeepRedaction = { judge: () => Promise.reject(new Error('no')) };
    const { statusCode, body } = await setUp({ deep: failing }).ask(how);
    expect([statusCode, JSON.parse(body).code]).toEqual([502, 'output_blocked']);
    const { ask, telemetry } = setUp({ deep: failing, onDeepFailure: 'pass' });
    expect(JSON.parse((await ask(how)).body).said).toBe(SAID.replace(EMAIL, '[EMAIL_ADDRESS_1]'));
    expect(telemetry.published[0]?.metrics).toMatchObject({ DeepRedactionFailures: 1 });
  });

  test('is untouched in monitor mode, and what would have been replaced is counted', async () => {
    const { ask, telemetry } = setUp({ deep: names() }, 'monitor');
    expect(JSON.parse((await ask(how)).body).said).toBe(SAID);
    expect(telemetry.published[0]?.metrics).toMatchObject({ DeepRedactions: 2, Redactions: 3 });
  });

  test('is not judged by default', async () => {
    const { ask, telemetry } = setUp(undefined);
    expect(JSON.parse((await ask(how)).body).said).toBe(SAID.replace(EMAIL, '[EMAIL_ADDRESS_1]'));
    expect(telemetry.published[0]?.metrics.DeepRedactionChecks).toBeUndefined();
  });
});

describe('options', () => {
  test.each([{ deep: {} }, { deep: names(), windowUnits: 10 }, { deep: names(), onDeepFailure: 'flag' }, { deepp: 1 }])(
    'of a policy are checked at cold start: %j',
    (redaction) => {
      expect(() => setUp(redaction as never)).toThrow(TypeError);
    },
  );

  test.each([
    [{ deepRedaction: { windowMs: 5 } }],
    [{ deepRedaction: { deep: names(), windows: 5 } }],
    [{ deepRedaction: { deep: names() }, redactor: false }],
  ])('of a guarded client are checked: %j', (rules) => {
    expect(() => guardClient(fakeBedrock().client, rules as never)).toThrow(TypeError);
  });
});
