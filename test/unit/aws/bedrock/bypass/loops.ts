/** An agent's loop that does not end, that runs what it should not, or that goes on from half a turn. */

import { type RunToolsOptions, runTools } from '../../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../../aws/invocation-scope.ts';
import { type Answering, converseReply, type WireAnswer } from '../../../../support/bedrock.ts';
import { naiveLoop, type Tools } from './naive-loop.ts';
import { bare, client, converse, type Guarding, type Outcome, type Probe, refusal, scope, turn } from './probe.ts';

let ids = 0;
const use = (name = 'find', input: object = {}): object => {
  ids += 1;
  return { toolUse: { toolUseId: `call-${ids}`, name, input } };
};
const calls = (...uses: readonly object[]): WireAnswer => converseReply(uses, { stopReason: 'tool_use' });
const done = converseReply([{ text: 'It is shipped.' }]);

/** The first answer, and the last ever after. */
const inTurn = (...answers: readonly (() => WireAnswer)[]): Answering => {
  let at = 0;
  return () => (answers[Math.min(at++, answers.length - 1)] ?? (() => done))();
};

const spec = { inputSchema: { json: { type: 'object' } } };

interface Loop {
  readonly answer: Answering;
  readonly tools?: Tools;
  readonly options?: Partial<RunToolsOptions>;
  readonly within?: ReturnType<typeof scope>;
}

const loop = (guard: Guarding, { answer, tools = { find: () => 'x' }, options, within = scope() }: Loop) => {
  const { bedrock, requests } = client(guard, {}, answer);
  const work = (): Promise<unknown> =>
    guard === bare
      ? naiveLoop((messages) => converse(bedrock, { messages }, within), tools)
      : runInScope(within, () =>
          runTools({
            bedrock,
            input: { modelId: 'm', messages: [turn('Hi')] },
            tools: Object.fromEntries(Object.entries(tools).map(([name, run]) => [name, { spec, run }])),
            ...options,
          }),
        );
  return { work, requests };
};

const bounded = (name: string, of: () => Loop, code: string, reason?: string): Probe => ({
  name,
  attempt: (guard) => refusal(loop(guard, of()).work, code, reason),
});

const endless = (): Answering => inTurn(() => calls(use()));
const price = { input: 3, output: 15 };

/** By its bound. */
export const LOOPS: readonly Probe[] = [
  bounded(
    'turns without end',
    () => ({ answer: endless(), options: { limits: { turns: 3 } } }),
    'loop_limit_reached',
    'turns',
  ),
  bounded(
    'calls without end',
    () => ({
      answer: inTurn(
        () => calls(use(), use(), use()),
        () => done,
      ),
      options: { limits: { calls: 2 } },
    }),
    'loop_limit_reached',
    'calls',
  ),
  bounded(
    'tokens without end',
    () => ({ answer: endless(), options: { limits: { tokens: 1500 } } }),
    'loop_limit_reached',
    'tokens',
  ),
  bounded(
    'money without end',
    () => ({ answer: endless(), options: { limits: { usdMicros: 16_000 }, prices: { m: price } } }),
    'loop_limit_reached',
    'usd',
  ),
  bounded(
    'a tool that never comes back',
    () => ({
      answer: inTurn(
        () => calls(use()),
        () => done,
      ),
      tools: { find: () => new Promise((resolve) => setTimeout(resolve, 120)) },
      options: { limits: { timeMs: 30 } },
    }),
    'loop_limit_reached',
    'time',
  ),
  bounded(
    'a model that never comes back',
    () => ({
      answer: async () => {
        await new Promise((resolve) => setTimeout(resolve, 120));
        return done;
      },
      options: { limits: { timeMs: 30 } },
    }),
    'loop_limit_reached',
    'time',
  ),
  bounded(
    'calls of a turn that was cut',
    () => ({
      answer: inTurn(
        () => converseReply([use()], { stopReason: 'max_tokens' }),
        () => done,
      ),
    }),
    'output_truncated',
    'max_tokens',
  ),
  bounded(
    'calls that cannot be told apart',
    () => {
      const twice = { toolUse: { toolUseId: 'one', name: 'find', input: {} } };
      return {
        answer: inTurn(
          () => calls(twice, twice),
          () => done,
        ),
      };
    },
    'output_truncated',
    'tool_use',
  ),
  bounded(
    'a call without an id',
    () => ({
      answer: inTurn(
        () => calls({ toolUse: { name: 'find', input: {} } }),
        () => done,
      ),
    }),
    'output_truncated',
    'tool_use',
  ),
  {
    name: 'a block of a tool that no result may have, and that is lost',
    attempt: async (guard): Promise<Outcome> => {
      const block = { guardContent: { text: { text: 'x' } } };
      const { work, requests } = loop(guard, {
        answer: inTurn(
          () => calls(use()),
          () => done,
        ),
        tools: { find: () => [block] },
      });
      await work();
      return JSON.stringify(requests[1]?.body).includes('guardContent') ? 'held' : 'through';
    },
  },
  {
    name: 'a loop that is stopped while a tool runs',
    attempt: async (guard): Promise<Outcome> => {
      const stop = new AbortController();
      const failures: unknown[] = [];
      const tools = {
        find: () => {
          stop.abort(new Error('stopped'));
          return new Promise((resolve) => setTimeout(resolve, 20));
        },
      };
      const options = { signal: stop.signal, onToolFailure: (failure: unknown) => failures.push(failure) } as never;
      const answer = inTurn(
        () => calls(use()),
        () => done,
      );
      const ended = await loop(guard, { answer, tools, options })
        .work()
        .catch((error: Error) => error.message);
      return ended === 'stopped' && failures.length === 0 ? 'held' : 'through';
    },
  },
  {
    name: 'a tool that is not there',
    attempt: async (guard): Promise<Outcome> => {
      const { bedrock } = client(
        bare,
        {},
        inTurn(
          () => calls(use('wipe')),
          () => done,
        ),
      );
      if (guard === bare) return 'through';
      const options = {
        bedrock,
        input: { modelId: 'm', messages: [turn('Hi')] },
        tools: { find: { spec, run: () => 'x' } },
      };
      return refusal(
        () => runInScope(createScope({ requestId: 'probe' }), () => runTools(options)),
        'tool_not_allowed',
        'called',
      );
    },
  },
  {
    name: 'a reply without a message',
    attempt: async (guard): Promise<Outcome> => {
      const { bedrock } = client(bare, {}, () => ({
        body: { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } },
      }));
      if (guard === bare) return 'through';
      const options = { bedrock, input: { modelId: 'm', messages: [turn('Hi')] }, tools: {} };
      return refusal(() => runTools(options), 'output_truncated', 'no-message');
    },
  },
];
