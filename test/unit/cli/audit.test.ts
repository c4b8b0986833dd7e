/** `bulwark audit`, over records that the real chain wrote and calls that the local Bedrock logged. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPrincipalDigest } from '../../../aws/dynamodb/principal-digest.ts';
import { createJoinPass } from '../../../cli/audit/join.ts';
import { compare } from '../../../cli/audit/reconcile.ts';
import { type AuditEntry, readAuditEntry } from '../../../cli/logs/audit-entry.ts';
import { readInvocation } from '../../../cli/logs/invocation-entry.ts';
import { main } from '../../../cli/main.ts';
import { type LocalBedrock, startLocalBedrock } from '../../../local/bedrock/index.ts';
import { LOCAL_CALLER } from '../../../local/bedrock/invocation-log.ts';
import { type GuardedContext, guardHandler } from '../../../middleware/index.ts';
import { chatBody, lambdaContext, restEvent } from '../../support/events.ts';
import { keyOf } from '../../support/secrets.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const MODEL = 'amazon.nova-lite-v1:0';
const keys = { digest: keyOf('d'), mac: keyOf('m') };
const ESC = '\u001b';
const PROMPT = 'quinceblossom';

let folder: string;
let bedrock: LocalBedrock;
let client: BedrockRuntimeClient;
/** Lines of the audit log, and of Bedrock's own. */
let records: string[];
let calls: string[];

const chat = async (_: unknown, { bedrock: guarded }: GuardedContext) => {
  const messages = [{ role: 'user' as const, content: [{ text: PROMPT }] }];
  await guarded.send(new ConverseCommand({ modelId: MODEL, messages }));
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-audit-'));
  bedrock = await startLocalBedrock();
  client = new BedrockRuntimeClient({
    endpoint: bedrock.url,
    region: 'eu-central-1',
    credentials: bedrock.credentials,
  });
  const telemetry = recordTelemetry();
  const policy = { keys, model: { models: [MODEL], maxTokens: 64 }, audit: { content: 'digest' } } as const;
  const handler = guardHandler(chat, policy, { telemetry, bedrock: client });
  for (const sub of ['ada', 'ada', 'bob'])
    await handler(restEvent({ body: chatBody(`Pears for ${sub}?`), claims: { sub } }), lambdaContext());
  bedrock.faults.add({ kind: 'error', type: 'ThrottlingException', status: 429, times: 1 } as never);
  await handler(restEvent({ body: chatBody('Pears?'), claims: { sub: 'eve' } }), lambdaContext());
  await handler(restEvent({ raw: '{"a":', claims: { sub: 'eve' } }), lambdaContext());
  records = telemetry.lines.filter(({ message }) => message === 'audit').map(({ fields }) => JSON.stringify(fields));
  calls = bedrock.invocationLog().trim().split('\n');
});

afterAll(async () => {
  client.destroy();
  await bedrock.close();
  rmSync(folder, { recursive: true, force: true });
});

let files = 0;
const fileOf = (lines: readonly string[], zip = false): string => {
  files += 1;
  const file = path.join(folder, `${files}.log`);
  const text = `${lines.join('\n')}\n`;
  writeFileSync(file, zip ? gzipSync(text) : text);
  return file;
};

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const output = { print: (text: string) => void printed.push(text), error: (text: string) => void errors.push(text) };
  const surroundings = {
    env,
    answer: undefined,
    connect: () => Promise.reject(new Error('no table')),
    fetchDigestKey: async (secret: string) => {
      if (secret !== 'digest') throw new Error(`secret content ${keys.digest}`);
      return keys.digest;
    },
  };
  const code = await main(['audit', ...args], { ...output, columns: 160 }, surroundings);
  return { code, out: printed.join(''), err: errors.join('') };
};

const requestIdOf = (line: string | undefined): string => JSON.parse(line ?? '{}').requestId;

describe('find', () => {
  test('prints the record of a request in full, by any of its ids', async () => {
    const file = fileOf(records);
    const [first = ''] = records;
    const record = JSON.parse(first);
    for (const id of [record.requestId, record.recordId, record.calls[0].requestIds[0]]) {
      const { code, out } = await run(['find', file, '--request-id', id]);
      expect(code).toBe(0);
      for (const said of [
        record.requestId,
        'controls',
        'injection-screen allow',
        MODEL,
        record.principals.user,
        '200 ok',
      ])
        expect(out).toContain(said);
    }
  });

  test('finds the records of somebody by a key that stays here, or is in Secrets Manager, and by the digest itself', async () => {
    const file = fileOf(records, true);
    const digest = createPrincipalDigest(keys.digest)({ kind: 'user', id: 'ada' });
    const ways = [
      run(['find', file, '--principal', 'user:ada', '--json'], { BULWARK_DIGEST_KEY: keys.digest }),
      run([file, '--principal', 'user:ada', '--digest-secret', 'digest', '--json']),
      run([file, '--digest', digest, '--json']),
    ];
    for (const { code, out } of await Promise.all(ways)) {
      expect(code).toBe(0);
      const found = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(found.map(({ requestId }) => requestId)).toEqual(records.slice(0, 2).map(requestIdOf));
    }
    expect((await run([file, '--principal', 'tenant:ada'], { BULWARK_DIGEST_KEY: keys.digest })).code).toBe(1);
  });

  test('finds who sent a text, where digests of content were kept', async () => {
    const file = fileOf(records);
    const text = fileOf(['Pears for bob?']);
    const { out } = await run([file, '--text', text, '--json'], { BULWARK_DIGEST_KEY: keys.digest });
    expect(JSON.parse(out).requestId).toBe(requestIdOf(records[2]));
  });

  test.each<[string, (lines: readonly string[]) => readonly string[]]>([
    ['tail', (lines) => lines.map((line) => `2026-11-30T10:00:00 2026/11/30/[1]abc ${line}`)],
    ['filter-log-events', (lines) => [JSON.stringify({ events: lines.map((message) => ({ timestamp: 1, message })) })]],
    [
      'a subscription',
      (lines) => [
        JSON.stringify({
          messageType: 'DATA_MESSAGE',
          owner: '1',
          logEvents: lines.map((message) => ({ id: '1', message })),
        }),
      ],
    ],
    ['CSV', (lines) => ['@timestamp,@message', ...lines.map((line) => `1,"${line.replaceAll('"', '""')}"`)]],
  ])('reads %s', async (_, exported) => {
    const { code, out } = await run([fileOf(exported(records)), '--request-id', requestIdOf(records[0]), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      requestId: requestIdOf(records[0]),
      version: 4,
      status: 200,
      modelCalls: 1,
    });
  });

  test('shows a record once that was written twice, and two of one invocation that ran twice', async () => {
    const [first = ''] = records;
    const again = JSON.stringify({ ...JSON.parse(first), recordId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
    const { out } = await run([fileOf([first, first, again]), '--request-id', requestIdOf(first), '--json']);
    expect(out.trim().split('\n')).toHaveLength(2);
  });

  test('prints nothing that anybody wrote into a log', async () => {
    const hostile = JSON.stringify({
      ...JSON.parse(records[0] ?? ''),
      model: `${ESC}[2J`,
      outcome: `${ESC}]0;x`,
      controls: { [`${ESC}a`]: 'allow', caller: 'see http://evil.example' },
      calls: [{ requestIds: [ESC], model: 'x y', attempts: 'z' }],
      principals: { user: ESC, [ESC]: 'x' },
      gateway: { requestId: ESC },
    });
    const { out } = await run([fileOf([hostile]), '--request-id', requestIdOf(records[0])]);
    expect(out).not.toContain(ESC);
    expect(out).not.toContain('evil');
  });

  test.each([
    [[]],
    [['--request-id', 'a', '--digest', 'b']],
    [['--principal', 'ada']],
    [['--principal', 'card:ada']],
    [['--principal', 'ip:nowhere']],
    [['--principal', 'user:ada']],
    [['--principal', 'user:ada', '--digest-secret', 'other']],
    [['--digest', 'ada']],
    [['--text', '/no/such/file']],
    [['--request-id', `${ESC}[2J`]],
  ])('%j is refused, and no key is said', async (args) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err).not.toContain(ESC);
    expect(err).not.toContain(keys.digest);
  });

  test('says that there is none, and helps', async () => {
    expect((await run([fileOf(records), '--request-id', 'none'])).code).toBe(1);
    expect((await run(['--help'])).out).toContain('bulwark audit find');
    expect((await run(['reconcile', '--help'])).out).toContain('--tolerance');
  });
});

const reconciled = async (audit: readonly string[], invocations: readonly string[], ...more: readonly string[]) => {
  const { code, out, err } = await run([
    'reconcile',
    '--audit',
    fileOf(audit),
    '--invocations',
    fileOf(invocations, true),
    '--json',
    ...more,
  ]);
  return { code, err, made: out === '' ? undefined : JSON.parse(out) };
};

/** A call with something changed in it. */
const changed = (line: string | undefined, change: (call: Record<string, never>) => object): string =>
  JSON.stringify(change(JSON.parse(line ?? '{}')));

describe('reconcile', () => {
  test('finds no drift between what the chain charged and what Bedrock logged, to the token and the cent', async () => {
    const { code, made } = await reconciled(records, calls);
    expect(made).toMatchObject({
      difference: 0,
      requests: 5,
      withoutCalls: 1,
      calls: 4,
      retries: 1,
      invocations: 5,
      exact: { requests: 4 },
      unrecorded: [],
      worst: [],
    });
    expect(made.charged.tokens).toBe(made.billed.tokens);
    expect(made.charged.tokens).toBe(bedrock.billedTokens());
    expect(made.charged.usd).toBeCloseTo(made.billed.usd, 9);
    expect(made.billed.usd).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  test('finds calls that Bedrock billed more for, or less', async () => {
    const more = changed(calls[0], (call) => ({ ...call, output: { outputTokenCount: 5000 } }));
    const less = changed(calls[1], (call) => ({
      ...call,
      output: { outputTokenCount: 0 },
      input: { inputTokenCount: 1 },
    }));
    const { code, made } = await reconciled(records, [more, less, ...calls.slice(2)]);
    expect(code).toBe(1);
    expect(made).toMatchObject({ under: { requests: 1 }, over: { requests: 1 }, exact: { requests: 2 } });
    expect(made.worst[0]).toMatchObject({ requestId: requestIdOf(records[0]), calls: 1, invocations: 1 });
    expect((await reconciled(records, [more, less, ...calls.slice(2)], '--tolerance', '100%')).code).toBe(0);
  });

  test('finds who went round the kit, whatever such a call says of itself', async () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/notebook/eve';
    const silent = changed(calls[0], ({ requestMetadata: _, ...call }) => ({
      ...call,
      requestId: 'x-1',
      identity: { arn },
    }));
    const forged = changed(calls[0], (call) => ({
      ...call,
      requestId: 'x-2',
      requestMetadata: { bulwark_request_id: '00000000-0000-4000-8000-00000000beef' },
    }));
    const { code, made } = await reconciled(records, [...calls, silent, forged]);
    expect(code).toBe(1);
    expect(made.unrecorded).toMatchObject([
      { caller: expect.any(String), calls: 1 },
      { caller: expect.any(String), calls: 1 },
    ]);
    expect(made.unrecorded.map(({ caller }: { caller: string }) => caller).sort()).toEqual([LOCAL_CALLER, arn].sort());
  });

  test("knows a call by Bedrock's own id where it names no request, as in monitor mode", async () => {
    const silent = calls.map((line) => changed(line, ({ requestMetadata: _, ...call }) => call));
    expect((await reconciled(records, silent)).made).toMatchObject({ difference: 0, unrecorded: [] });
  });

  test('finds records whose calls are in no log, and counts what is there twice once', async () => {
    const { made } = await reconciled([...records, ...records], [...calls.slice(1), ...calls.slice(1)]);
    expect(made).toMatchObject({ missing: { requests: 1 }, exact: { requests: 3 }, under: { requests: 0 } });
  });

  test('counts a call that no record knows once, however often its log is given', async () => {
    const silent = calls.map((line) => changed(line, ({ requestMetadata: _, ...call }) => call));
    const odd = changed(silent[0], (call) => ({ ...call, requestId: 'x-1' }));
    const options = {
      audit: [fileOf(records)],
      invocations: [fileOf([...silent, odd]), fileOf([...silent, odd])],
      tolerance: 0,
      prices: {},
      json: true,
    };
    const output = { print: () => {}, error: () => {}, columns: undefined };
    const [whole, parts] = [await compare(options, output), await compare(options, output, 2)];
    expect(whole?.made.unrecorded).toMatchObject([[LOCAL_CALLER, { calls: 1 }]]);
    expect(parts).toEqual(whole);
  });

  test('takes no call from the content of another, as the console of Logs Insights exports it', async () => {
    const fake = { schemaType: 'ModelInvocationLog', requestId: 'x-3', input: { inputTokenCount: 999 } };
    const body = { messages: [{ content: [{ text: JSON.stringify(fake) }, { json: { a: [fake] } }] }], ...fake };
    const rows = calls.map((line, index) => {
      const call = JSON.parse(line);
      const message = index === 0 ? { ...call, input: { ...call.input, inputBodyJson: body } } : call;
      return { '@timestamp': '2026-11-30 10:00:00.000', schemaType: 'ModelInvocationLog', '@message': message };
    });
    const plain = rows.map(({ schemaType: _, ...row }) => row);
    for (const exported of [rows, plain])
      expect((await reconciled(records, [JSON.stringify(exported)])).made).toMatchObject({
        difference: 0,
        exact: { requests: 4 },
      });
  });

  test('does not call complete what could not be read', async () => {
    const { code, err, made } = await reconciled(records, [...calls, (calls[0] ?? '').slice(0, -3)]);
    expect(made).toMatchObject({ difference: 0, read: { unreadable: 1 } });
    expect(code).toBe(1);
    expect(err).toContain('1 entries could not be read');
  });

  test('comes to the same in parts, in bounded memory', async () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/notebook/eve';
    const silent = calls.map((line) => changed(line, ({ requestMetadata: _, ...call }) => call));
    const odd = changed(silent[0], (call) => ({ ...call, requestId: 'x-1', identity: { arn } }));
    const options = {
      audit: [fileOf(records)],
      invocations: [fileOf([...silent, odd])],
      tolerance: 0,
      prices: {},
      json: true,
    };
    const output = { print: () => {}, error: () => {}, columns: undefined };
    const [whole, parts] = [await compare(options, output), await compare(options, output, 2)];
    expect(parts).toEqual(whole);
    expect(whole?.made.unrecorded).toMatchObject([[arn, { calls: 1 }]]);
  });

  test('has no room for records that name more calls than requests have', () => {
    const pass = createJoinPass(0, 1, () => 0, 2);
    const entryOf = (index: number) => {
      const id = (kind: number) => `00000000-0000-4000-8000-${`${kind}${index}`.padStart(12, '0')}`;
      const calls = Array.from({ length: 11 }, (_, at) => ({ requestIds: [`${index}-${at}`, `${index}-${at}-b`] }));
      const line = JSON.stringify({ message: 'audit', audit: 4, requestId: id(0), recordId: id(1), calls });
      return readAuditEntry(line) as AuditEntry;
    };
    expect(pass.record(entryOf(1))).toBe(true);
    expect(pass.record(entryOf(2))).toBe(false);
  });

  test('shows people a table, and nothing of a prompt', async () => {
    const { out, code } = await run(['reconcile', '--audit', fileOf(records), '--invocations', fileOf(calls.slice(1))]);
    expect(code).toBe(1);
    expect(out).toContain('in no log of Bedrock');
    expect(out).toContain('above the tolerance');
    expect(out).not.toContain(PROMPT);
  });

  test.each([
    [['reconcile']],
    [['reconcile', '--audit', 'a']],
    [['reconcile', '--audit', '/no/such', '--invocations', '/no/such']],
    [['reconcile', '--audit', 'a', '--invocations', 'b', '--tolerance', '200%']],
    [['reconcile', '--audit', 'a', '--invocations', 'b', '--prices', '/no/such']],
  ])('%j is refused', async (args) => {
    expect((await run(args)).code).toBe(2);
  });

  test('says that there was nothing to compare', async () => {
    const { code, err } = await reconciled(records, ['nothing of the kind']);
    expect(code).toBe(1);
    expect(err).toContain('nothing to compare');
  });

  test('reads whatever stands in a log', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, text) => {
        readInvocation(
          JSON.stringify({ schemaType: 'ModelInvocationLog', input: value, requestMetadata: value, identity: value }),
        );
        readInvocation(`schemaType ${text}`);
      }),
      { numRuns: 100 },
    );
  });
});
