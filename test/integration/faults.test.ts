/** What breaks between the client and the model: the client hears of it in one way, and the books stay right. */

import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { CUTS, type FaultKind } from '../../local/bedrock/index.ts';
import { metricsOf } from '../../local/stack/output-log.ts';
import { STREAM_PATH } from '../../local/stack/routes.ts';
import { wholeAnswer } from '../../local/tour/streamed-answer.ts';
import { send } from '../support/chat-client.ts';
import { chatBody } from '../support/events.ts';
import { type FaultyService, LEASE_MS, type Mode, startFaultyService } from '../support/faulty-service.ts';
import type { TableFault } from '../support/faulty-table.ts';
import type { Held } from '../support/functions/watched.ts';

const MODES: readonly Mode[] = ['chat', 'chatStream'];
const QUESTION = chatBody('What is a pear, and what is it good for?');

let service: FaultyService;
let users = 0;
const somebody = (): string => `somebody-${users++}`;

beforeAll(async () => {
  service = await startFaultyService();
  for (const mode of MODES) expect((await ask(mode)).status).toBe(200);
});
afterEach(() => {
  service.bedrock.faults.clear();
  service.table.mend();
});
afterAll(() => service.close());

const pathOf = (mode: Mode): string => (mode === 'chat' ? '/v1/chat' : STREAM_PATH);

/** What a client is told at last, in one piece or as the last event of a stream. */
const ask = async (mode: Mode, user = somebody(), body: unknown = QUESTION) => {
  const { status, json, text, headers } = await send(service, body, { user, path: pathOf(mode) });
  const streamed = headers.get('content-type') === 'text/event-stream';
  return { ...(streamed ? wholeAnswer(status, text) : { status, json }), headers, text };
};

/** Tokens that Bedrock would bill for what `work` does. */
const billedFor = async (work: () => Promise<unknown>): Promise<number> => {
  const before = service.bedrock.billedTokens();
  await work();
  return service.bedrock.billedTokens() - before;
};

/** Longest that the table's client goes on trying after the answer has left, in milliseconds. */
const STILL_TRYING_MS = 6000;

/** The function's process, once it holds on to no timer and no socket. */
const idle = (mode: Mode): Promise<Held> =>
  vi.waitFor(
    async () => {
      const held = await service.held(mode);
      expect(held).toMatchObject({ timers: 0, sockets: 0 });
      return held;
    },
    { timeout: STILL_TRYING_MS, interval: 100 },
  );

/** The same process, nothing held by it, and, once mended, the next request is served. */
const expectNothingLeft = async (mode: Mode, { pid }: Held): Promise<void> => {
  expect((await idle(mode)).pid).toBe(pid);
  service.bedrock.faults.clear();
  service.table.mend();
  expect((await ask(mode)).status).toBe(200);
  expect((await idle(mode)).pid).toBe(pid);
};

/** What `work` leads to, and what is left of it. */
const inTrouble = async (mode: Mode, work: (user: string) => Promise<unknown>) => {
  const before = await idle(mode);
  const user = somebody();
  const billed = await billedFor(() => work(user));
  await expectNothingLeft(mode, before);
  const account = await service.account(user);
  expect(account.charged, 'charged at least what was generated').toBeGreaterThanOrEqual(billed);
  expect(account.released).toBe(account.charged);
  return { user, billed, ...account };
};

type Told = readonly [status: number, code: string];
const UNAVAILABLE: Told = [502, 'upstream_unavailable'];
const TRUNCATED: Told = [502, 'output_truncated'];
const THROTTLED: Told = [503, 'upstream_throttled'];
const TIMEOUT: Told = [504, 'upstream_timeout'];

/** What breaks at Bedrock, and what the client is told: in one piece, and in a stream. */
const BEDROCK: readonly (readonly [what: string, fault: FaultKind, inOnePiece: Told | undefined, inStream: Told])[] = [
  ['`destroy`', { kind: 'cut', cut: 'destroy' }, UNAVAILABLE, TRUNCATED],
  ['`reset-internal-error`', { kind: 'cut', cut: 'reset-internal-error' }, UNAVAILABLE, UNAVAILABLE],
  ['`reset-cancel`', { kind: 'cut', cut: 'reset-cancel' }, UNAVAILABLE, TRUNCATED],
  ['`reset-enhance-your-calm`', { kind: 'cut', cut: 'reset-enhance-your-calm' }, UNAVAILABLE, UNAVAILABLE],
  ['`reset-refused`', { kind: 'cut', cut: 'reset-refused' }, UNAVAILABLE, UNAVAILABLE],
  ['`socket`', { kind: 'cut', cut: 'socket' }, UNAVAILABLE, TRUNCATED],
  ['`goaway`', { kind: 'cut', cut: 'goaway' }, UNAVAILABLE, UNAVAILABLE],
  ['`end`', { kind: 'cut', cut: 'end' }, UNAVAILABLE, TRUNCATED],
  ['`half-frame`', { kind: 'cut', cut: 'half-frame' }, UNAVAILABLE, UNAVAILABLE],
  ['never ends', { kind: 'hang' }, TIMEOUT, TIMEOUT],
  ['drops the connection instead of answering', { kind: 'connection-reset' }, TIMEOUT, TIMEOUT],
  ['throttles', { kind: 'error', type: 'ThrottlingException' }, THROTTLED, THROTTLED],
  ['fails', { kind: 'error', type: 'InternalServerException' }, UNAVAILABLE, UNAVAILABLE],
  ['denies access', { kind: 'error', type: 'AccessDeniedException' }, UNAVAILABLE, UNAVAILABLE],
  ['answers what is no JSON', { kind: 'malformed-json' }, UNAVAILABLE, UNAVAILABLE],
  ['throttles in the middle', { kind: 'mid-stream-exception', type: 'ThrottlingException' }, undefined, THROTTLED],
  ['fails in the middle', { kind: 'mid-stream-exception', type: 'ModelStreamErrorException' }, undefined, UNAVAILABLE],
];

test('every way to cut an answer is among them, and all of them are documented', () => {
  const page = readFileSync(new URL('../../docs/failures.md', import.meta.url), 'utf8');
  const named = BEDROCK.map(([what]) => what);
  expect(named).toEqual(expect.arrayContaining(CUTS.map((cut) => `\`${cut}\``)));
  for (const [what, , inOnePiece, inStream] of BEDROCK)
    expect(page).toContain(`| ${what} | ${inOnePiece?.join(' ') ?? '–'} | ${inStream.join(' ')} |`);
});

describe.each(MODES)('%s: Bedrock', (mode) => {
  const met = BEDROCK.filter(([, , inOnePiece]) => mode === 'chatStream' || inOnePiece !== undefined);

  test.each(met)('%s', async (_, fault, inOnePiece, inStream) => {
    service.bedrock.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
    const { leases } = await inTrouble(mode, async (user) => {
      const answer = await ask(mode, user);
      expect([answer.status, answer.json['code']]).toEqual(mode === 'chat' ? inOnePiece : inStream);
      expect(answer.text).not.toMatch(/http2|socket|nghttp|amazon|Exception/i);
    });
    expect(leases).toEqual([]);
  });
});

test.each(MODES)('%s: Bedrock asked again after a failure is paid for both times', async (mode) => {
  service.bedrock.faults.add({ kind: 'error', type: 'InternalServerException' });
  const { charged, billed, leases } = await inTrouble(mode, async (user) =>
    expect((await ask(mode, user)).status).toBe(200),
  );
  // The model may have run before it failed: that attempt counts at its bound, output that was never written included.
  expect(charged).toBeGreaterThan(billed + 4000);
  expect(leases).toEqual([]);
});

/** Breaks the table while the model thinks: after the reservation, before the settlement. */
const breakingWhileAsked = async (mode: Mode, user: string, fault: TableFault) => {
  const hold = service.bedrock.hold();
  const answer = ask(mode, user);
  await hold.reached(1);
  service.table.break(fault);
  hold.release();
  return answer;
};

/** Metrics that a function published since `from`, by request. */
const publishedSince = (mode: Mode, from: number) =>
  service.lines[mode].slice(from).flatMap((line) => {
    const metrics = Object.fromEntries(metricsOf(line));
    return Object.keys(metrics).length === 0 ? [] : [metrics];
  });

describe.each(MODES)('%s: DynamoDB', (mode) => {
  test.each<TableFault>(['down', 'silent', 'throttled', 'all-replies-lost'])(
    '%s: nobody is asked, and the reservation lasts no longer than its lease',
    async (fault) => {
      service.table.break(fault);
      const asked = service.bedrock.requests.length;
      const from = service.lines[mode].length;
      const { leases } = await inTrouble(mode, async (user) => {
        const answer = await ask(mode, user);
        expect([answer.status, answer.json['code']]).toEqual([503, 'control_unavailable']);
        expect(answer.headers.get('retry-after')).toBe('5');
      });
      expect(publishedSince(mode, from)[0]).toMatchObject({ ControlFailures: 1, RequestsDenied: 1 });
      expect(service.bedrock.requests.length).toBe(asked + 1); // the one after it was mended
      for (const lease of leases) expect(lease).toBeLessThanOrEqual(Date.now() + LEASE_MS);
    },
  );

  test.each<TableFault>(['slow', 'replies-lost'])(
    '%s: the answer comes, and what was used is charged',
    async (fault) => {
      service.table.break(fault);
      const { charged, billed, leases } = await inTrouble(mode, async (user) =>
        expect((await ask(mode, user)).status).toBe(200),
      );
      expect([charged, leases]).toEqual([billed, []]);
    },
  );

  test.each<TableFault>(['down', 'silent', 'throttled'])(
    '%s when it is settled: the answer comes, the whole reservation stays charged, and its lease ends',
    async (fault) => {
      const from = service.lines[mode].length;
      const { user, charged, billed, leases } = await inTrouble(mode, async (given) =>
        expect((await breakingWhileAsked(mode, given, fault)).status).toBe(200),
      );
      expect(publishedSince(mode, from)[0]).toMatchObject({ QuotaSettleFailed: 1, Requests: 1 });
      expect(charged).toBeGreaterThan(billed);
      expect(leases).toHaveLength(1);
      await expectFreedAfterLease(user, charged);
    },
  );

  test('that loses every reply to a settlement has settled', async () => {
    const { charged, billed, leases } = await inTrouble(mode, async (user) =>
      expect((await breakingWhileAsked(mode, user, 'all-replies-lost')).status).toBe(200),
    );
    expect([charged, leases]).toEqual([billed, []]);
  });
});

/** Once its lease is over, what a reservation held is free again where the budget says so, and charged where it does not. */
const expectFreedAfterLease = async (user: string, charged: number): Promise<void> => {
  const principal = { kind: 'user', id: user } as const;
  const later = service.ledgerIn(LEASE_MS + 5000);
  const lease = { id: `after-${user}`, ttlMs: 1000 };
  const rest = { tokens: 1_000_000 - charged };
  const outcome = await later.reserve([principal], rest, lease);
  expect(outcome, 'what is left can be reserved').toMatchObject({ granted: true });
  if (outcome.granted) await later.settle(outcome, {});
  expect(await later.usage(principal)).toMatchObject([{ used: charged }, { used: expect.any(Number) }]);
};

describe.each(MODES)('%s: Lambda', (mode) => {
  /** Lets a request reserve, then does something to its process while the model thinks. */
  const duringModelCall = async (strike: (pid: number) => void) => {
    const { pid } = await service.held(mode);
    const user = somebody();
    const hold = service.bedrock.hold();
    const answer = ask(mode, user).catch((error: unknown) => error);
    await hold.reached(1);
    const reserved = await service.account(user);
    strike(pid);
    const told = await answer;
    hold.release();
    return { told, user, reserved, account: await service.account(user) };
  };

  test.each<[string, NodeJS.Signals, number, string]>([
    ['killed', 'SIGKILL', 502, 'upstream_unavailable'],
    ['frozen until its time-out', 'SIGSTOP', 504, 'upstream_timeout'],
  ])(
    '%s between reservation and settlement: all of it stays charged until the lease ends',
    async (_, signal, status, code) => {
      const { told, user, reserved, account } = await duringModelCall((pid) => process.kill(pid, signal));
      expect(told).toMatchObject({ status, json: { code } });
      expect(reserved.leases).toHaveLength(1);
      expect(account).toEqual(reserved);
      expect(account.leases[0]).toBeLessThanOrEqual(Date.now() + LEASE_MS);
      await expectFreedAfterLease(user, account.charged);
      expect((await ask(mode)).status).toBe(200);
    },
  );
});
