/** The operations that a model answers: Converse, InvokeModel, their streams, and CountTokens. */

import { cutOff, write } from './cut.ts';
import { anthropic } from './dialects/anthropic.ts';
import { converse, nova } from './dialects/converse.ts';
import type { Dialect, Reply } from './dialects/dialect.ts';
import { invalid } from './errors.ts';
import { type Exchange, pause, sendJson, whenGone, writeHead } from './exchange.ts';
import type { Fault } from './faults.ts';
import { generate } from './model/generate.ts';
import { type Block, member } from './model/request.ts';
import { promptTokens } from './model/tokens.ts';
import type { PromptCache } from './prompt-cache.ts';
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

/** Bodies of InvokeModel tell their family by the model's name, or, behind an opaque profile, by themselves. */
const invokeDialect = (modelId: string, body: Block): Dialect => {
  if (modelId.includes('anthropic.') || 'anthropic_version' in body) return anthropic;
  if (modelId.includes('amazon.nova') || modelId.includes('inference-profile')) return nova;
  throw invalid(modelId, 'The local server speaks the bodies of Anthropic and Amazon Nova only.');
};

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

/** Answers Converse, InvokeModel and their streams. */
export const answerModel = async (
  { log, cache, latencyMs, held }: ModelContext,
  { exchange, entry, body, fault }: ModelCall,
): Promise<void> => {
  const { operation, modelId } = entry;
  checkModel(modelId);
  const isInvoke = operation.startsWith('Invoke');
  const dialect = isInvoke ? invokeDialect(modelId, body) : converse;
  const request = checkRequest(dialect.read(body), modelId);
  const generation = generate(request, MODEL_MAXIMUM);
  const input = cache.use(modelId, request);
  log.bill(entry, input);
  await pause(latencyMs, exchange.gone);
  await held(exchange.gone);
  if (exchange.gone.aborted) return;

  const { outputTokens } = generation;
  const reply: Reply = {
    ...generation,
    modelId,
    usage: usageOf({ ...input, outputTokens }),
    latencyMs,
  };
  if (operation.endsWith('Stream')) {
    await writeStream(exchange, dialect.events(reply), {
      modelId,
      fault,
      headers: isInvoke ? { 'x-amzn-bedrock-content-type': 'application/json' } : {},
      onTokens: (tokens) => log.bill(entry, { outputTokens: tokens }),
    });
    return;
  }
  log.bill(entry, { outputTokens });
  const counts = {
    'x-amzn-bedrock-input-token-count': String(input.inputTokens),
    'x-amzn-bedrock-output-token-count': String(outputTokens),
    'x-amzn-bedrock-cache-read-input-token-count': String(input.cacheReadInputTokens),
    'x-amzn-bedrock-cache-write-input-token-count': String(input.cacheWriteInputTokens),
    'x-amzn-bedrock-invocation-latency': String(latencyMs),
  };
  await sendReply(exchange, dialect.reply(reply), isInvoke ? counts : {}, fault);
};

/** Answer of CountTokens: what the same request would be billed as input. */
export const countTokens = (modelId: string, body: Block): object => {
  checkModel(modelId);
  const { converse: asConverse, invokeModel } = member(body, 'input');
  if (asConverse !== undefined) return { inputTokens: promptTokens(checkRequest(asConverse, modelId)) };
  const bytes = (invokeModel as Block | undefined)?.['body'];
  if (typeof bytes !== 'string') throw invalid(modelId, 'The input field must have converse or invokeModel.');
  const invoked = parseObject(Buffer.from(bytes, 'base64'), modelId);
  const request = checkRequest(invokeDialect(modelId, invoked).read(invoked), modelId);
  return { inputTokens: promptTokens(request) };
};

/** A body as a JSON object. @throws BedrockError `ValidationException` */
export const parseObject = (bytes: Buffer, modelId: string): Block => {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Block;
  } catch {}
  throw invalid(modelId, 'Malformed input request, please reformat your input and try again.');
};
