/**
 * Requests through the real chain, at least one for every metric of the catalogue, and the metrics that really came out:
 * Powertools' own text, as it was written to standard output.
 */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { Policy } from '../../core/policy.ts';
import { createMemoryQuotaLedger, type QuotaLedger } from '../../core/quota/index.ts';
import type { GuardServices } from '../../middleware/chain.ts';
import { guardHandler } from '../../middleware/index.ts';
import { type Answering, converseReply, fakeBedrock, streamedReply, textEvents } from './bedrock.ts';
import { type EmittedPoint, linesWritten, parseEmf } from './emf.ts';
import { chatBody, lambdaContext, restEvent } from './events.ts';
import { agent, answered, asking, type Handler, inputOf, streaming } from './model-handlers.ts';
import { BLOCKED, FLAGGED, NONSENSE } from './screen-rules.ts';
import { invokeStream } from './streaming.ts';

/** The service that the scenarios name. */
export const SERVICE = 'emf-scenarios';

/** Models of the allowlist. The last has no price. */
export const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0', 'own.model-v1'] as const;
const [LITE, MICRO, UNPRICED] = MODELS;

const email = ['ada', 'example.com'].join('@');
const ssn = ['536', '90', '4399'].join('-');
const PRIVATE = [
  `Mail ${email}.`,
  `Card ${['4111', '1111', '1111', '1111'].join(' ')}.`,
  `SSN ${ssn}.`,
  `Token ${['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_')}.`,
  'Ticket TKT-123456.',
].join(' ');
const DISGUISED = 'a ![x](//e.test) <script>y</script>\u001b[0m\u202e b';

interface Scenario {
  readonly policy?: Policy;
  readonly services?: GuardServices;
  readonly handler?: Handler;
  readonly answer?: Answering;
  /** One request after the other. */
  readonly prompts: readonly string[];
  /** Who asks. @default ada */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly streamed?: boolean;
}

const calling = (...names: readonly string[]): Answering => {
  let ids = 0;
  return () => {
    const uses = names.map((name) => ({ toolUse: { toolUseId: `t${ids++}`, name, input: {} } }));
    return converseReply(uses, { stopReason: 'tool_use' });
  };
};

const throttledBut =
  (...models: readonly string[]): Answering =>
  ({ path }) =>
    models.some((model) => decodeURIComponent(path).includes(model))
      ? converseReply([{ text: 'Fine.' }])
      : { status: 429, errorType: 'ThrottlingException', body: {} };

const brokenLedger = (broken: Partial<QuotaLedger>): GuardServices => ({
  ledger: { ...createMemoryQuotaLedger({ budgets }), ...broken },
});
const fails = async (): Promise<never> => {
  throw new Error('out of reach');
};

const logsOutOfReach = (): CloudWatchLogsClient =>
  new CloudWatchLogsClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'ASIATEST', secretAccessKey: 'test', sessionToken: 'test' },
    maxAttempts: 1,
    requestHandler: { handle: fails },
  });

const day = { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 } as const;
const budgets = [day];
const screened = (more: Policy['injection'] = {}): Policy => ({ injection: { ...NONSENSE, ...more } });
const deep = (verdict: 'attack' | 'unknown'): Policy =>
  screened({ deep: { judge: async (texts) => texts.map(() => verdict) }, refusalFloorMs: 0 });
const tier = (verdict: 'unknown' | 'name'): Policy => ({
  redaction: {
    deep: {
      judge: async () => (verdict === 'unknown' ? 'unknown' : [{ entity: 'PERSON', start: 0, end: 2, score: 1 }]),
    },
    onDeepFailure: 'pass',
  },
});
const ticket = { entity: 'TICKET', pattern: /TKT-[0-9]{6}/y, score: 0.9 };
const keys = { digest: 'd'.repeat(32), mac: 'm'.repeat(32) };

/** The canary of the last prompt, in a prompt and in a reply of its own. */
const canary = (): Scenario => {
  let word = '';
  return {
    policy: { keys, model: { models: MODELS, canary: true } },
    answer: ({ body }) => {
      const system = JSON.stringify(body['system']);
      word = /its word ([a-z]{16})/.exec(system)?.[1] ?? '';
      return converseReply([{ text: `It is ${word}` }]);
    },
    handler: async (event, context) => {
      const messages = [{ role: 'user' as const, content: [{ text: `Is ${word || 'it'} yours?` }] }];
      return answered((await context.bedrock.send(new ConverseCommand({ ...inputOf(event, LITE), messages }))).output);
    },
    prompts: ['Hi', 'Hi'],
  };
};

const scenarios = (): Readonly<Record<string, Scenario>> => ({
  'a reply full of private values': {
    policy: { redaction: { detectors: [ticket] } },
    answer: () => converseReply([{ text: PRIVATE }, { text: DISGUISED }]),
    prompts: ['Hi'],
  },
  'a model without a price': { handler: asking(UNPRICED), prompts: ['Hi'] },
  'a handler that fails': { handler: fails, prompts: ['Hi'] },
  'a log group out of reach': {
    policy: { audit: { logGroup: '/bulwark/audit' } },
    services: { logs: logsOutOfReach() },
    prompts: ['Hi'],
  },
  nobody: { policy: { caller: { require: 'user' } }, claims: undefined, prompts: ['Hi'] },
  'a large request': { policy: { confirmAboveTokens: 1, keys }, prompts: ['Hi'] },
  'a budget that ends': {
    policy: {
      quota: {
        budgets: [
          { ...day, unit: 'requests', limit: 1 },
          { name: 'all-usd', per: 'account', unit: 'usd', window: 'month', limit: 10_000_000 },
        ],
      },
    },
    prompts: ['Hi', 'Hi'],
  },
  'a ledger out of reach': {
    policy: { quota: { budgets } },
    services: brokenLedger({ reserve: fails }),
    prompts: ['Hi'],
  },
  'a ledger that cannot settle': {
    policy: { quota: { budgets } },
    services: brokenLedger({ settle: fails }),
    prompts: ['Hi'],
  },
  'somebody who probes': {
    policy: { ...screened(), quota: { budgets: [day, { ...day, name: 'strikes', unit: 'strikes', limit: 1 }] } },
    prompts: [BLOCKED, 'Hi'],
  },
  'a suspicious prompt': { policy: deep('unknown'), prompts: [FLAGGED] },
  'an attack that only the deep tier knows': { policy: deep('attack'), prompts: [FLAGGED] },
  'a screen on trial': { policy: screened({ modes: { user: 'flag' } }), prompts: [BLOCKED] },
  'a leaked canary': canary(),
  'tools that run': {
    handler: agent(LITE),
    policy: { model: { models: MODELS, tools: { find: { effect: 'read' }, fail: { effect: 'read' }, pay: {} } } },
    answer: calling('find', 'fail'),
    prompts: ['Hi'],
  },
  'a tool that waits': {
    handler: agent(LITE),
    policy: { model: { models: MODELS, tools: { find: {}, fail: {}, pay: {} } } },
    answer: calling('pay'),
    prompts: ['Hi'],
  },
  'a tool that nobody offered': {
    handler: agent(LITE),
    policy: { model: { models: MODELS, tools: ['find', 'fail', 'pay'] } },
    answer: calling('other'),
    prompts: ['Hi'],
  },
  'data of every level': {
    policy: { classification: { allow: 'internal', mask: 'restricted' } },
    prompts: ['What is a pear?', 'INTERNAL USE ONLY\nWhat is a pear?', `Mail ${email}`, `My SSN is ${ssn}`],
  },
  'data that must stay': { policy: { classification: { allow: 'internal' } }, prompts: [`Mail ${email}`] },
  'a name in a reply': { policy: tier('name'), prompts: ['Hi'] },
  'a reply that could not be judged': { policy: tier('unknown'), prompts: ['Hi'] },
  'a model that is throttled': {
    policy: { model: { models: MODELS, fallbacks: { [LITE]: [MICRO] }, retry: { maxAttempts: 2, baseMs: 1 } } },
    answer: throttledBut(MICRO),
    prompts: ['Hi'],
  },
  'a model that is left alone': {
    policy: { model: { models: MODELS, retry: { maxAttempts: 1, breaker: { failures: 1, spanMs: 0 } } } },
    answer: throttledBut(),
    prompts: ['Hi', 'Hi'],
  },
  'a stream': { streamed: true, answer: () => streamedReply(textEvents(['A pear', ' is a fruit.'])), prompts: ['Hi'] },
  'a stream that breaks off': {
    streamed: true,
    answer: () => streamedReply(textEvents(['A pear', ' is a fruit.']).slice(0, 2)),
    prompts: ['Hi'],
  },
});

const run = async (scenario: Scenario): Promise<void> => {
  const { policy = {}, services = {}, streamed = false, prompts } = scenario;
  const { answer = () => converseReply([{ text: 'A pear.' }]), handler = (streamed ? streaming : asking)(LITE) } =
    scenario;
  const claims = 'claims' in scenario ? scenario.claims : { sub: 'ada' };
  const { client } = fakeBedrock(answer);
  const settings: Policy = { service: SERVICE, model: { models: MODELS }, ...policy, ...(streamed && { stream: {} }) };
  const guarded = guardHandler(handler as never, settings, { bedrock: client, ...services });
  for (const text of prompts) {
    const event = restEvent({ body: chatBody(text), ...(claims && { claims }) });
    if (streamed) await invokeStream(guarded as never, event);
    else await (guarded as (...invocation: readonly unknown[]) => unknown)(event, lambdaContext());
  }
};

let published: Promise<readonly EmittedPoint[]> | undefined;

/** Every value that the scenarios publish. They run once, whoever asks. */
export const publishedByScenarios = (): Promise<readonly EmittedPoint[]> => {
  published ??= linesWritten(async () => {
    for (const scenario of Object.values(scenarios())) await run(scenario);
  }).then(parseEmf);
  return published;
};
