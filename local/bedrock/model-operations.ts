/** The operations that a model answers: Converse, InvokeModel, their streams, and CountTokens. */

import { checkControls } from './controls.ts';
import { cutOff, write } from './cut.ts';
import { converse } from './dialects/converse.ts';
import { type Dialect, guardrailFields, type ReadContext, type Reply } from './dialects/dialect.ts';
import { invokeDialect } from './dialects/families.ts';
import { BedrockError, invalid } from './errors.ts';
import { type Exchange, pause, sendJson, whenGone, writeHead } from './exchange.ts';
import type { Fault } from './faults.ts';
import { INTERVENTION, inlineGuardrail } from './guardrails/inline-guardrail.ts';
import { generate } from './model/generate.ts';
import { type Block, type ModelRequest, member } from './model/request.ts';
import { promptTokens } from './model/tokens.ts';
import type { InputUsage, PromptCache } from './prompt-cache.ts';
import { type LogEntry, type RequestLog, usageOf } from './request-log.ts';
import { checkModel } from './routes.ts';
import { writeStream } from './stream.ts';
import { checkRequest, MODEL_MAXIMUM } from './validation.ts';

/** What the operations of models work with. */
export interface ModelContext {
  readonly log: RequestLog;
  readonly cache: PromptCache;
  /** Time that the model takes, in milliseconds. */
  readonly latencyMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves when an answer may go out. */
  readonly held: (gone: AbortSignal) => Promise<void>;
}

/** A request to a model, with what is to go wrong. */
export interface ModelCall {
  readonly exchange: Exchange;
  readonly entry: LogEntry;
  readonly body: Block;
  readonly fault: Fault | undefined;
}

const MALFORMED = 'Malformed input request, please reformat your input and try again.';

const BUFFERED_CUT_HEAD = { 'content-type': 'application/json' };

/** Sends a whole answer, or what a fault leaves of it. */
export const sendReply = async (
  exchange: Exchange,
  reply: object,
  headers: Readonly<Record<string, string>>,
  fault: Fault | undefined,
): Promise<void> => {
  if (fault?.kind === 'hang') return whenGone(exchange.gone);
  if (fault?.kind !== 'cut' && fault?.kind !== 'malformed-json') return sendJson(exchange, reply, headers);
  const bytes = Buffer.from(JSON.stringify(reply));
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  writeHead(exchange, 200, { ...BUFFERED_CUT_HEAD, ...headers });
  write(exchange.response, half);
  if (fault.kind === 'cut') await cutOff(exchange, fault.cut, bytes.subarray(half.length));
  else exchange.response.end();
};

const NOTHING: InputUsage = { inputTokens: 0, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

/** A body in the Converse shape, checked; what cannot even be read is malformed. */
const readRequest = (dialect: Dialect, body: Block, context: ReadContext): ModelRequest => {
  try {
    return checkRequest(dialect.read(body, context), context.modelId);
  } catch (error) {
    throw error instanceof BedrockError ? error : invalid(context.modelId, MALFORMED);
  }
};

/** What a guardrail answers in place of the model, which reads nothing: its tokens are not billed. */
const intervention = { blocks: [{ text: INTERVENTION }], outputTokens: 0, stopReason: 'guardrail_intervened' as const };

/** Tokens of InvokeModel's whole answers stand in headers. */
const countHeaders = ({ usage, latencyMs }: Reply): Readonly<Record<string, string>> => ({
  'x-amzn-bedrock-input-token-count': String(usage.inputTokens),
  'x-amzn-bedrock-output-token-count': String(usage.outputTokens),
  'x-amzn-bedrock-cache-read-input-token-count': String(usage.cacheReadInputTokens),
  'x-amzn-bedrock-cache-write-input-token-count': String(usage.cacheWriteInputTokens),
  'x-amzn-bedrock-invocation-latency': String(latencyMs),
});

const aroundHeaders = ({ serviceTier, latency }: Reply): Readonly<Record<string, string>> => ({
  ...(serviceTier !== undefined && { 'x-amzn-bedrock-service-tier': serviceTier }),
  ...(latency !== undefined && { 'x-amzn-bedrock-performanceconfig-latency': latency }),
});

/** Answers Converse, InvokeModel and their streams. */
export const answerModel = async (
  { log, cache, latencyMs, held, now }: ModelContext,
  { exchange, entry, body, fault }: ModelCall,
): Promise<void> => {
  const { operation, modelId, controls } = entry;
  const isInvoke = operation.startsWith('Invoke');
  const isStream = operation.endsWith('Stream');
  checkModel(modelId);
  checkControls(controls, body, modelId);
  const dialect = isInvoke ? invokeDialect(modelId, body) : converse;
  const request = readRequest(dialect, body, { modelId, isStream });
  const guardrail = inlineGuardrail(controls.guardrail);
  const isBlocked = guardrail?.action === 'INTERVENED';
  const { outputTokens, ...generation } = isBlocked ? intervention : generate(request, MODEL_MAXIMUM);
  const input = isBlocked ? NOTHING : cache.use(modelId, request);
  log.bill(entry, input);
  await pause(latencyMs, exchange.gone);
  await held(exchange.gone);
  if (exchange.gone.aborted) return;

  const reply: Reply = {
    stopSequence: undefined,
    ...generation,
    outputTokens,
    modelId,
    usage: usageOf({ ...input, outputTokens }),
    latencyMs,
    createdAt: Math.floor(now() / 1000),
    guardrail,
    serviceTier: controls.serviceTier,
    latency: controls.latency,
  };
  const headers = isInvoke ? aroundHeaders(reply) : {};
  if (isStream) {
    await writeStream(exchange, dialect.events(reply), {
      modelId,
      fault,
      headers: isInvoke ? { 'x-amzn-bedrock-content-type': 'application/json', ...headers } : {},
      onTokens: (tokens) => log.bill(entry, { outputTokens: isBlocked ? 0 : tokens }),
    });
    return;
  }
  log.bill(entry, { outputTokens });
  const whole = dialect.reply(reply);
  if (isInvoke)
    await sendReply(exchange, { ...whole, ...guardrailFields(reply) }, { ...countHeaders(reply), ...headers }, fault);
  else await sendReply(exchange, whole, {}, fault);
};

/** Answer of CountTokens: what the same request would be billed as input. */
export const countTokens = (modelId: string, body: Block): object => {
  checkModel(modelId);
  const { converse: asConverse, invokeModel } = member(body, 'input');
  const context = { modelId, isStream: false };
  if (asConverse !== undefined)
    return { inputTokens: promptTokens(readRequest(converse, asConverse as Block, context)) };
  const bytes = (invokeModel as Block | undefined)?.['body'];
  if (typeof bytes !== 'string') throw invalid(modelId, 'The input field must have converse or invokeModel.');
  const invoked = parseObject(Buffer.from(bytes, 'base64'), modelId);
  const request = readRequest(invokeDialect(modelId, invoked), invoked, context);
  return { inputTokens: promptTokens(request) };
};

/** A body as a JSON object. @throws BedrockError `ValidationException` */
export const parseObject = (bytes: Buffer, modelId: string): Block => {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Block;
  } catch {}
  throw invalid(modelId, MALFORMED);
};
