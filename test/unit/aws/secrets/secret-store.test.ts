import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSecretStore, type Secrets, type SecretsFailure } from '../../../../aws/secrets/index.ts';
import { keyOf, startSecrets } from '../../../support/secrets.ts';

let server: Awaited<ReturnType<typeof startSecrets>>;
let at: number;
beforeEach(async () => {
  at = 1_000_000;
  server = await startSecrets();
});
afterEach(() => server.close());

const storeOf = <Made = Secrets>(make: (secrets: Secrets) => Made = (secrets) => secrets as Made, more: object = {}) =>
  createSecretStore({ digest: 'digest', mac: 'mac', client: server.client, now: () => at, make, ...more });

const pass = (seconds: number): void => {
  at += seconds * 1000;
};

describe('a store', () => {
  test('asks for nothing before it is asked, and once for all who ask at once', async () => {
    const make = vi.fn((secrets: Secrets) => ({ secrets }));
    const store = storeOf(make, { systemPrompt: 'prompt' });
    expect(server.requests).toEqual([]);
    const all = await Promise.all([store.current(), store.current(), store.current()]);
    expect(new Set(all).size).toBe(1);
    expect(make).toHaveBeenCalledOnce();
    expect(all[0]?.secrets).toEqual({ digest: keyOf('d'), mac: [keyOf('a')], systemPrompt: 'You are Orchard.' });
    expect([...server.requests].sort()).toEqual([
      ['digest', 'AWSCURRENT'],
      ['mac', 'AWSCURRENT'],
      ['mac', 'AWSPENDING'],
      ['mac', 'AWSPREVIOUS'],
      ['prompt', 'AWSCURRENT'],
    ]);
  });

  test('takes the ARN of a secret as well as its name, and a digest key with its version', async () => {
    server.secret('digest').put(JSON.stringify({ version: 'v2', key: keyOf('e') }));
    const store = storeOf(undefined, { digest: server.arnOf('digest'), mac: undefined });
    expect(await store.current()).toEqual({
      digest: { version: 'v2', key: keyOf('e') },
      mac: [],
      systemPrompt: undefined,
    });
  });

  test('fetches again when secrets are too old, and makes anew only what has changed', async () => {
    const make = vi.fn((secrets: Secrets) => ({ secrets }));
    const store = storeOf(make);
    const first = await store.current();
    pass(299);
    expect(await store.current()).toBe(first);
    expect(server.requests).toHaveLength(4);
    pass(2);
    expect(await store.current()).toBe(first);
    expect(server.requests).toHaveLength(8);
    server.secret('mac').put(keyOf('b'));
    pass(301);
    expect((await store.current()).secrets.mac).toEqual([keyOf('b'), keyOf('a')]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('opens with a key before it seals with it, and after: no order of refreshes parts two processes', async () => {
    const [one, other] = [storeOf(), storeOf()];
    await one.current();
    server.secret('mac').stage(keyOf('b'));
    await other.current();
    pass(301);
    expect((await one.current()).mac).toEqual([keyOf('a'), keyOf('b')]);
    expect((await other.current()).mac).toEqual([keyOf('a'), keyOf('b')]);
    server.secret('mac').promote();
    pass(200);
    const late = await other.current();
    pass(101);
    const early = await one.current();
    expect(early.mac).toEqual([keyOf('b'), keyOf('a')]);
    expect(late.mac).toContain(early.mac[0]);
    expect(early.mac).toContain(late.mac[0]);
  });

  test('leaves out a pending key that is too short to be one', async () => {
    server.secret('mac').stage('short');
    expect((await storeOf().current()).mac).toEqual([keyOf('a')]);
  });
});

describe('when Secrets Manager fails', () => {
  test.each([
    ['throttles', { kind: 'throttle' }, 'ThrottlingException'],
    ['has an error', { kind: 'error' }, 'InternalServiceError'],
  ] as const)(
    'because it %s, the first who asks is told, and the next one has it asked again',
    async (_, fault, name) => {
      server.fail(fault);
      const failures: SecretsFailure[] = [];
      const store = storeOf();
      const asked = [store.current((failure) => failures.push(failure)), store.current()];
      for (const answer of await Promise.allSettled(asked))
        expect(answer).toMatchObject({ reason: { code: 'control_unavailable', reason: 'secrets' } });
      expect(failures).toEqual([{ error: name, ageSeconds: undefined }]);
      server.fail();
      expect((await store.current()).mac).toEqual([keyOf('a')]);
    },
  );

  test('what there is goes on for an hour, is told of, and no request is made in between', async () => {
    const failures: SecretsFailure[] = [];
    const store = storeOf();
    const first = await store.current();
    server.fail({ kind: 'error' });
    pass(301);
    expect(await store.current((failure) => failures.push(failure))).toBe(first);
    const asked = server.requests.length;
    expect(await store.current()).toBe(first);
    expect(server.requests).toHaveLength(asked);
    pass(3500);
    expect(await store.current((failure) => failures.push(failure))).toBe(first);
    pass(100);
    await expect(store.current()).rejects.toMatchObject({ code: 'control_unavailable' });
    expect(failures).toEqual([
      { error: 'InternalServiceError', ageSeconds: 301 },
      { error: 'InternalServiceError', ageSeconds: 3801 },
    ]);
    server.fail();
    expect(await store.current()).toBe(first);
  });

  test('who asks while it is slow has what there is at once', async () => {
    const store = storeOf();
    const first = await store.current();
    server.fail({ kind: 'slow', ms: 40 });
    pass(301);
    const slow = store.current();
    const startedAt = performance.now();
    expect(await store.current()).toBe(first);
    expect(performance.now() - startedAt).toBeLessThan(30);
    expect(await slow).toBe(first);
  });

  test('a failure tells no name, no ARN and no message', async () => {
    const failures: SecretsFailure[] = [];
    const store = storeOf(undefined, { digest: 'no-such-secret' });
    const error = await store.current((failure) => failures.push(failure)).catch((thrown: Error) => thrown);
    expect(failures).toEqual([{ error: 'ParameterNotFoundError', ageSeconds: undefined }]);
    expect(JSON.stringify([error, String(error), failures])).not.toMatch(/no-such-secret|staging/);
  });

  test('what cannot be made of new secrets leaves what was made of the old ones', async () => {
    const make = vi.fn(({ mac }: Secrets) => {
      if (mac[0] === 'bad') throw new TypeError('policy.keys: mac must be longer');
      return { mac };
    });
    const failures: SecretsFailure[] = [];
    const store = storeOf(make);
    const first = await store.current();
    server.secret('mac').put('bad');
    pass(301);
    expect(await store.current((failure) => failures.push(failure))).toBe(first);
    expect(failures).toEqual([{ error: 'TypeError', ageSeconds: 301 }]);
    await expect(storeOf(make).current()).rejects.toThrow('policy.keys: mac must be longer');
  });
});

test('an unknown or missing option is refused at cold start', () => {
  expect(() => storeOf(undefined, { region: 'eu' })).toThrow(TypeError);
  expect(() => storeOf(undefined, { digest: '' })).toThrow(TypeError);
  expect(() => storeOf(undefined, { digest: undefined })).toThrow(TypeError);
  expect(() => storeOf(undefined, { maxAgeSeconds: 0 })).toThrow(TypeError);
});
