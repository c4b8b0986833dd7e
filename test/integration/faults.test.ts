/** What breaks between the client and the model: the client hears of it in one way, and the books stay right. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CUTS, type FaultKind } from '../../local/bedrock/index.ts';
import { expectFreedAfterLease, faultLane } from '../support/fault-lane.ts';
import { LEASE_MS, type Mode } from '../support/faulty-service.ts';
import type { TableFault } from '../support/faulty-table.ts';

const MODES: readonly Mode[] = ['chat', 'chatStream'];

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

/** Many of these tests wait for a time-out. So both modes run at once, each with a service of its own, its tests in turn. */
const IN_TURN = { concurrent: false };

describe.concurrent.each(MODES)('%s:', (mode) => {
  const lane = faultLane(mode);

  describe('Bedrock', IN_TURN, () => {
    const met = BEDROCK.filter(([, , inOnePiece]) => mode === 'chatStream' || inOnePiece !== undefined);

    test.each(met)('%s', async (_, fault, inOnePiece, inStream) => {
      lane.service.bedrock.faults.add({ ...fault, times: Number.POSITIVE_INFINITY });
      const { leases } = await lane.inTrouble(async (user) => {
        const answer = await lane.ask(user);
        expect([answer.status, answer.json['code']]).toEqual(mode === 'chat' ? inOnePiece : inStream);
        expect(answer.text).not.toMatch(/http2|socket|nghttp|amazon|Exception/i);
      });
      expect(leases).toEqual([]);
    });

    test('asked again after a failure is paid for both times', async () => {
      lane.service.bedrock.faults.add({ kind: 'error', type: 'InternalServerException' });
      const { charged, billed, leases } = await lane.inTrouble(async (user) =>
        expect((await lane.ask(user)).status).toBe(200),
      );
      // The model may have run before it failed: that attempt counts at its bound, output that was never written included.
      expect(charged).toBeGreaterThan(billed + 4000);
      expect(leases).toEqual([]);
    });
  });

  describe('Lambda', IN_TURN, () => {
    test.each<[string, NodeJS.Signals, number, string]>([
      ['killed', 'SIGKILL', 502, 'upstream_unavailable'],
      ['frozen until its time-out', 'SIGSTOP', 504, 'upstream_timeout'],
    ])(
      '%s between reservation and settlement: all of it stays charged until the lease ends',
      async (_, signal, status, code) => {
        const { told, user, reserved, account } = await lane.duringModelCall((pid) => process.kill(pid, signal));
        expect(told).toMatchObject({ status, json: { code } });
        expect(reserved.leases).toHaveLength(1);
        expect(account).toEqual(reserved);
        expect(account.leases[0]).toBeLessThanOrEqual(Date.now() + LEASE_MS);
        await expectFreedAfterLease(lane.service, user, account.charged);
        expect((await lane.ask()).status).toBe(200);
      },
    );
  });

  describe('DynamoDB', IN_TURN, () => {
    test.each<TableFault>(['down', 'silent', 'throttled', 'all-replies-lost'])(
      '%s: nobody is asked, and the reservation lasts no longer than its lease',
      async (fault) => {
        const { service } = lane;
        service.table.break(fault);
        const asked = service.bedrock.requests.length;
        const from = service.lines.length;
        const { leases } = await lane.inTrouble(async (user) => {
          const answer = await lane.ask(user);
          expect([answer.status, answer.json['code']]).toEqual([503, 'control_unavailable']);
          expect(answer.headers.get('retry-after')).toBe('5');
        });
        expect(lane.publishedSince(from)[0]).toMatchObject({ ControlFailures: 1, RequestsDenied: 1 });
        expect(service.bedrock.requests.length).toBe(asked + 1); // the one after it was mended
        for (const lease of leases) expect(lease).toBeLessThanOrEqual(Date.now() + LEASE_MS);
      },
    );

    test.each<TableFault>(['slow', 'replies-lost'])(
      '%s: the answer comes, and what was used is charged',
      async (fault) => {
        lane.service.table.break(fault);
        const { charged, billed, leases } = await lane.inTrouble(async (user) =>
          expect((await lane.ask(user)).status).toBe(200),
        );
        expect([charged, leases]).toEqual([billed, []]);
      },
    );

    test.each<TableFault>(['down', 'silent', 'throttled'])(
      '%s when it is settled: the answer comes, the whole reservation stays charged, and its lease ends',
      async (fault) => {
        const from = lane.service.lines.length;
        const { user, charged, billed, leases } = await lane.inTrouble(async (given) =>
          expect((await lane.breakingWhileAsked(given, fault)).status).toBe(200),
        );
        expect(lane.publishedSince(from)[0]).toMatchObject({ QuotaSettleFailed: 1, Requests: 1 });
        expect(charged).toBeGreaterThan(billed);
        expect(leases).toHaveLength(1);
        await expectFreedAfterLease(lane.service, user, charged);
      },
    );

    test('that loses every reply to a settlement has settled', async () => {
      const { charged, billed, leases } = await lane.inTrouble(async (user) =>
        expect((await lane.breakingWhileAsked(user, 'all-replies-lost')).status).toBe(200),
      );
      expect([charged, leases]).toEqual([billed, []]);
    });
  });
});
