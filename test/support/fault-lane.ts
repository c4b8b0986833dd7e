/** What a client is told by a service in trouble, and what is left of the trouble: a service for each lane of tests. */

import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { metricsOf } from '../../local/stack/output-log.ts';
import { STREAM_PATH } from '../../local/stack/routes.ts';
import { wholeAnswer } from '../../local/tour/streamed-answer.ts';
import { type ChatAnswer, send } from './chat-client.ts';
import { chatBody } from './events.ts';
import { type Account, type FaultyService, LEASE_MS, type Mode, startFaultyService } from './faulty-service.ts';
import type { TableFault } from './faulty-table.ts';
import type { Held } from './functions/watched.ts';

const QUESTION = chatBody('What is a pear, and what is it good for?');

/** Longest that the table's client goes on trying after the answer has left, in milliseconds. */
const STILL_TRYING_MS = 6000;

/** Time for the services of all lanes to start, in milliseconds. */
const START_MS = 60_000;

/** What a request led to. */
export interface Aftermath extends Account {
  readonly user: string;
  /** Tokens that Bedrock would bill for it. */
  readonly billed: number;
}

/** What is done with the service of a lane. */
export interface FaultLane {
  /** Once the lane's tests run. */
  readonly service: FaultyService;
  /** What a client is told at last, in one piece or as the last event of a stream. @param user default: somebody new */
  ask(user?: string): Promise<ChatAnswer>;
  /** What `work` leads to: nothing of it is left in the process, and every token is accounted for. */
  inTrouble(work: (user: string) => Promise<unknown>): Promise<Aftermath>;
  /** Breaks the table while the model thinks: after the reservation, before the settlement. */
  breakingWhileAsked(user: string, fault: TableFault): Promise<ChatAnswer>;
  /** Lets a request reserve, then does something to its process while the model thinks. */
  duringModelCall(
    strike: (pid: number) => void,
  ): Promise<{ told: unknown; user: string; reserved: Account; account: Account }>;
  /** Metrics that the function published since it had printed so many lines, by request. */
  publishedSince(from: number): readonly Readonly<Record<string, number>>[];
}

/** Gives the tests of the suite around it a service of their own, which answers in this mode. */
export const faultLane = (mode: Mode): FaultLane => {
  let service: FaultyService;
  let users = 0;
  const somebody = (): string => `somebody-${users++}`;

  const ask = async (user = somebody()): Promise<ChatAnswer> => {
    const answer = await send(service, QUESTION, { user, path: mode === 'chat' ? '/v1/chat' : STREAM_PATH });
    const streamed = answer.headers.get('content-type') === 'text/event-stream';
    return streamed ? { ...answer, ...wholeAnswer(answer.status, answer.text) } : answer;
  };
  const mend = (): void => {
    service.bedrock.faults.clear();
    service.table.mend();
  };

  beforeAll(async () => {
    service = await startFaultyService(mode);
    expect((await ask()).status).toBe(200);
  }, START_MS);
  afterEach(mend);
  afterAll(() => service.close());

  /** The function's process, once it holds on to no timer and no socket. */
  const idle = (): Promise<Held> =>
    vi.waitFor(
      async () => {
        const held = await service.held();
        expect(held).toMatchObject({ timers: 0, sockets: 0 });
        return held;
      },
      { timeout: STILL_TRYING_MS, interval: 100 },
    );

  /** The same process, nothing held by it, and, once mended, the next request is served. */
  const expectNothingLeft = async ({ pid }: Held): Promise<void> => {
    expect((await idle()).pid).toBe(pid);
    mend();
    expect((await ask()).status).toBe(200);
    expect((await idle()).pid).toBe(pid);
  };

  return {
    get service() {
      return service;
    },
    ask,
    async inTrouble(work) {
      const before = await idle();
      const user = somebody();
      const billedBefore = service.bedrock.billedTokens();
      await work(user);
      const billed = service.bedrock.billedTokens() - billedBefore;
      await expectNothingLeft(before);
      const account = await service.account(user);
      expect(account.charged, 'charged at least what was generated').toBeGreaterThanOrEqual(billed);
      expect(account.released).toBe(account.charged);
      return { user, billed, ...account };
    },
    async breakingWhileAsked(user, fault) {
      const hold = service.bedrock.hold();
      const answer = ask(user);
      await hold.reached(1);
      service.table.break(fault);
      hold.release();
      return answer;
    },
    async duringModelCall(strike) {
      const { pid } = await service.held();
      const user = somebody();
      const hold = service.bedrock.hold();
      const answer = ask(user).catch((error: unknown) => error);
      await hold.reached(1);
      const reserved = await service.account(user);
      strike(pid);
      const told = await answer;
      hold.release();
      return { told, user, reserved, account: await service.account(user) };
    },
    publishedSince: (from) =>
      service.lines.slice(from).flatMap((line) => {
        const metrics = Object.fromEntries(metricsOf(line));
        return Object.keys(metrics).length === 0 ? [] : [metrics];
      }),
  };
};

/** Once its lease is over, what a reservation held is free again where the budget says so, and charged where it does not. */
export const expectFreedAfterLease = async (service: FaultyService, user: string, charged: number): Promise<void> => {
  const principal = { kind: 'user', id: user } as const;
  const later = service.ledgerIn(LEASE_MS + 5000);
  const lease = { id: `after-${user}`, ttlMs: 1000 };
  const rest = { tokens: 1_000_000 - charged };
  const outcome = await later.reserve([principal], rest, lease);
  expect(outcome, 'what is left can be reserved').toMatchObject({ granted: true });
  if (outcome.granted) await later.settle(outcome, {});
  expect(await later.usage(principal)).toMatchObject([{ used: charged }, { used: expect.any(Number) }]);
};
