/** What of its data a call may send: judged by destination, once a text, and recorded once a request. */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { admitCall } from '../../../../aws/bedrock/admit-call.ts';
import { classifyCall } from '../../../../aws/bedrock/classify-call.ts';
import type { ClientRules } from '../../../../aws/bedrock/client-rules.ts';
import { guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope } from '../../../../aws/invocation-scope.ts';
import type { DataGateOptions } from '../../../../core/classification/index.ts';
import type { Policy } from '../../../../core/policy.ts';
import { createRedactor, type Redactor } from '../../../../core/redaction/index.ts';
import { type GuardedContext, guardHandler } from '../../../../middleware/index.ts';
import { fakeBedrock } from '../../../support/bedrock.ts';
import { callSetting } from '../../../support/call-setting.ts';
import { chatBody, lambdaContext, problemOf, restEvent } from '../../../support/events.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';

const email = ['ada', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');

const turn = (text: string, role = 'user') => ({ role, content: [{ text }] });
const asking = (text: string, more: object = {}) => ({ modelId: 'm', messages: [turn(text)], ...more });

/** A redactor that counts the texts it reads. */
const counting = () => {
  const redactor = createRedactor();
  let read = '';
  const detect: Redactor['detect'] = (text) => {
    read += text;
    return redactor.detect(text);
  };
  return { redactor: { ...redactor, detect } as Redactor, read: () => read };
};

interface Case {
  readonly rules?: ClientRules;
  readonly monitor?: boolean;
  readonly region?: string;
}

const setUp = (
  classification: DataGateOptions | false | undefined,
  { rules = {}, monitor = false, region = 'eu-central-1' }: Case = {},
) => {
  const scope = createScope({ requestId: 'r', monitor });
  const all: ClientRules = {
    screen: false,
    prefill: true,
    ...rules,
    ...(classification !== undefined && { classification }),
  };
  const setting = callSetting({ scope, rules: all, region });
  const send = async (input: object) => admitCall(setting, input as { modelId: string }) as Promise<unknown>;
  const metrics = () => Object.fromEntries(scope.record.metrics);
  return { scope, setting, send, metrics, record: scope.record };
};

const refused = expect.objectContaining({ name: 'BulwarkError', code: 'data_not_allowed', statusCode: 400 });

describe('classification at the Bedrock edge', () => {
  test('is off unless the rules ask for it', async () => {
    for (const off of [undefined, false] as const) {
      const { send, record } = setUp(off);
      expect(await send(asking(card))).toMatchObject({ messages: [turn(card)] });
      expect(record.dataClass).toBeUndefined();
    }
  });

  test('records a level and changes nothing where everything is allowed', async () => {
    const { send, record, metrics } = setUp({});
    expect(await send(asking(`Pay with ${card}`))).toMatchObject({ messages: [turn(`Pay with ${card}`)] });
    expect(record.dataClass).toEqual({ level: 'restricted', action: 'pass' });
    expect(record.decisions).toEqual([]);
    expect(metrics()).toEqual({ DataRestricted: 1 });
  });

  test('refuses what is above, and says why without saying what', async () => {
    const { send, record, metrics } = setUp({ allow: 'internal' });
    await expect(send(asking(`Mail ${email}`))).rejects.toEqual(refused);
    expect(record.refused).toBe('data_not_allowed');
    expect(record.decisions).toEqual([
      {
        control: 'data-classification',
        verdict: 'deny',
        code: 'data_not_allowed',
        reason: 'confidential',
        rules: [{ rule: 'EMAIL_ADDRESS', score: expect.any(Number) }],
      },
    ]);
    expect(metrics()).toMatchObject({ DataConfidential: 1, DataRefused: 1 });
  });

  test.each([
    ['the system prompt', { system: [{ text: email }] }],
    [
      'the arguments of a tool',
      {
        messages: [{ role: 'assistant', content: [{ toolUse: { toolUseId: 'i', name: 't', input: { to: email } } }] }],
      },
    ],
    [
      'the result of a tool',
      {
        messages: [{ role: 'user', content: [{ toolResult: { toolUseId: 'i', content: [{ json: { to: email } }] } }] }],
      },
    ],
    [
      'the name of a field',
      {
        messages: [
          { role: 'user', content: [{ toolResult: { toolUseId: 'i', content: [{ json: { [email]: 1 } }] } }] },
        ],
      },
    ],
    [
      'the definition of a tool',
      { toolConfig: { tools: [{ toolSpec: { name: 't', description: email, inputSchema: { json: {} } } }] } },
    ],
    ['metadata', { requestMetadata: { who: email } }],
  ])('reads %s', async (_, more) => {
    await expect(setUp({ allow: 'internal' }).send(asking('pear', more))).rejects.toEqual(refused);
    await expect(setUp({ allow: 'confidential' }).send(asking('pear', more))).resolves.toBeDefined();
  });

  test('goes by model and Region, and takes a profile for its whole group', async () => {
    const allow = { default: 'public', regions: { eu: 'restricted', 'eu-south-2': 'internal' } } as const;
    const to = (modelId: string, region: string) => setUp({ allow }, { region }).send({ ...asking(card), modelId });
    await expect(to('m', 'eu-central-1')).resolves.toBeDefined();
    await expect(to('m', 'us-east-1')).rejects.toEqual(refused);
    await expect(to('eu.m', 'eu-central-1')).rejects.toEqual(refused);
    const models = { default: 'public', models: { 'amazon.nova-*': 'restricted' } } as const;
    const call = { ...asking(card), modelId: 'eu.amazon.nova-lite-v1:0' };
    await expect(setUp({ allow: models }).send(call)).resolves.toBeDefined();
  });

  test('takes an application inference profile to where the policy says it leads', async () => {
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc';
    const allow = { default: 'public', regions: { eu: 'restricted' } } as const;
    const call = { ...asking(card), modelId: arn };
    await expect(setUp({ allow }).send(call)).rejects.toEqual(refused);
    await expect(
      setUp({ allow, profiles: { 'arn:*:application-inference-profile/*': 'eu' } }).send(call),
    ).resolves.toBeDefined();
  });
});

describe('masking', () => {
  test('replaces the values above the level that passes, wherever they stand, and never in the input', async () => {
    const input = asking(`Mail ${email} about ${card}, or ${card}.`, {
      messages: [
        turn(`Mail ${email} about ${card}, or ${card}.`),
        { role: 'user', content: [{ toolResult: { toolUseId: 'i', content: [{ json: { card, n: 1 } }] } }] },
      ],
    });
    const before = structuredClone(input);
    const { send, record, metrics } = setUp({ allow: 'confidential', mask: 'restricted' });
    expect(await send(input)).toMatchObject({
      messages: [
        turn(`Mail ${email} about [CREDIT_CARD_1], or [CREDIT_CARD_1].`),
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'i', content: [{ json: { card: '[CREDIT_CARD_1]', n: 1 } }] } }],
        },
      ],
    });
    expect(input).toEqual(before);
    expect(record.dataClass).toEqual({ level: 'restricted', action: 'mask' });
    expect(record.decisions).toMatchObject([
      { control: 'data-classification', verdict: 'redact', reason: 'restricted' },
    ]);
    expect(metrics()).toEqual({ DataRestricted: 1, DataMasked: 1 });
  });

  test('numbers values as the reply does', async () => {
    const { send, setting } = setUp({ allow: 'internal', mask: 'restricted' });
    await send(asking(email));
    const redactor = setting.engines.redactor(setting.scope, setting.rules);
    expect(redactor?.redact(email).text).toBe('[EMAIL_ADDRESS_1]');
  });

  test('works where replies are not redacted', async () => {
    const { send, scope } = setUp({ allow: 'internal', mask: 'restricted' }, { rules: { redactor: false } });
    expect(await send(asking(email))).toMatchObject({ messages: [turn('[EMAIL_ADDRESS_1]')] });
    expect(scope.redactor).toBeUndefined();
  });

  test('cannot take a marker out of a text, code, or a value out of a name: those are refused', async () => {
    const classification = { allow: 'public', mask: 'restricted' } as const;
    for (const text of ['RESTRICTED\nThe plan.', '```js\nf()\n```'])
      await expect(setUp(classification).send(asking(text))).rejects.toEqual(refused);
    const tools = [{ toolSpec: { name: 't', inputSchema: { json: { [email]: {} } } } }];
    await expect(setUp(classification).send(asking('x', { toolConfig: { tools } }))).rejects.toEqual(refused);
  });

  test('stops where even masked data may not go', async () => {
    const { send } = setUp({ allow: 'internal', mask: 'confidential' });
    expect(await send(asking(email))).toMatchObject({ messages: [turn('[EMAIL_ADDRESS_1]')] });
    await expect(send(asking(card))).rejects.toEqual(refused);
  });
});

describe('monitor mode', () => {
  test.each([
    ['mask', { allow: 'internal', mask: 'restricted' }, 'redact'],
    ['refuse', { allow: 'internal' }, 'deny'],
  ] as const)('says that it would %s, and sends the input itself', async (action, classification, verdict) => {
    const { send, record } = setUp(classification, { monitor: true });
    const input = asking(`Mail ${email}`);
    expect(await send(input)).toBe(input);
    expect(record.dataClass).toEqual({ level: 'confidential', action });
    expect(record.decisions).toMatchObject([{ control: 'data-classification', verdict }]);
  });
});

describe('a request of several calls', () => {
  test('counts once, at its highest level and strictest decision', async () => {
    const { send, record, metrics } = setUp({ allow: 'internal', mask: 'restricted' });
    for (const text of ['pear', card, email, 'pear']) await send(asking(text));
    expect(record.dataClass).toEqual({ level: 'restricted', action: 'mask' });
    expect(metrics()).toEqual({ DataRestricted: 1, DataMasked: 1 });
  });

  test('takes what nobody can read for restricted, unless the policy says what it is', async () => {
    const content = [{ text: 'What is it?' }, { image: { format: 'png', source: { bytes: new Uint8Array(9) } } }];
    const call = asking('', { messages: [{ role: 'user', content }] });
    const image = { maxTokens: 1600 };
    const allow = { allow: 'confidential' } as const;
    await expect(setUp(allow, { rules: { media: { image } } }).send(call)).rejects.toEqual(refused);
    const { send, metrics } = setUp(allow, { rules: { media: { image: { ...image, level: 'internal' } } } });
    await send(call);
    expect(metrics()).toMatchObject({ DataInternal: 1 });
  });

  test('finds in a document of bytes what it says, and masks nothing there', async () => {
    const document = (bytes: Uint8Array) => ({ document: { format: 'txt', name: 'file', source: { bytes } } });
    const of = (text: string) =>
      asking('', { messages: [{ role: 'user', content: [{ text: 'Hi' }, document(new TextEncoder().encode(text))] }] });
    const rules: ClientRules = { media: { document: { maxTokens: 900, level: 'internal' } } };
    const { send, metrics } = setUp({ allow: 'internal', mask: 'restricted' }, { rules });
    await send(of('a pear'));
    expect(metrics()).toMatchObject({ DataInternal: 1 });
    await expect(send(of(`Mail ${email}`))).rejects.toEqual(refused);
  });

  test('reads again only what is new', () => {
    const { redactor, read } = counting();
    const { setting } = setUp({}, { rules: { redactor } });
    const messages = [turn(`Mail ${email}`)];
    classifyCall(setting, asking('', { messages }));
    const first = read();
    expect(first).toContain(email);
    classifyCall(setting, asking('', { messages: [...messages, turn('And now?', 'assistant')] }));
    expect(read().slice(first.length)).toBe('And now?');
  });

  test('of another invocation knows nothing of it', () => {
    const { redactor, read } = counting();
    for (const _ of [1, 2]) classifyCall(setUp({}, { rules: { redactor } }).setting, asking(email));
    expect(read()).toBe(`${email}${email}`);
  });
});

test('a call that cannot be read is not sent', async () => {
  const { redactor } = counting();
  const broken = {
    ...redactor,
    detect: () => {
      throw new RangeError(email);
    },
  } as Redactor;
  const { send } = setUp({ allow: 'internal' }, { rules: { redactor: broken } });
  await expect(send(asking('pear'))).rejects.toMatchObject({
    code: 'control_unavailable',
    message: expect.not.stringContaining(email),
  });
});

describe('a guarded handler', () => {
  const guarded = (policy: Policy) => {
    const { client, requests } = fakeBedrock();
    const telemetry = recordTelemetry();
    const handler = guardHandler(
      async ({ body }: { body: string }, { bedrock }: GuardedContext) => {
        const { messages } = JSON.parse(body);
        await bedrock.send(new ConverseCommand({ modelId: 'm', messages }));
        return { statusCode: 200, body: '{}' };
      },
      policy,
      { bedrock: client, telemetry },
    );
    const ask = (text: string) => handler(restEvent({ body: chatBody(text) }) as never, lambdaContext());
    const audit = () => telemetry.lines.find(({ message }) => message === 'audit')?.fields;
    return { ask, audit, requests, telemetry };
  };

  test('is held to the policy, and its audit record has the level', async () => {
    const { ask, audit, requests, telemetry } = guarded({ classification: { allow: 'internal' } });
    expect(problemOf((await ask(`Mail ${email}`)) as never)).toEqual({ status: 400, code: 'data_not_allowed' });
    expect(requests).toHaveLength(0);
    expect(audit()).toMatchObject({
      outcome: 'data_not_allowed',
      dataClass: { level: 'confidential', action: 'refuse' },
    });
    expect(telemetry.published[0]?.metrics).toMatchObject({ DataConfidential: 1, DataRefused: 1, Requests: 1 });
    expect(JSON.stringify(telemetry.lines)).not.toContain(email);
  });

  test('sends values masked', async () => {
    const { ask, audit, requests } = guarded({ classification: { allow: 'internal', mask: 'restricted' } });
    expect(await ask(`Mail ${email}`)).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify(requests[0]?.body)).toContain('Mail [EMAIL_ADDRESS_1]');
    expect(audit()).toMatchObject({ dataClass: { level: 'confidential', action: 'mask' } });
  });

  test('classifies nothing unless the policy asks for it', async () => {
    const { ask, audit } = guarded({});
    await ask(`Mail ${email}`);
    expect(audit()?.['dataClass']).toBeUndefined();
  });
});

test.each([
  ['a level that is none', { allow: 'secret' }],
  ['a mask below what passes', { allow: 'confidential', mask: 'internal' }],
  ['a table without a default', { allow: { regions: {} } }],
])('guardClient refuses %s', (_, classification) => {
  expect(() => guardClient(fakeBedrock().client, { classification } as never)).toThrow(TypeError);
});
