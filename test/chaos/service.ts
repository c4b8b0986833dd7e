/** The guarded handlers of a run, over real clients. */

import { randomBytes } from 'node:crypto';
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  ConverseStreamCommand,
  type ConverseStreamCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { createBedrockClient } from '../../aws/bedrock/index.ts';
import { createDynamoDbQuotaLedger, createQuotaClient } from '../../aws/dynamodb/index.ts';
import { createTelemetry, type Telemetry } from '../../aws/telemetry/index.ts';
import type { QuotaLedger } from '../../core/quota/index.ts';
import { serverSentEvents } from '../../functions/service/server-sent-events.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';
import { type GuardedContext, guardHandler } from '../../middleware/index.ts';
import { patienceOf } from './faults.ts';
import type { Behaviour, ChaosOptions } from './plan.ts';
import { budgetsOf, CALL_METADATA, policyOf, TABLE } from './rules.ts';
import type { Places } from './world-orders.ts';

/** What a handler reads of its event. */
interface Ask {
  readonly behaviour: Behaviour;
  readonly text: string;
  readonly modelId: string;
}

type Answer = { readonly statusCode: number; readonly headers: object; readonly body: unknown };
type Handle = (ask: Ask, context: GuardedContext) => Promise<Answer>;

/** What a stream that its handler has left ends with. */
export const LEFT = 'left';

const input = ({ text, modelId }: Ask, call: number): ConverseCommandInput => ({
  modelId,
  messages: [{ role: 'user', content: [{ text }] }],
  requestMetadata: { [CALL_METADATA]: String(call) },
});

const json = (body: object): Answer => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const streamed = (body: AsyncIterable<string>): Answer => ({
  statusCode: 200,
  headers: { 'content-type': 'text/event-stream' },
  body,
});

const ask = (context: GuardedContext, asked: Ask, call = 1): Promise<ConverseCommandOutput> =>
  context.bedrock.send(new ConverseCommand(input(asked, call)));

const askForStream = (
  context: GuardedContext,
  asked: Ask,
  abortSignal?: AbortSignal,
): Promise<ConverseStreamCommandOutput> =>
  context.bedrock.send(new ConverseStreamCommand(input(asked, 1)), abortSignal === undefined ? {} : { abortSignal });

const replyOf = ({ output, usage }: ConverseCommandOutput): object => ({ message: output?.message, usage });

/** Frames after which somebody has had enough. */
const ENOUGH = 4;

async function* firstFrames(frames: AsyncIterable<string>): AsyncGenerator<string> {
  let count = 0;
  for await (const frame of frames) {
    yield frame;
    count += 1;
    if (count === ENOUGH) break;
  }
  yield `event: ${LEFT}\ndata: {}\n\n`;
}

const HANDLERS: Readonly<Record<Behaviour, Handle>> = {
  chat: async (asked, context) => json(replyOf(await ask(context, asked))),
  agent: async (asked, context) => {
    const first = await ask(context, asked);
    const said = first.output?.message?.content?.[0]?.text ?? '';
    return json(replyOf(await ask(context, { ...asked, text: `Summarise this: ${said}` }, 2)));
  },
  pair: async (asked, context) => {
    const [reply] = await Promise.all([ask(context, asked, 1), ask(context, asked, 2)]);
    return json(replyOf(reply));
  },
  stream: async (asked, context) => streamed(serverSentEvents((await askForStream(context, asked)).stream, {})),
  'stream left by its client': async (asked, context) =>
    streamed(serverSentEvents((await askForStream(context, asked)).stream, {})),
  'stream left by its handler': async (asked, context) =>
    streamed(firstFrames(serverSentEvents((await askForStream(context, asked)).stream, {}))),
  'stream aborted by its handler': async (asked, context) => {
    const aborter = new AbortController();
    const { stream } = await askForStream(context, asked, aborter.signal);
    let events = 0;
    try {
      for await (const _ of stream ?? []) {
        events += 1;
        if (events === ENOUGH) aborter.abort();
      }
    } catch (error) {
      if (!aborter.signal.aborted) throw error;
    }
    return json({ left: events });
  },
  'stream never read': async (asked, context) => {
    await askForStream(context, asked);
    return json({ left: 0 });
  },
  'call left behind': async (asked, context) => {
    void ask(context, asked);
    return json({ left: 0 });
  },
};

const STREAMED: ReadonlySet<Behaviour> = new Set(['stream', 'stream left by its client', 'stream left by its handler']);

/** A handler as Lambda calls it. */
export type Guarded =
  | { readonly kind: 'buffered'; readonly invoke: (event: object, context: Context) => Promise<unknown> }
  | { readonly kind: 'streamed'; readonly handler: (event: never, stream: never, context: Context) => unknown };

/** The kit of a run. */
export interface ChaosService {
  /** What is invoked for it; the event names it. */
  handlerOf(behaviour: Behaviour): Guarded;
  /** What the table itself holds, read past its faults, `ms` from now. */
  ledgerIn(ms: number): QuotaLedger;
  /** Lets go of every socket. */
  close(): void;
}

/** Where a run begins: no window ends within it but those of a minute. */
const STARTED_AT = Date.UTC(2026, 5, 15, 12, 5);

/** Makes it. */
export const createService = (
  options: ChaosOptions,
  places: Places,
  telemetry: Telemetry = createTelemetry({ service: 'chaos' }),
): ChaosService => {
  const { url, credentials } = places.bedrock;
  const patienceMs = patienceOf(options.deadlineMs);
  const bedrock: BedrockRuntimeClient = createBedrockClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials,
    requestHandler: { requestTimeout: patienceMs },
  });
  const faulty: DynamoDBClient = createQuotaClient({
    endpoint: places.faultyTable,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: {
      connectionTimeout: patienceMs,
      requestTimeout: patienceMs,
      throwOnRequestTimeout: true,
    },
  });
  const direct = localDynamoDbClient(places.table);
  const began = Date.now();
  const digestKey = randomBytes(32).toString('hex');
  const ledgerOver = (client: DynamoDBClient, ms: number): QuotaLedger =>
    createDynamoDbQuotaLedger({
      client,
      table: TABLE,
      budgets: budgetsOf(options),
      digestKey,
      now: () => STARTED_AT + (Date.now() - began) + ms,
    });
  const services = { bedrock, ledger: ledgerOver(faulty, 0), telemetry };
  const policy = policyOf(options);
  const handle = async (event: { body: string }, context: GuardedContext): Promise<Answer> => {
    const asked: Ask = JSON.parse(event.body);
    return HANDLERS[asked.behaviour](asked, context);
  };
  const buffered: Guarded = { kind: 'buffered', invoke: guardHandler(handle, policy, services) as never };
  const streaming: Guarded = {
    kind: 'streamed',
    handler: guardHandler(handle, { ...policy, stream: {} }, services) as never,
  };
  return {
    handlerOf: (behaviour) => (STREAMED.has(behaviour) ? streaming : buffered),
    ledgerIn: (ms) => ledgerOver(direct, ms),
    close: () => {
      bedrock.destroy();
      faulty.destroy();
      direct.destroy();
    },
  };
};
