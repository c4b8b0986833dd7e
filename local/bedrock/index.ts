/** A Bedrock Runtime server on loopback: the real wire, a model that is weak on purpose, and faults on demand. */

import { callable, checkOptions, flag, integer, object, oneOf } from '../../core/options.ts';
import { listen } from './connection.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { createGate, type Hold } from './hold.ts';
import { invocationLog } from './invocation-log.ts';
import { type CacheView, createPromptCache } from './prompt-cache.ts';
import { createRequestLog, type ReceivedRequest } from './request-log.ts';
import { createService } from './service.ts';

export type { RequestControls } from './controls.ts';
export { ACCOUNT_ID, ERROR_STATUS, type ErrorType } from './errors.ts';
export { CUTS, type Cut, type Fault, type FaultKind, type FaultPlan } from './faults.ts';
export type { Hold } from './hold.ts';
export { answer } from './model/answer.ts';
export type { AnswerBlock, Block, Message, ModelRequest } from './model/request.ts';
export { FRAMING, promptTokens } from './model/tokens.ts';
export type { CachedPrefix, CacheView } from './prompt-cache.ts';
export type { CacheDetail, CacheTtl, ReceivedRequest, Usage } from './request-log.ts';
export type { Operation } from './routes.ts';

/** Options of {@link startLocalBedrock}. */
export interface LocalBedrockOptions {
  /** @default 0: a free one */
  readonly port?: number;
  /** @default '127.0.0.1', and nothing else */
  readonly host?: '127.0.0.1';
  /**
   * Secret access keys by access key id: requests must be signed with one of them. Any session token will do.
   * @default one pair, {@link LocalBedrock.credentials}
   */
  readonly credentials?: Readonly<Record<string, string>>;
  /** Let any bearer key in. @default false: AccessDeniedException */
  readonly allowBearer?: boolean;
  /** Time that the model takes for an answer, in milliseconds. @default 0 */
  readonly latencyMs?: number;
  /** Milliseconds since the epoch, for signatures and the prompt cache. @default Date.now */
  readonly now?: () => number;
  /** Numbers from 0 to below 1, for faults with a probability: a seeded source makes a run repeatable. @default Math.random */
  readonly random?: () => number;
  /** Tokens that must stand before a cache point for it to count, as models want some. @default 0 */
  readonly cacheMinimumTokens?: number;
}

/** A running server. */
export interface LocalBedrock {
  readonly url: string;
  readonly port: number;
  /** The first of the credentials that it takes, in the shape that a client wants. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The last requests, oldest first, refused ones among them. */
  readonly requests: readonly ReceivedRequest[];
  /** Tokens that were really read and written, whoever got them: what an account would be billed. */
  billedTokens(): number;
  /** Calls to models as Bedrock's own log has them, an object a line: those of {@link LocalBedrock.requests}. */
  invocationLog(): string;
  readonly faults: FaultPlan;
  /** What the prompt cache did. */
  readonly cache: CacheView;
  /** Holds every answer of a model back until it is released. */
  hold(): Hold;
  /** Ends every connection; no socket and no timer is left. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const LOCAL_CREDENTIALS = { ASIALOCALBEDROCK: ['local', 'secret'].join('-') };

/**
 * Starts a server.
 *
 * @throws TypeError for an unknown or invalid option.
 * @example
 * const bedrock = await startLocalBedrock();
 * const client = new BedrockRuntimeClient({ endpoint: bedrock.url, region: 'eu-central-1', credentials: bedrock.credentials });
 */
export const startLocalBedrock = async (options: LocalBedrockOptions = {}): Promise<LocalBedrock> => {
  checkOptions('startLocalBedrock', options, {
    port: integer(0),
    host: oneOf(HOST),
    credentials: object,
    allowBearer: flag,
    latencyMs: integer(0),
    now: callable,
    random: callable,
    cacheMinimumTokens: integer(0),
  });
  const { port = 0, credentials = LOCAL_CREDENTIALS, allowBearer = false, latencyMs = 0, now = Date.now } = options;
  const { cacheMinimumTokens = 0 } = options;
  const [first] = Object.entries(credentials);
  if (first === undefined) throw new TypeError('startLocalBedrock: credentials must name an access key');
  const log = createRequestLog();
  const faults = createFaultPlan(options.random);
  const gate = createGate();
  const cache = createPromptCache({ now, minimumTokens: cacheMinimumTokens });
  const service = createService({ credentials, allowBearer, latencyMs, now, log, faults, cache, held: gate.pass });
  const listener = await listen(HOST, port, (request, response) => void service(request, response));
  return {
    url: `http://${HOST}:${listener.port}`,
    port: listener.port,
    credentials: { accessKeyId: first[0], secretAccessKey: first[1] },
    requests: log.requests,
    billedTokens: log.billedTokens,
    invocationLog: () => invocationLog(log.requests),
    faults: { add: faults.add, clear: faults.clear },
    cache,
    hold: gate.hold,
    close: async () => {
      gate.releaseAll();
      await listener.close();
    },
  };
};
