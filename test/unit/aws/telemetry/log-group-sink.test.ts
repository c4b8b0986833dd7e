/** The log group of audit records, over the real SDK client and the real wire, against a server that behaves as badly as AWS. */

import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createLogGroupSink, type LogGroupSinkOptions } from '../../../../aws/telemetry/log-group-sink.ts';
import { type LocalLogs, startLocalLogs } from '../../../../local/logs/index.ts';

const KEYS = { accessKeyId: ['ASIA', 'LOCALLOGS'].join(''), secretAccessKey: ['local', 'secret'].join('-') };
const GROUP = '/bulwark/audit';

let logs: LocalLogs;
let client: CloudWatchLogsClient;
/** Where the events of the running test begin. */
let from = 0;

beforeAll(async () => {
  logs = await startLocalLogs({ groups: [GROUP], credentials: { [KEYS.accessKeyId]: KEYS.secretAccessKey } });
  client = new CloudWatchLogsClient({ endpoint: logs.url, region: 'eu-central-1', credentials: KEYS, maxAttempts: 1 });
});

afterEach(() => {
  logs.fail();
  from = logs.events(GROUP).length;
});

afterAll(async () => {
  client.destroy();
  await logs.close();
});

const sinkOf = (more: Partial<LogGroupSinkOptions> = {}) => createLogGroupSink({ logGroup: GROUP, client, ...more });

const written = (): readonly string[] =>
  logs
    .events(GROUP)
    .slice(from)
    .map(({ message }) => message);

describe('a group that takes lines', () => {
  test('has each line once, in a stream that says nothing of whose it is', async () => {
    const sink = sinkOf();
    expect(await sink.write('one')).toBe(true);
    expect(await sink.write('two')).toBe(true);
    expect(written()).toEqual(['one', 'two']);
    const streams = new Set(
      logs
        .events(GROUP)
        .slice(from)
        .map(({ stream }) => stream),
    );
    expect(streams.size).toBe(1);
    expect([...streams][0]).toMatch(/^\d{4}\/\d{2}\/\d{2}\/[\da-f-]{36}$/);
  });

  test('makes its stream with the first line, and not before', async () => {
    const before = logs.requests.length;
    const sink = sinkOf();
    expect(logs.requests).toHaveLength(before);
    await sink.write('one');
    expect(logs.requests.slice(before)).toEqual(['CreateLogStream', 'PutLogEvents']);
  });

  test('gets lines of requests that overlap together, a hundred at most at a time', async () => {
    const before = logs.requests.length;
    const sink = sinkOf();
    const lines = Array.from({ length: 150 }, (_, index) => `line ${index}`);
    expect(await Promise.all(lines.map((line) => sink.write(line)))).toEqual(lines.map(() => true));
    expect([...written()].sort()).toEqual([...lines].sort());
    expect(logs.requests.slice(before).filter((operation) => operation === 'PutLogEvents')).toHaveLength(3);
  });

  test('takes no line of more than a mebibyte, and no more than a thousand that wait', async () => {
    const sink = sinkOf();
    expect(await sink.write('x'.repeat(1_048_576))).toBe(false);
    const many = await Promise.all(Array.from({ length: 1002 }, (_, index) => sink.write(`${index}`)));
    expect(many.filter((isThere) => !isThere).length).toBeGreaterThanOrEqual(1);
    expect(many.filter(Boolean).length).toBeGreaterThanOrEqual(1000);
  });

  test('has 8 MiB waiting at most, beside the batch that is on its way', async () => {
    const sink = sinkOf({ timeoutMs: 20_000 });
    const large = await Promise.all(Array.from({ length: 11 }, () => sink.write('x'.repeat(1_000_000))));
    expect(large.filter(Boolean)).toHaveLength(9);
    expect(await sink.write('x'.repeat(1_000_000))).toBe(true);
  });
});

describe('a group that fails once', () => {
  test.each(['throttle', 'error', 'unavailable', 'reset', 'missing'] as const)(
    'has the line after %s',
    async (kind) => {
      const sink = sinkOf();
      await sink.write('before');
      logs.fail({ kind }, 1);
      expect(await sink.write('after')).toBe(true);
      expect(written()).toEqual(['before', 'after']);
    },
  );

  test('may have the line twice where only its answer was lost', async () => {
    const sink = sinkOf();
    await sink.write('before');
    logs.fail({ kind: 'reply-lost' }, 1);
    expect(await sink.write('after')).toBe(true);
    expect(written()).toEqual(['before', 'after', 'after']);
  });

  test('makes its stream all the same where that answer was lost', async () => {
    logs.fail({ kind: 'reply-lost' }, 1);
    expect(await sinkOf().write('one')).toBe(true);
    expect(written()).toEqual(['one']);
  });
});

describe('a group that keeps failing', () => {
  test.each(['throttle', 'denied', 'reset', 'missing', 'rejected'] as const)('has no line: %s', async (kind) => {
    logs.fail({ kind });
    expect(await sinkOf().write('one')).toBe(false);
    expect(written()).toEqual([]);
  });

  test('is not waited for beyond the time of its own, nor beyond that of the invocation', async () => {
    logs.fail({ kind: 'slow', ms: 45 });
    const startedAt = performance.now();
    expect(await sinkOf({ timeoutMs: 20 }).write('one')).toBe(false);
    expect(await sinkOf().write('two', Date.now() + 10)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test('does not keep other lines waiting where its client hears no signal', async () => {
    let isDeaf = true;
    const sent: unknown[] = [];
    const send = (command: unknown): Promise<object> =>
      isDeaf ? new Promise(() => {}) : Promise.resolve({ sent: sent.push(command) });
    const sink = sinkOf({ timeoutMs: 20, client: { send } as never });
    expect(await sink.write('lost')).toBe(false);
    isDeaf = false;
    await expect.poll(() => sink.write('there'), { interval: 5 }).toBe(true);
    expect(await sink.ready()).toBe(true);
  });

  test('is left alone after three failures, asked again later, and used once it answers', async () => {
    let time = Date.now();
    const sink = sinkOf({ now: () => time });
    logs.fail({ kind: 'denied' });
    for (let index = 0; index < 3; index++) await sink.write('lost');
    const before = logs.requests.length;
    expect(await sink.write('lost')).toBe(false);
    expect(logs.requests).toHaveLength(before);
    time += 5001;
    logs.fail();
    expect(await sink.write('back')).toBe(true);
    expect(written()).toEqual(['back']);
  });

  test('is known not to be ready until it has been reached again', async () => {
    const sink = sinkOf();
    expect(await sink.ready()).toBe(true);
    logs.fail({ kind: 'error' });
    await sink.write('lost');
    expect(await sink.ready()).toBe(false);
    logs.fail();
    expect(await sink.ready()).toBe(true);
  });

  test('is not ready, since its stream can be made, while it takes no line', async () => {
    let time = Date.now();
    const sink = sinkOf({ now: () => time });
    logs.fail({ kind: 'rejected' });
    for (let index = 0; index < 3; index++) {
      expect(await sink.ready()).toBe(true);
      expect(await sink.write('lost')).toBe(false);
    }
    expect(await sink.ready()).toBe(false);
    time += 5001;
    expect(await sink.ready()).toBe(true);
    expect(await sink.write('lost')).toBe(false);
    expect(await sink.ready()).toBe(false);
    time += 10_001;
    logs.fail();
    expect(await sink.ready()).toBe(true);
    expect(await sink.write('back')).toBe(true);
    expect(await sink.ready()).toBe(true);
  });
});

test('options that are unknown or wrong are refused when the sink is made', () => {
  expect(() => sinkOf({ group: 'x' } as never)).toThrow(TypeError);
  expect(() => sinkOf({ logGroup: '' })).toThrow('logGroup');
});
