/** `bulwark budget` against both emulators: what an operator says is what the ledger does. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDynamoDbQuotaLedger, createPrincipalDigest } from '../../aws/dynamodb/index.ts';
import { main } from '../../cli/main.ts';
import { harmlessText } from '../../cli/output.ts';
import type { Budget, Cost, PrincipalKind, QuotaLedger } from '../../core/quota/index.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';

const digestKey = 'a digest key for operators';
const START = Date.UTC(2026, 10, 24, 12, 30);
const ESC = '\u001b';
const ANYONE: readonly PrincipalKind[] = ['user', 'ip'];
const BUDGETS: readonly Budget[] = [
  { name: 'day-tokens', per: 'tenant', unit: 'tokens', window: 'day', limit: 1000, shards: 2 },
  { name: 'hour-tokens', per: ANYONE, unit: 'tokens', window: 'hour', limit: 1000 },
  { name: 'hour-strikes', per: ANYONE, unit: 'strikes', window: 'hour', limit: 2 },
  { name: 'pair-tokens', per: 'user+model', unit: 'tokens', window: 'month', zone: 'Europe/Berlin', limit: 500 },
  { name: 'account-tpm', per: 'account+model', unit: 'quotaTokens', window: 'minute', limit: 900 },
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-budget-'));
  writeFileSync(path.join(folder, 'budgets.json'), JSON.stringify(BUDGETS));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(inject('dynamodb'))('bulwark budget on $name', ({ name, endpoint, table }) => {
  let client: DynamoDBClient;
  let ledger: QuotaLedger;
  const clock = { at: START };
  let people = 0;
  const somebody = (): string => {
    people += 1;
    return `${name}-operator-${people}`;
  };

  beforeAll(() => {
    client = localDynamoDbClient(endpoint);
    ledger = createDynamoDbQuotaLedger({
      client,
      table,
      budgets: BUDGETS,
      digestKey,
      overridable: ['tenant', 'user'],
      now: () => clock.at,
    });
  });
  afterAll(() => client.destroy());

  interface Around {
    readonly env?: Readonly<Record<string, string | undefined>>;
    readonly answer?: string;
    readonly connect?: () => DynamoDBClient;
  }
  const bulwark = async (args: readonly string[], { env = {}, answer, connect }: Around = {}) => {
    let out = '';
    let err = '';
    const output = {
      print: (text: string) => {
        out += text;
      },
      error: (text: string) => {
        err += text;
      },
      columns: undefined,
    };
    const code = await main(['budget', ...args], output, {
      env: {
        BULWARK_TABLE: table,
        BULWARK_BUDGETS: JSON.stringify(BUDGETS),
        BULWARK_DIGEST_KEY: digestKey,
        ...env,
      },
      answer: answer === undefined ? undefined : async () => answer,
      connect: async () => connect?.() ?? localDynamoDbClient(endpoint),
      now: () => clock.at,
    });
    expect(out + err).not.toContain(digestKey);
    return { code, out, err };
  };

  let leases = 0;
  const reserve = (kind: PrincipalKind, id: string, cost: Cost) => {
    leases += 1;
    return ledger.reserve([{ kind, id }], cost, { id: `${name}-budget-${leases}`, ttlMs: 60_000 });
  };
  const spend = async (kind: PrincipalKind, id: string, actual: Cost): Promise<boolean> => {
    const outcome = await reserve(kind, id, { tokens: actual.tokens ?? 0 });
    if (outcome.granted) await ledger.settle(outcome, actual);
    return outcome.granted;
  };

  test('a tenant that was denied is granted a minute after its limit was raised', async () => {
    const acme = somebody();
    expect([await spend('tenant', acme, { tokens: 400 }), await spend('tenant', acme, { tokens: 400 })]).toEqual([
      true,
      true,
    ]);
    expect(await spend('tenant', acme, { tokens: 400 })).toBe(false);
    const set = await bulwark(['set', 'tenant', acme, 'day-tokens=4000', '--yes']);
    expect(set).toMatchObject({ code: 0, err: '' });
    expect(set.out).toMatch(/day-tokens +tokens +day +800 +1,000 \(default\) +4,000/);
    expect(set.out).toContain('within a minute');
    expect(await spend('tenant', acme, { tokens: 400 })).toBe(false);
    clock.at += 60_000;
    expect(await spend('tenant', acme, { tokens: 400 })).toBe(true);

    const shown = await bulwark(['show', 'tenant', acme]);
    expect(shown.out).toMatch(/day-tokens +tokens +day +4,000 +1,200 +70% +2026-11-25 00:00/);
    expect(shown.out).toContain('day-tokens: limit set by operator, default 1,000.');
    expect(shown.out).toContain('Kept in 2 parts');
    expect((await bulwark(['set', 'tenant', acme, 'day-tokens=default', '--yes'])).code).toBe(0);
    expect((await bulwark(['show', 'tenant', acme])).out).not.toContain('set by operator');
    expect((await bulwark(['set', 'tenant', acme, 'day-tokens=default', '--yes'])).out).toContain('hold already');
  });

  test('a limit of 0 allows nothing more', async () => {
    const acme = somebody();
    await bulwark(['set', 'tenant', acme, 'day-tokens=0', '--yes']);
    expect(await reserve('tenant', acme, { tokens: 1 })).toMatchObject({ granted: false, limit: 0 });
    expect((await bulwark(['show', 'tenant', acme])).out).toMatch(/day-tokens.* 0 +0 +0% /);
  });

  test('who was suspended may ask again ten seconds after a reset', async () => {
    const eve = somebody();
    for (let index = 0; index < 2; index++) await spend('user', eve, { tokens: 10, strikes: 1 });
    expect(await reserve('user', eve, { tokens: 1 })).toMatchObject({ granted: false, reason: 'suspended' });
    const reset = await bulwark(['reset', 'user', eve, 'hour-strikes', '--yes']);
    expect(reset.code).toBe(0);
    expect(reset.out).toContain('Given back: hour-strikes 2.');
    expect(reset.out).toContain('within ten seconds');
    clock.at += 10_001;
    expect(await spend('user', eve, { tokens: 1 })).toBe(true);
    expect((await bulwark(['show', 'user', eve])).out).toMatch(/hour-tokens.* 21 /);
    expect((await bulwark(['reset', 'user', eve, 'hour-strikes', '--yes'])).code).toBe(1);
  });

  test('a reset leaves what reservations in flight hold, which settle as ever', async () => {
    const ada = somebody();
    await spend('user', ada, { tokens: 300 });
    const flying = await reserve('user', ada, { tokens: 200 });
    const shown = await bulwark(['show', 'user', ada]);
    expect(shown.out).toMatch(/hour-tokens.* 500 +50% /);
    expect(shown.out).toContain('1 reservation in flight holds 200 tokens.');
    expect((await bulwark(['reset', 'user', ada, '--yes'])).out).toContain('Given back: hour-tokens 300.');
    if (flying.granted) await ledger.settle(flying, { tokens: 150 });
    const { budgets } = JSON.parse((await bulwark(['show', 'user', ada, '--json'])).out);
    expect(budgets[0]).toMatchObject({ budget: 'hour-tokens', used: 150, held: 0, remaining: 850, overridden: false });
  });

  test('resets among a crowd of reservations: what was given back and what is left is what was spent', async () => {
    const ada = somebody();
    await bulwark(['set', 'user', ada, 'hour-tokens=1000000', '--yes']);
    let spent = 0;
    let givenBack = 0;
    let isBusy = true;
    const work = Array.from({ length: 12 }, async (_, worker) => {
      for (let index = 0; index < 12; index++) {
        const outcome = await reserve('user', ada, { tokens: 100 });
        if (!outcome.granted) throw new Error('denied');
        const actual = (worker * 31 + index * 17) % 140;
        await ledger.settle(outcome, { tokens: actual });
        spent += actual;
      }
    });
    const resets = Array.from({ length: 2 }, async () => {
      while (isBusy) {
        const { code, out } = await bulwark(['reset', 'user', ada, 'hour-tokens', '--yes', '--json']);
        if (code === 0) givenBack += JSON.parse(out).givenBack['hour-tokens'] ?? 0;
      }
    });
    await Promise.all(work);
    isBusy = false;
    await Promise.all(resets);
    expect(givenBack).toBeGreaterThan(0);
    expect(givenBack + ((await ledger.usage({ kind: 'user', id: ada }))[0]?.used ?? 0)).toBe(spent);
  });

  test('gives back once though replies are lost after the write', async () => {
    const ada = somebody();
    await spend('user', ada, { tokens: 300 });
    await reserve('user', ada, { tokens: 100 });
    let lost = 0;
    const connect = () => {
      const lossy = localDynamoDbClient(endpoint);
      const handle = lossy.config.requestHandler.handle.bind(lossy.config.requestHandler);
      lossy.config.requestHandler.handle = async (request, ...rest) => {
        const answer = await handle(request, ...rest);
        if (!JSON.stringify(request.headers).includes('UpdateItem') || lost > 0) return answer;
        lost += 1;
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
      };
      return lossy;
    };
    expect((await bulwark(['reset', 'user', ada, '--yes'], { connect })).out).toContain('hour-tokens 300');
    expect(lost).toBe(1);
    expect((await ledger.usage({ kind: 'user', id: ada }))[0]?.used).toBe(100);
  });

  test('takes pairs by both ids, addresses by their prefix, and anybody by the digest of an audit record', async () => {
    const ada = somebody();
    const pair = [
      { kind: 'user', id: ada },
      { kind: 'account', id: `region-of-${ada}` }, // a call's account is that of a Region: aws/bedrock/allowance.ts
      { kind: 'model', id: 'some-model' },
    ] as const;
    await ledger.reserve(pair, { tokens: 70, quotaTokens: 90 }, { id: `${name}-pair`, ttlMs: 60_000 });
    const shown = await bulwark(['show', 'user+model', ada, 'some-model']);
    expect(shown.out).toMatch(/pair-tokens +tokens +month \(Europe\/Berlin\) +500 +70 +86% +2026-11-30 23:00/);

    const account = await bulwark(['show', 'account+model', `region-of-${ada}`, 'some-model']);
    expect(account.out).toMatch(/account-tpm +quota tokens +minute +900 +90 +90% /);

    await spend('ip', `2001:db8:${people}:2::/64`, { tokens: 33 });
    expect((await bulwark(['show', 'ip', `2001:DB8:${people}:2::aaaa`])).out).toMatch(/hour-tokens.* 33 /);

    await spend('user', ada, { tokens: 44 });
    const digest = createPrincipalDigest(digestKey)({ kind: 'user', id: ada });
    const env = { BULWARK_DIGEST_KEY: undefined };
    const byDigest = await bulwark(['show', 'user', '--digest', digest], { env });
    expect(byDigest.out).toMatch(/hour-tokens.* 44 /);
    expect(byDigest.out).not.toContain(ada);
  });

  test('shows who is new, and what stands in the table that no budget has', async () => {
    const fresh = somebody();
    const shown = await bulwark(['show', 'user', fresh]);
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/hour-tokens +tokens +hour +1,000 +0 +100% /);
    expect(shown.out).toContain('No reservations in flight.');
    const digest = createPrincipalDigest(digestKey)({ kind: 'user', id: fresh });
    const Item = { pk: { S: `o#user#${digest}` }, [`${ESC}[2Jold\nDone.`]: { N: '5' }, __proto__x: { N: '1' } };
    await client.send(new PutItemCommand({ TableName: table, Item }));
    const { out } = await bulwark(['show', 'user', fresh]);
    expect(out).toContain('?[2Jold?Done.');
    expect(out).not.toContain(ESC);
    expect(JSON.parse((await bulwark(['show', 'user', fresh, '--json'])).out).strayLimits).toMatchObject({
      __proto__x: 1,
    });
  });

  test.each(['__proto__', 'constructor', 'a\nDone.', `a${ESC}]0;title\u0007`, '\u202eevil', '{"a":1}', '-x', '💥'])(
    'an id like %j is an id, and prints harmlessly',
    async (id) => {
      const own = `${id}${name}`;
      await spend('user', own, { tokens: 5 });
      const { code, out } = await bulwark(['show', 'user', '--', own]);
      expect(code).toBe(0);
      expect(out).toMatch(/hour-tokens.* 5 /);
      expect(out).toBe(harmlessText(out));
      expect(out.split('\n')).not.toContain('Done.');
      expect((await bulwark(['set', 'user', '--yes', '--', own, '__proto__=5'])).code).toBe(2);
      expect((await bulwark(['set', 'user', '--yes', '--', own, 'hour-tokens=9'])).code).toBe(0);
    },
  );

  test('asks before it changes anything, and takes yes alone for yes', async () => {
    const ada = somebody();
    await spend('user', ada, { tokens: 300 });
    for (const [answer, code] of [
      ['', 1],
      ['n', 1],
      ['yesterday', 1],
      [' Y ', 0],
    ] as const) {
      const asked = await bulwark(['set', 'user', ada, 'hour-tokens=77'], { answer });
      expect(asked.code).toBe(code);
      expect(asked.out).toContain('limit after');
      expect(asked.err).toContain('Do it? [y/N]');
      expect((await bulwark(['show', 'user', ada])).out.includes('set by operator')).toBe(code === 0);
    }
    const refused = await bulwark(['reset', 'user', ada, '--json'], { answer: 'no' });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('Nothing was changed.');
    expect((await bulwark(['reset', 'user', ada])).code).toBe(2);
    expect((await ledger.usage({ kind: 'user', id: ada }))[0]?.used).toBe(300);
  });

  test('says which functions see a limit of a kind that they may not read', async () => {
    expect((await bulwark(['set', 'user', somebody(), 'hour-tokens=5', '--yes'])).out).toContain('overridable');
  });

  test('takes budgets from a file, from the environment, and else those of the service', async () => {
    const ada = somebody();
    const file = path.join(folder, 'budgets.json');
    expect((await bulwark(['show', 'user', ada, '--budgets', file])).out).toContain(`budgets of ${file}`);
    const { code, out } = await bulwark(['show', 'user', ada], { env: { BULWARK_BUDGETS: '' } });
    expect(code).toBe(0);
    expect(out).toContain("budgets of the kit's own service");
    expect(out).toMatch(/day-tokens +tokens +day +1,000,000 /);
  });

  test('tells an error of AWS in one line, and what to do', async () => {
    const missing = await bulwark(['show', 'user', 'a', '--table', 'nowhere']);
    expect(missing.err).toBe(
      'bulwark budget: ResourceNotFoundException: there is no table nowhere in Region local: check --table or BULWARK_TABLE, and AWS_REGION\n',
    );
    const away = await bulwark(['show', 'user', 'a'], { connect: () => localDynamoDbClient('http://127.0.0.1:9') });
    expect(away.err).toMatch(/^bulwark budget: ECONNREFUSED: DynamoDB gives no answer/);
  });

  test('finds table, key, Region and endpoint in the environment of its process', async () => {
    const ada = somebody();
    const at = Date.now();
    const now = createDynamoDbQuotaLedger({ client, table, budgets: BUDGETS, digestKey, now: () => at });
    const reservation = await now.reserve([{ kind: 'user', id: ada }], { tokens: 12 }, { id: ada, ttlMs: 60_000 });
    if (reservation.granted) await now.settle(reservation, { tokens: 12 });
    const run = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, ['cli/bulwark.ts', 'budget', ...args], {
        env: {
          PATH: process.env['PATH'],
          AWS_ENDPOINT_URL_DYNAMODB: endpoint,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local',
          BULWARK_TABLE: table,
          BULWARK_DIGEST_KEY: digestKey,
          BULWARK_BUDGETS: JSON.stringify(BUDGETS),
        },
      });
    const { stdout, stderr } = await run('show', 'user', ada);
    expect(stdout).toContain(`Table ${table} in eu-central-1`);
    expect(stdout).toMatch(/hour-tokens.* 12 /);
    expect(stderr).toBe('');
    await expect(run('set', 'user', ada, 'hour-tokens=5')).rejects.toMatchObject({ code: 2 });
    expect((await run('--help')).stdout).toContain('bulwark budget reset');
  });
});
