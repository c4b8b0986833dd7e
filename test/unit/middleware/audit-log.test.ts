/** Where records and content go, and that no content goes anywhere else. */

import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { contentDigesterOf } from '../../../aws/content-digester.ts';
import { digestText } from '../../../core/audit/content-digest.ts';
import type { Policy } from '../../../core/policy.ts';
import { type LocalLogs, startLocalLogs } from '../../../local/logs/index.ts';
import { type GuardedContext, guardHandler } from '../../../middleware/index.ts';
import { contentProblems, recordProblems } from '../../support/audit-schema.ts';
import { type Answering, converseReply, fakeBedrock, streamedReply, textEvents } from '../../support/bedrock.ts';
import { chatBody, lambdaContext, restEvent } from '../../support/events.ts';
import { keyOf } from '../../support/secrets.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const CREDENTIALS = { accessKeyId: ['ASIA', 'LOCALLOGS'].join(''), secretAccessKey: ['local', 'secret'].join('-') };
const [GROUP, CONTENT] = ['/bulwark/audit', '/bulwark/audit-content'];
const MODEL = 'amazon.nova-lite-v1:0';
const keys = { digest: keyOf('d'), mac: keyOf('m') };
const email = ['ada', 'example.com'].join('@');
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
/** A word that no detector knows: it shows where content went, not what was redacted. */
const WORD = 'quinceblossom';

let logs: LocalLogs;
let client: CloudWatchLogsClient;
const from = new Map<string, number>();

beforeAll(async () => {
  logs = await startLocalLogs({
    groups: [GROUP, CONTENT],
    credentials: { [CREDENTIALS.accessKeyId]: CREDENTIALS.secretAccessKey },
  });
  client = new CloudWatchLogsClient({
    endpoint: logs.url,
    region: 'eu-central-1',
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
});

afterEach(() => {
  logs.fail();
  for (const group of [GROUP, CONTENT]) from.set(group, logs.events(group).length);
});

afterAll(async () => {
  client.destroy();
  await logs.close();
});

const linesIn = (group: string): readonly Readonly<Record<string, never>>[] =>
  logs
    .events(group)
    .slice(from.get(group) ?? 0)
    .map(({ message }) => JSON.parse(message));

const answering: Answering = () => converseReply([{ text: `Mail ${email}: the ${WORD} and ${token}` }]);

interface Setting {
  readonly policy?: Policy;
  readonly answer?: Answering;
  readonly handler?: (event: unknown, context: GuardedContext) => Promise<unknown>;
}

const chat = async (_: unknown, { bedrock }: GuardedContext): Promise<unknown> => {
  const messages = [{ role: 'user' as const, content: [{ text: 'Pears?' }] }];
  const reply = await bedrock.send(new ConverseCommand({ modelId: MODEL, messages }));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message: reply.output?.message }),
  };
};

const event = (text = `What of the ${WORD}? I am ${email}`) =>
  restEvent({ body: chatBody(text), claims: { sub: 'ada' } });

const serving = ({ policy = {}, answer = answering, handler = chat }: Setting = {}) => {
  const telemetry = recordTelemetry();
  const { client: bedrock } = fakeBedrock(answer, { maxAttempts: 3 });
  const guarded = guardHandler(
    handler,
    { keys, model: { models: [MODEL] }, ...policy },
    { telemetry, bedrock, logs: client },
  );
  const printed = () => telemetry.lines.filter(({ message }) => message === 'audit').map(({ fields }) => fields);
  const metrics = () => telemetry.published.at(-1)?.metrics ?? {};
  const ask = (given: object = event()) =>
    guarded(given, lambdaContext()) as Promise<Readonly<Record<string, unknown>>>;
  return { ask, guarded, telemetry, printed, metrics };
};

const inGroup = { audit: { logGroup: GROUP } } satisfies Policy;

describe('a record', () => {
  test('says what each control made of the request, and of its call to Bedrock what that cost and by which id', async () => {
    const { ask, printed } = serving({
      answer: () => ({ ...converseReply([{ text: 'Pears.' }]), headers: { 'x-amzn-requestid': 'b-1' } }),
    });
    await ask(event('Pears?'));
    expect(printed()).toMatchObject([
      {
        audit: 4,
        outcome: 'ok',
        controls: { 'body-limit': 'allow', caller: 'allow', 'injection-screen': 'allow', 'output-redaction': 'allow' },
        score: { user: expect.any(Number) },
        tokens: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0, total: 15 },
        modelCalls: 1,
        attempts: 1,
        calls: [
          {
            model: MODEL,
            requestIds: ['b-1'],
            attempts: 1,
            basis: 'usage',
            usage: { input: 10, output: 5, cacheRead: 0, cacheWrite: 0 },
            chargedTokens: 15,
          },
        ],
        latencyMs: { total: expect.any(Number), guard: expect.any(Number), model: expect.any(Number) },
      },
    ]);
    const [{ usd, calls } = {}] = printed() as { usd: number; calls: { chargedUsd: number }[] }[];
    expect(usd).toBeGreaterThan(0);
    expect(calls?.[0]?.chargedUsd).toBeCloseTo(usd ?? 0, 9);
  });

  test('names every attempt, and what was charged for those of which nobody knows', async () => {
    let attempt = 0;
    const { ask, printed } = serving({
      policy: { model: { models: [MODEL], maxTokens: 100, retry: { baseMs: 1, maxPaidRetries: 1 } } },
      answer: () => {
        attempt += 1;
        const headers = { 'x-amzn-requestid': `b-${attempt}` };
        return attempt === 1
          ? { status: 500, errorType: 'InternalServerException', body: {}, headers }
          : { ...converseReply([{ text: 'Pears.' }]), headers };
      },
    });
    await ask(event('Pears?'));
    const [record] = printed();
    expect(record).toMatchObject({ attempts: 2, calls: [{ requestIds: ['b-1', 'b-2'], attempts: 2, basis: 'bound' }] });
    expect((record as { tokens: { total: number } }).tokens.total).toBeGreaterThan(115);
  });

  test('of a request that was refused says who has seen it', async () => {
    const { ask, printed } = serving({ policy: { caller: { require: 'user' } } });
    await ask(restEvent({ body: chatBody('Pears?') }));
    expect(printed()).toMatchObject([
      { status: 401, controls: { caller: 'deny', 'injection-screen': 'not_reached', 'bedrock-client': 'not_reached' } },
    ]);
  });

  test.each([
    ['an answer', undefined],
    ['an error', async () => Promise.reject(new Error(WORD))],
  ])('of %s stands in its group and not in standard output', async (_, handler) => {
    const { ask, printed, metrics } = serving({ policy: inGroup, ...(handler && { handler }) });
    await ask();
    expect(linesIn(GROUP)).toHaveLength(1);
    expect(recordProblems(linesIn(GROUP)[0])).toEqual([]);
    expect(printed()).toEqual([]);
    expect(metrics()).not.toHaveProperty('AuditFailures');
  });

  test('is written before the answer leaves, and after the last byte of a stream', async () => {
    const { ask } = serving({ policy: inGroup });
    await ask();
    expect(linesIn(GROUP)).toHaveLength(1);
    const streamed = streaming({ ...inGroup });
    const { pieces } = await invokeStream(streamed.guarded as never, event('Pears?'), {
      onPiece: () => expect(linesIn(GROUP)).toHaveLength(1),
    });
    expect(pieces.length).toBeGreaterThan(0);
    expect(linesIn(GROUP)).toMatchObject([{}, { outcome: 'ok', latencyMs: { firstByte: expect.any(Number) } }]);
  });
});

/** A guarded handler that streams what Bedrock says. */
const streaming = (policy: Policy) =>
  serving({
    policy: { stream: {}, ...policy },
    answer: () =>
      streamedReply(textEvents([`Mail ada@`, `example.com: the ${WORD} `, token.slice(0, 9), token.slice(9), ' bye'])),
    handler: async (_, { bedrock }) => {
      const messages = [{ role: 'user' as const, content: [{ text: 'Pears?' }] }];
      const { stream } = await bedrock.send(new ConverseStreamCommand({ modelId: MODEL, messages }));
      const frames = async function* () {
        for await (const output of stream ?? []) yield `data: ${JSON.stringify(output)}\n\n`;
      };
      return { statusCode: 200, headers: { 'content-type': 'text/event-stream' }, body: frames() };
    },
  });

describe('a group that takes no record', () => {
  test('leaves the answer as it is: the record goes to standard output, and is counted', async () => {
    logs.fail({ kind: 'denied' });
    const { ask, printed, metrics } = serving({ policy: inGroup });
    expect(await ask()).toMatchObject({ statusCode: 200 });
    expect(printed()).toMatchObject([{ outcome: 'ok' }]);
    expect(metrics()).toMatchObject({ AuditFailures: 1 });
  });

  const refusing: Policy = { audit: { logGroup: GROUP, onFailure: 'refuse' } };

  test('with refuse: the answer becomes control_unavailable, and the record says so', async () => {
    const { ask, printed, metrics } = serving({ policy: refusing });
    await ask();
    logs.fail({ kind: 'error' });
    expect(await ask()).toMatchObject({ statusCode: 503 });
    expect(printed()).toMatchObject([{ status: 503, outcome: 'control_unavailable', refused: 'control_unavailable' }]);
    expect(metrics()).toMatchObject({ AuditFailures: 1 });
  });

  test('with refuse: nothing is let in while it takes none, and nothing is spent', async () => {
    logs.fail({ kind: 'error' });
    const { ask, printed } = serving({ policy: refusing });
    expect(await ask()).toMatchObject({ statusCode: 503 });
    expect(printed()).toMatchObject([{ modelCalls: 0, outcome: 'control_unavailable' }]);
    logs.fail();
    expect(await ask()).toMatchObject({ statusCode: 200 });
  });

  test('with refuse: a refusal that could not be recorded is one of the log', async () => {
    const { ask } = serving({ policy: { ...refusing, caller: { require: 'user' } } });
    await ask();
    logs.fail({ kind: 'error' });
    expect(await ask(restEvent({ body: chatBody('Pears?') }))).toMatchObject({ statusCode: 503 });
  });

  test('changes nothing in monitor mode', async () => {
    logs.fail({ kind: 'error' });
    const { ask } = serving({ policy: { ...refusing, mode: 'monitor' } });
    expect(await ask()).toMatchObject({ statusCode: 200 });
  });
});

const redacted: Policy = { audit: { logGroup: GROUP, content: 'redacted', contentLogGroup: CONTENT, sampleRate: 1 } };

describe('content', () => {
  const all = () => JSON.stringify([linesIn(GROUP), linesIn(CONTENT)]);

  test('none: nothing of it is anywhere', async () => {
    const { ask, telemetry } = serving();
    await ask();
    for (const secret of [WORD, email, token]) expect(JSON.stringify(telemetry.lines)).not.toContain(secret);
    expect(all()).toBe('[[],[]]');
  });

  test('digest: the record shows later that these were the texts, and nothing else of them', async () => {
    const { ask, printed } = serving({ policy: { audit: { content: 'digest' } } });
    const { body } = await ask();
    const answered = JSON.parse(String(body)).message.content[0].text;
    const digester = contentDigesterOf(keys.digest);
    expect(printed()[0]?.['content']).toEqual({
      mode: 'digest',
      in: [{ digest: digestText(digester, `What of the ${WORD}? I am ${email}`), units: expect.any(Number) }],
      out: [{ digest: digestText(digester, answered), units: answered.length }],
      left: 0,
    });
    expect(JSON.stringify(printed())).not.toContain(WORD);
  });

  test('digest: of a stream, of the text that its client has put together', async () => {
    const { guarded, printed } = streaming({ audit: { content: 'digest' } });
    const { body } = await invokeStream(guarded as never, event('Pears?'));
    const said = [...body.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => JSON.parse(text)).join('');
    const [{ content } = { content: undefined }] = printed() as unknown as {
      content?: { out: { digest: string }[] };
    }[];
    expect(content?.out.map(({ digest }) => digest)).toContain(digestText(contentDigesterOf(keys.digest), said));
  });

  test.each(['enforce', 'monitor'] as const)(
    'redacted: both directions without private values, in their group alone, mode %s',
    async (mode) => {
      const { ask, telemetry } = serving({ policy: { ...redacted, mode } });
      await ask();
      const [line] = linesIn(CONTENT);
      expect(contentProblems(line)).toEqual([]);
      expect(line).toMatchObject({
        in: { text: expect.stringContaining(WORD) },
        out: { text: expect.stringContaining(WORD) },
      });
      expect(linesIn(GROUP)).toMatchObject([
        { recordId: line?.['recordId'], content: { mode: 'redacted', sampled: true } },
      ]);
      for (const secret of [email, token]) expect(all()).not.toContain(secret);
      expect(JSON.stringify([linesIn(GROUP), telemetry.lines])).not.toContain(WORD);
    },
  );

  test('redacted: of a stream, too, whose values come in pieces', async () => {
    const { guarded, telemetry } = streaming(redacted);
    await invokeStream(guarded as never, event());
    expect(linesIn(CONTENT)).toMatchObject([{ out: { text: expect.stringContaining(WORD) } }]);
    for (const secret of ['ada@', 'example.com', token.slice(9)]) expect(all()).not.toContain(secret);
    expect(JSON.stringify([linesIn(GROUP), telemetry.lines])).not.toContain(WORD);
  });

  test('redacted: the arguments of tools are in no other place', async () => {
    const toolUse = { toolUseId: 't-1', name: 'mail', input: { to: email, note: WORD, key: token } };
    const { ask, telemetry } = serving({
      policy: redacted,
      answer: () => converseReply([{ toolUse }], { stopReason: 'tool_use' }),
    });
    await ask();
    for (const secret of [email, token]) expect(all()).not.toContain(secret);
    expect(JSON.stringify([linesIn(GROUP), telemetry.lines])).not.toContain(WORD);
  });

  test('redacted: of an error only what the caller sent, and nothing of the error', async () => {
    const handler = async () =>
      Promise.reject(Object.assign(new Error(`no ${token}`), { statusCode: 404, expose: true }));
    const { ask, telemetry } = serving({ policy: redacted, handler });
    await ask();
    expect(linesIn(CONTENT)).toMatchObject([{ in: { text: expect.stringContaining(WORD) } }]);
    expect(linesIn(CONTENT)[0]).not.toHaveProperty('out');
    expect(JSON.stringify([all(), telemetry.lines])).not.toContain(token);
  });

  test('redacted: lost, not printed, where its group takes none', async () => {
    logs.fail({ kind: 'denied' });
    const { ask, telemetry, metrics } = serving({
      policy: { audit: { ...redacted.audit, logGroup: undefined } as never },
    });
    expect(await ask()).toMatchObject({ statusCode: 200 });
    expect(JSON.stringify(telemetry.lines)).not.toContain(WORD);
    expect(metrics()).toMatchObject({ AuditFailures: 1 });
  });

  test('redacted: of the share of requests that the policy names', async () => {
    const { ask } = serving({ policy: { audit: { ...redacted.audit, sampleRate: 0 } } });
    await ask();
    expect(linesIn(CONTENT)).toEqual([]);
    expect(linesIn(GROUP)).toMatchObject([{ content: { mode: 'redacted', sampled: false } }]);
  });
});

describe('a policy', () => {
  test.each<[string, Policy]>([
    ['redacted content without a group for it', { audit: { content: 'redacted' } }],
    ['one group for records and content', { audit: { logGroup: GROUP, content: 'redacted', contentLogGroup: GROUP } }],
    ['digests without keys', { audit: { content: 'digest' } }],
    ['a group for content that is not kept', { audit: { contentLogGroup: CONTENT } }],
    ['a refusal without a group', { audit: { onFailure: 'refuse' } }],
    ['a share above 1', { audit: { content: 'redacted', contentLogGroup: CONTENT, sampleRate: 2 } }],
    ['a name that is none', { audit: { logGroup: 'a b' } }],
    ['an unknown option', { audit: { group: GROUP } as never }],
  ])('with %s is refused at cold start', (_, policy) => {
    expect(() => guardHandler(async () => ({ statusCode: 200 }), policy, { telemetry: recordTelemetry() })).toThrow(
      TypeError,
    );
  });
});
