/** Redaction's deep tier over a real client whose wire ends in the test. */

import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { entityOfPattern, entityOfType } from '../../../../aws/bedrock/guardrail-redaction/entities.ts';
import {
  createGuardrailRedaction,
  type GuardrailRedactionOptions,
  type GuardrailRedactionUse,
} from '../../../../aws/bedrock/guardrail-redaction/index.ts';
import { readAnswer } from '../../../../aws/bedrock/guardrail-redaction/read-answer.ts';
import { guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { type Answering, fakeBedrock, type WireAnswer, type WireRequest } from '../../../support/bedrock.ts';

const usage = { sensitiveInformationPolicyUnits: 1, topicPolicyUnits: 0 };
const person = (match: string, action = 'ANONYMIZED') => ({ type: 'NAME', match, action, detected: true });

const answer = (piiEntities: readonly object[], more: object = {}): object => ({
  usage,
  action: piiEntities.length > 0 ? 'GUARDRAIL_INTERVENED' : 'NONE',
  outputs: [],
  assessments: [{ sensitiveInformationPolicy: { piiEntities, regexes: [] } }],
  ...more,
});

const sentIn = ({ body }: WireRequest): string =>
  (body as unknown as { content: [{ text: { text: string } }] }).content[0].text.text;

/** Finds every Ada. */
const byText: Answering = (request) => ({
  body: answer(
    sentIn(request)
      .match(/Ada Lovelace/g)
      ?.map((match) => person(match)) ?? [],
  ),
});
const never: Answering = () => new Promise(() => {});

const setUp = (
  answering: Answering = byText,
  options: Partial<GuardrailRedactionOptions> = {},
  config: object = {},
) => {
  const { client, requests } = fakeBedrock(answering, config);
  const uses: GuardrailRedactionUse[] = [];
  const deep = createGuardrailRedaction({ client, guardrailId: 'gr1', onUse: (use) => uses.push(use), ...options });
  return { deep, requests, uses };
};

describe('an answer', () => {
  const verdict = (body: object) => readAnswer(body as never);

  test('names what is to be replaced, in the words of the kit', () => {
    const regexes = [{ name: 'Booking number', match: 'BK-1', regex: 'BK-\\d', action: 'ANONYMIZED' }];
    const piiEntities = [person('Ada'), { type: 'DRIVER_ID', match: 'D1', action: 'ANONYMIZED' }];
    const assessments = [{ sensitiveInformationPolicy: { piiEntities, regexes } }];
    expect(verdict(answer(piiEntities, { assessments }))).toEqual({
      verdict: 'judged',
      textUnits: 1,
      matches: [
        { entity: 'PERSON', match: 'Ada' },
        { entity: 'DRIVER_ID', match: 'D1' },
        { entity: 'BOOKING_NUMBER', match: 'BK-1' },
      ],
    });
  });

  test('leaves what is only detected, and what is not', () => {
    const quiet = [person('Ada', 'NONE'), { type: 'AGE', match: '', action: 'NONE', detected: false }];
    expect(verdict(answer(quiet, { action: 'NONE' }))).toMatchObject({ verdict: 'judged', matches: [] });
  });

  test.each([
    ['a topic', { topicPolicy: { topics: [{ name: 'Investment', type: 'DENY', action: 'BLOCKED' }] } }],
    ['a private value', { sensitiveInformationPolicy: { piiEntities: [person('Ada', 'BLOCKED')], regexes: [] } }],
    ['a pattern', { sensitiveInformationPolicy: { piiEntities: [], regexes: [{ action: 'BLOCKED' }] } }],
    ['content', { contentPolicy: { filters: [{ type: 'HATE', action: 'BLOCKED' }] } }],
    ['a word', { wordPolicy: { customWords: [{ match: 'pear', action: 'BLOCKED' }], managedWordLists: [] } }],
    ['what is not grounded', { contextualGroundingPolicy: { filters: [{ type: 'GROUNDING', action: 'BLOCKED' }] } }],
  ])('blocks where %s is blocked', (_, assessment) => {
    expect(verdict(answer([person('Ada')], { assessments: [assessment] })).verdict).toBe('blocked');
  });

  test.each([
    ['there is none', {}],
    ['it intervened, and nothing says why', answer([], { action: 'GUARDRAIL_INTERVENED' })],
    ['it does not say whether it intervened', answer([], { action: undefined })],
    ['part of the text was read', answer([], { guardrailCoverage: { textCharacters: { guarded: 5, total: 9 } } })],
    ['the guardrail looks for nothing private', answer([], { usage: { contentPolicyUnits: 1 } })],
  ])('is unknown where %s', (_, body) => {
    expect(verdict(body)).toMatchObject({ verdict: 'unknown', cause: 'unreadable' });
  });

  test('is charged by all policies that cost', () => {
    const units = {
      topicPolicyUnits: 2,
      contentPolicyUnits: 2,
      sensitiveInformationPolicyUnits: 2,
      wordPolicyUnits: 9,
    };
    expect(verdict(answer([], { usage: units })).textUnits).toBe(6);
    expect(verdict(answer([], { usage: { ...units, topicPolicyUnits: 'many' } })).textUnits).toBeUndefined();
  });

  test.each([
    ['NAME', 'PERSON'],
    ['ADDRESS', 'LOCATION'],
    ['AGE', 'AGE'],
    ['PASSWORD', 'SECRET'],
    ['MOOD', 'MOOD'],
    ['toString', 'CUSTOM'],
    ['] [', 'CUSTOM'],
    [undefined, 'CUSTOM'],
  ])('calls %s %s', (type, entity) => {
    expect(entityOfType(type).entity).toBe(entity);
  });

  test.each([
    ['Booking number', 'BOOKING_NUMBER'],
    ['case-id', 'CASE_ID'],
    ['[1]', 'CUSTOM'],
    ['Ünit', 'CUSTOM'],
  ])('calls the pattern %s %s', (name, entity) => {
    expect(entityOfPattern(name).entity).toBe(entity);
  });
});

describe('a text', () => {
  test('is judged as output, and every place of what is found is told', async () => {
    const { deep, requests, uses } = setUp(byText, { guardrailVersion: '3' });
    const text = 'Ada Lovelace wrote to Ada Lovelace.';
    const places = [0, 22].map((start) => ({ entity: 'PERSON', start, end: start + 12, score: 0.85 }));
    expect(await deep.judge(text)).toEqual(places);
    expect(requests[0]?.path).toBe('/guardrail/gr1/version/3/apply');
    expect(requests[0]?.body).toEqual({ source: 'OUTPUT', content: [{ text: { text } }], outputScope: 'FULL' });
    expect(uses).toEqual([{ outcome: 'judged', calls: 1, textUnits: 1 }]);
  });

  test('is not asked about where it is blank', async () => {
    const { deep, requests } = setUp();
    expect([await deep.judge(''), await deep.judge(' \n')]).toEqual([[], []]);
    expect(requests).toEqual([]);
  });

  test('that is longer than a call takes goes in pieces that end with sentences, with offsets in the whole', async () => {
    const filler = 'The pear tree stands in the garden. '.repeat(2000);
    const { deep, requests, uses } = setUp();
    for (const at of [0, 24_990, 25_010, 40_000, 72_000]) {
      const text = `${filler.slice(0, at)} Ada Lovelace ${filler.slice(at)}`;
      expect(await deep.judge(text)).toEqual([{ entity: 'PERSON', start: at + 1, end: at + 13, score: 0.85 }]);
    }
    const sent = requests.slice(0, 3).map(sentIn);
    expect(sent.map(({ length }) => length <= 25_000)).toEqual([true, true, true]);
    expect(sent.slice(0, 2).every((piece) => piece.endsWith('. '))).toBe(true);
    expect(uses.every(({ calls }) => calls === 3)).toBe(true);
  });

  test('is unknown where a match stands nowhere in it', async () => {
    const { deep, uses } = setUp(() => ({ body: answer([person('A. Lovelace')]) }));
    expect(await deep.judge('Ada Lovelace')).toBe('unknown');
    expect(uses).toMatchObject([{ outcome: 'unknown', cause: 'unreadable', textUnits: 1 }]);
  });

  test('is unknown as a whole where a piece could not be judged, and blocked where one is', async () => {
    const long = 'x'.repeat(70_000);
    let calls = 0;
    const third =
      (body: object, status = 200): Answering =>
      () => {
        calls += 1;
        const failing: WireAnswer = status === 200 ? { body } : { status, errorType: 'InternalServerException', body };
        return calls === 3 ? failing : { body: answer([]) };
      };
    expect(await setUp(third({ message: 'no' }, 500)).deep.judge(long)).toBe('unknown');
    calls = 0;
    const denied = { topicPolicy: { topics: [{ action: 'BLOCKED' }] } };
    expect(await setUp(third(answer([], { assessments: [denied] }))).deep.judge(long)).toBe('blocked');
  });

  test('is asked about so many pieces at once and no more', async () => {
    let open = 0;
    let most = 0;
    const slow: Answering = async () => {
      open += 1;
      most = Math.max(most, open);
      await turn();
      open -= 1;
      return { body: answer([]) };
    };
    const { deep, requests } = setUp(slow, { parallel: 2 });
    expect(await deep.judge('x'.repeat(100_000))).toEqual([]);
    expect([requests.length, most]).toEqual([5, 2]);
  });

  test.each<[string, Answering, Partial<GuardrailRedactionOptions>, string]>([
    ['in time', never, { timeoutMs: 20 }, 'timeout'],
    [
      'as the service is over capacity',
      () => ({ status: 429, errorType: 'ThrottlingException', body: {} }),
      {},
      'throttled',
    ],
    ['as it may not ask', () => ({ status: 403, errorType: 'AccessDeniedException', body: {} }), {}, 'refused'],
    ['as it is too long', byText, { maxTextUnits: 1 }, 'too-long'],
    ['as the budget is used up', byText, { textUnitsPerMinute: 1 }, 'budget'],
  ])('is unknown where it could not be judged: %s', async (_, answering, options, cause) => {
    const { deep, uses, requests } = setUp(answering, options, { maxAttempts: 3 });
    expect(await deep.judge('Ada '.repeat(300))).toBe('unknown');
    expect(uses).toMatchObject([{ outcome: 'unknown', cause }]);
    expect(requests.length).toBeLessThanOrEqual(1);
  });

  test('is unknown when nobody waits any more, and the request is aborted', async () => {
    const { deep, requests, uses } = setUp(never);
    const aborter = new AbortController();
    const judging = deep.judge('Ada', { signal: aborter.signal });
    while (requests.length === 0) await turn();
    aborter.abort();
    expect(await judging).toBe('unknown');
    expect(requests[0]?.signal?.aborted).toBe(true);
    expect(uses).toMatchObject([{ cause: 'aborted' }]);
    expect(await deep.judge('Ada', { signal: aborter.signal })).toBe('unknown');
    expect(requests.length).toBe(1);
  });

  test('has its budget again after a minute', async () => {
    let now = 0;
    const { deep } = setUp(byText, { textUnitsPerMinute: 2, now: () => now });
    const judge = () => deep.judge('x'.repeat(1500));
    expect([await judge(), await judge()]).toEqual([[], 'unknown']);
    now = 60_000;
    expect(await judge()).toEqual([]);
  });

  test('is refused by a guarded client', async () => {
    const { client } = fakeBedrock(byText);
    const deep = createGuardrailRedaction({ client: guardClient(client), guardrailId: 'gr1' });
    const scope = createScope({ requestId: 'r' });
    expect(await runInScope(scope, () => deep.judge('Ada'))).toBe('unknown');
  });

  test('is judged whatever listens to its use throws', async () => {
    const { deep } = setUp(byText, {
      onUse: () => {
        throw new Error('no');
      },
    });
    expect(await deep.judge('A pear')).toEqual([]);
  });
});

test.each([
  [{ guardrailId: undefined }, /guardrailId is missing/],
  [{ client: undefined }, /client is missing/],
  [{ guardrailId: 'not an id' }, /guardrailId/],
  [{ guardrailVersion: '0' }, /guardrailVersion/],
  [{ parallel: 0 }, /parallel/],
  [{ threshold: 1 }, /unknown option threshold/],
])('options are checked: %j', (options, message) => {
  expect(() => setUp(byText, options as never)).toThrow(message);
});
