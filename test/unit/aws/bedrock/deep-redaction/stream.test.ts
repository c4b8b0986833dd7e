import { setImmediate as turn } from 'node:timers/promises';
import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DeepStage } from '../../../../../aws/bedrock/deep-redaction/findings.ts';
import { deepEvents } from '../../../../../aws/bedrock/deep-redaction/stream.ts';
import { createScope } from '../../../../../aws/invocation-scope.ts';
import {
  type DeepRedactionOptions,
  type DeepRedactionVerdict,
  deepRedactionOf,
} from '../../../../../core/redaction/deep-redaction.ts';
import { createRedactor, type RedactorOptions } from '../../../../../core/redaction/index.ts';

const NAME = /Ada Lovelace|Grace Hopper/g;
const found = (text: string): DeepRedactionVerdict =>
  [...text.matchAll(NAME)].map(({ 0: match, index }) => ({
    entity: 'PERSON',
    start: index,
    end: index + match.length,
    score: 0.85,
  }));

const textEvent = (text: string, contentBlockIndex = 0): ConverseStreamOutput => ({
  contentBlockDelta: { contentBlockIndex, delta: { text } },
});
const stop = (contentBlockIndex = 0): ConverseStreamOutput => ({ contentBlockStop: { contentBlockIndex } });
const START: ConverseStreamOutput = { messageStart: { role: 'assistant' } };
const END: ConverseStreamOutput = { messageStop: { stopReason: 'end_turn' } };
const FILLER = 'The pear tree stands in the garden, and nobody knows why. '.repeat(20);
const REPLY = `${FILLER} It is Ada Lovelace's. ${FILLER} Grace Hopper and Ada Lovelace come to see it. ${FILLER}`;

type Judge = (text: string, signal: AbortSignal | undefined) => Promise<DeepRedactionVerdict> | DeepRedactionVerdict;

const setUp = (judge: Judge = found, options: Partial<DeepRedactionOptions> = {}, redaction: RedactorOptions = {}) => {
  const scope = createScope({ requestId: 'r' });
  const asked: string[] = [];
  const aborter = new AbortController();
  const deep = {
    judge: async (text: string, { signal }: { readonly signal?: AbortSignal | undefined } = {}) => {
      asked.push(text);
      return judge(text, signal);
    },
  };
  const rules = deepRedactionOf('test', { windowUnits: 400, windowMs: 60_000, ...options, deep });
  if (rules === undefined) throw new Error('no rules');
  const stage: DeepStage = { scope, rules, redactor: createRedactor(redaction).session(), signal: aborter.signal };
  const metric = (name: Parameters<typeof scope.record.count>[0]) => scope.record.metrics.get(name) ?? 0;
  return { stage, asked, aborter, metric, scope };
};

async function* from(events: readonly ConverseStreamOutput[]): AsyncGenerator<ConverseStreamOutput> {
  yield* events;
}

const reply = (pieces: readonly string[]): readonly ConverseStreamOutput[] => [
  START,
  ...pieces.map((piece) => textEvent(piece)),
  stop(),
  END,
];

const read = async (events: AsyncIterable<ConverseStreamOutput>) => {
  const got: ConverseStreamOutput[] = [];
  try {
    for await (const event of events) got.push(event);
  } catch (error) {
    return { got, text: textOf(got), error };
  }
  return { got, text: textOf(got), error: undefined };
};

const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');

const inPieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
const CLEAN = REPLY.replaceAll('Ada Lovelace', '[PERSON_1]').replaceAll('Grace Hopper', '[PERSON_2]');

afterEach(() => {
  vi.useRealTimers();
});

describe('a streamed reply', () => {
  test('is the same, with its names replaced, however it was cut into events', async () => {
    for (const size of [1, 5, 13, 400, 100_000]) {
      const { stage, metric } = setUp();
      const { text, got } = await read(deepEvents(stage, from(reply(inPieces(REPLY, size)))));
      expect(text).toBe(CLEAN);
      expect([got[0], got.at(-2), got.at(-1)]).toEqual([START, stop(), END]);
      expect([metric('DeepRedactions'), metric('Redactions')]).toEqual([3, 3]);
    }
  });

  test('is the same, whichever window is judged first', async () => {
    let turns = 7;
    const later: Judge = async (text) => {
      turns = (turns * 5) % 11;
      for (let left = turns; left > 0; left -= 1) await turn();
      return found(text);
    };
    const { stage } = setUp(later, { windowsInFlight: 5 });
    expect((await read(deepEvents(stage, from(reply(inPieces(REPLY, 40)))))).text).toBe(CLEAN);
  });

  test('goes on with the numbers that the redactor gave', async () => {
    const { stage } = setUp();
    stage.redactor.placeholder('PERSON', 'Alan Turing');
    const { text } = await read(deepEvents(stage, from(reply(['By Ada Lovelace.']))));
    expect(text).toBe('By [PERSON_2].');
  });

  test.each([
    ['mask', 'By ***.'],
    ['report', 'By Ada Lovelace.'],
    ['drop', 'By .'],
  ] as const)('has its values replaced by their mode: %s', async (mode, expected) => {
    const { stage, metric } = setUp(found, {}, { modes: { '*': mode } });
    expect((await read(deepEvents(stage, from(reply(['By Ada Lovelace.']))))).text).toBe(expected);
    expect(metric('DeepRedactions')).toBe(1);
  });

  test('is withheld where a value of it has the mode block', async () => {
    const { stage } = setUp(found, {}, { modes: { '*': 'block' } });
    const { text, error } = await read(deepEvents(stage, from(reply(['By Ada Lovelace.']))));
    expect([text, (error as { code: string }).code]).toEqual(['', 'output_blocked']);
  });

  test('keeps the order of text, tools and other blocks', async () => {
    const tool: ConverseStreamOutput = {
      contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't', name: 'find' } } },
    };
    const events = [START, textEvent('A pear.'), stop(), tool, stop(1), textEvent('By Ada Lovelace', 2), stop(2), END];
    const { got } = await read(deepEvents(setUp().stage, from(events)));
    expect(got).toEqual([...events.slice(0, 5), textEvent('By [PERSON_1]', 2), stop(2), END]);
  });

  test('asks about no text twice at its end', async () => {
    vi.useFakeTimers();
    const { stage, asked } = setUp(found, { windowMs: 100 });
    async function* pausing(): AsyncGenerator<ConverseStreamOutput> {
      yield textEvent('A pear is a fruit. '.repeat(15));
      await vi.advanceTimersByTimeAsync(150);
      yield stop();
    }
    await read(deepEvents(stage, pausing()));
    expect(asked.length).toBe(1);
  });
});

describe('a window', () => {
  test('that waits too long goes as it is', async () => {
    vi.useFakeTimers();
    const { stage } = setUp(found, { windowMs: 100 });
    const gate = Promise.withResolvers<void>();
    async function* pausing(): AsyncGenerator<ConverseStreamOutput> {
      yield textEvent('A pear is a fruit of Ada Lovelace. '.repeat(10));
      await gate.promise;
      yield stop();
    }
    const events = deepEvents(stage, pausing());
    const first = events.next();
    await vi.advanceTimersByTimeAsync(99);
    expect(await Promise.race([first, 'nothing'])).toBe('nothing');
    await vi.advanceTimersByTimeAsync(1);
    expect((await first).value?.contentBlockDelta?.delta?.text).toMatch(/^A pear is a fruit of \[PERSON_1\]\./);
    gate.resolve();
    expect((await read(events)).text).not.toContain('Ada');
  });

  test('waits while as many as allowed are judged, and nothing is read on', async () => {
    const gate = Promise.withResolvers<void>();
    let judging = 0;
    let most = 0;
    let given = 0;
    const slow: Judge = async (text) => {
      judging += 1;
      most = Math.max(most, judging);
      await gate.promise;
      judging -= 1;
      return found(text);
    };
    async function* counted(): AsyncGenerator<ConverseStreamOutput> {
      for (const event of reply(inPieces(REPLY, 10))) {
        given += 1;
        yield event;
      }
    }
    const { stage } = setUp(slow, { windowsInFlight: 2 });
    const reading = read(deepEvents(stage, counted()));
    for (let turns = 0; turns < 300; turns += 1) await turn();
    expect(most).toBe(2);
    expect(given).toBeLessThan((3 * 400) / 10);
    gate.resolve();
    expect((await reading).text).toBe(CLEAN);
    expect(most).toBe(2);
  });

  test('is not judged where nobody reads', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<ConverseStreamOutput> {
      for (;;) {
        given += 1;
        yield textEvent(FILLER);
      }
    }
    const { stage, asked } = setUp();
    const events = deepEvents(stage, endless());
    await events.next();
    const [before, askedBefore] = [given, asked.length];
    for (let turns = 0; turns < 100; turns += 1) await turn();
    expect(given - before).toBeLessThanOrEqual(1);
    expect(asked.length - askedBefore).toBeLessThanOrEqual(9);
    await events.return(undefined);
  });
});

describe('a text that could not be judged', () => {
  const secondUnknown = (): Judge => {
    let calls = 0;
    return (text) => {
      calls += 1;
      return calls === 2 ? 'unknown' : found(text);
    };
  };

  test('ends the reply with what was judged before, unless told otherwise', async () => {
    const { stage, metric } = setUp(secondUnknown());
    const { text, error } = await read(deepEvents(stage, from(reply(inPieces(REPLY, 20)))));
    expect(error).toMatchObject({ code: 'output_blocked', reason: 'deep-redaction' });
    expect(text.length).toBeGreaterThan(0);
    expect(CLEAN.startsWith(text)).toBe(true);
    expect([metric('DeepRedactionFailures'), metric('OutputsBlocked')]).toEqual([1, 1]);
  });

  test('goes on as it is where the policy says so, and is counted', async () => {
    const { stage, metric } = setUp(() => 'unknown', { onDeepFailure: 'pass' });
    const { text, error } = await read(deepEvents(stage, from(reply(inPieces(REPLY, 20)))));
    expect([text, error]).toEqual([REPLY, undefined]);
    expect(metric('DeepRedactionFailures')).toBe(metric('DeepRedactionChecks'));
  });

  test.each(['pass', 'block'] as const)('is another thing than a blocked one, with %s', async (onDeepFailure) => {
    const { stage, metric } = setUp(() => 'blocked', { onDeepFailure });
    const { text, error } = await read(deepEvents(stage, from(reply([REPLY]))));
    expect([text, (error as { reason: string }).reason]).toEqual(['', 'guardrail']);
    expect(metric('DeepRedactionFailures')).toBe(0);
  });
});

describe('the end', () => {
  const never: Judge = (_, signal) =>
    new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve('unknown'));
    });

  test('of the call ends what is judged, as time that ran out', async () => {
    const { stage, aborter, asked, metric } = setUp(never, { onDeepFailure: 'pass' });
    const reading = read(deepEvents(stage, from(reply([REPLY]))));
    while (asked.length === 0) await turn();
    aborter.abort();
    expect(await reading).toMatchObject({ text: '', error: { code: 'upstream_timeout' } });
    expect(metric('DeepRedactionFailures')).toBe(0);
  });

  /** A reply that stops coming after `events`. */
  const hanging = (events: readonly ConverseStreamOutput[]) => {
    const seen = { closed: false };
    async function* source(): AsyncGenerator<ConverseStreamOutput> {
      try {
        yield* events;
        await new Promise(() => {});
      } finally {
        seen.closed = true;
      }
    }
    return { source, seen };
  };

  test('of the reading ends what is judged, and what is read', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { stage } = setUp((text, signal) => {
      signals.push(signal);
      return signals.length === 1 ? found(text) : never(text, signal);
    });
    const { source, seen } = hanging([START, textEvent(REPLY)]);
    const events = deepEvents(stage, source());
    await events.next();
    await events.next();
    await events.return(undefined);
    expect(signals.length).toBeGreaterThan(1);
    expect(signals.every((signal) => signal?.aborted)).toBe(true);
    await turn();
    expect(seen.closed).toBe(true);
  });

  test('of the reading does not wait for what does not come', async () => {
    const { stage, asked } = setUp();
    const { source } = hanging([START, textEvent('x'), textEvent(FILLER)]);
    const events = deepEvents(stage, source());
    await events.next();
    await events.next();
    await turn();
    const before = asked.length;
    await events.return(undefined);
    expect(asked.length).toBe(before);
  });

  test('by an error comes after what was judged before it', async () => {
    async function* failing(): AsyncGenerator<ConverseStreamOutput> {
      yield textEvent(FILLER);
      throw new Error('gone');
    }
    const { text, error } = await read(deepEvents(setUp().stage, failing()));
    expect((error as Error).message).toBe('gone');
    expect(text.length).toBeGreaterThan(100);
    expect(FILLER.startsWith(text)).toBe(true);
  });
});
