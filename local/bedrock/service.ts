/** One request: verified, routed, answered or failed. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyRequest, AnyResponse } from './connection.ts';
import { BedrockError, ERROR_STATUS, realisticMessage } from './errors.ts';
import type { Fault, FaultPlan } from './faults.ts';
import { applyGuardrail, invokeGuardrailChecks } from './guardrails.ts';
import { readInvokeBody, writeInvokeEvents, writeInvokeReply } from './invoke-model.ts';
import { answer } from './model/answer.ts';
import { type CutAnswer, cutAnswer, promptTokens } from './model/tokens.ts';
import { createPromptCache } from './prompt-cache.ts';
import type { ReceivedRequest, RequestLog } from './request-log.ts';
import { signatureProblem } from './sigv4.ts';
import { converseFrames, invokeFrames, piecesOf, writeStream } from './stream.ts';
import { type ConverseBody, checkConverse } from './validation.ts';

/** What a service works with. */
export interface ServiceOptions {
  readonly credentials: Readonly<Record<string, string>>;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  /** Resolves when an answer may go out. */
  readonly held: () => Promise<void>;
}

const MODEL_PATH =
  /^\/model\/([^/]{1,2048})\/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/;
const GUARDRAIL_PATH = /^\/guardrail\/[^/]{1,2048}\/version\/[^/]{1,32}\/apply$/;
const MAX_BODY = 25_000_000;

/** Models that exist: anything that does not say otherwise. */
const MISSING_MODEL = /^missing\./;

const readBody = async (request: AnyRequest): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) throw new BedrockError('ValidationException', 'The request body is too large.');
  }
  return Buffer.concat(chunks);
};

const parse = (body: Buffer): Record<string, never> => {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw new BedrockError('ValidationException', 'The request body is not valid JSON.');
  }
};

const routeOf = (path: string): { operation: string; modelId: string } => {
  const model = MODEL_PATH.exec(path);
  if (model !== null) return { operation: model[2] ?? '', modelId: decodeURIComponent(model[1] ?? '') };
  if (GUARDRAIL_PATH.test(path)) return { operation: 'apply-guardrail', modelId: '' };
  if (path === '/guardrail-checks/invoke') return { operation: 'guardrail-checks', modelId: '' };
  throw new BedrockError('ResourceNotFoundException', `No operation at ${path}`);
};

/** The handler of all requests of a server. */
export const createService = ({ credentials, log, faults, held }: ServiceOptions) => {
  const cacheUse = createPromptCache();

  const headersOf = (requestId: string): Record<string, string> => ({
    'content-type': 'application/json',
    'x-amzn-requestid': requestId,
  });

  const sendJson = (
    response: AnyResponse,
    requestId: string,
    body: object,
    more: Record<string, string> = {},
  ): void => {
    response.writeHead(200, { ...headersOf(requestId), ...more });
    response.end(JSON.stringify(body));
  };

  const sendError = (response: AnyResponse, requestId: string, error: unknown): void => {
    const { type, message } =
      error instanceof BedrockError ? error : new BedrockError('InternalServerException', 'internal');
    response.writeHead(ERROR_STATUS[type], {
      ...headersOf(requestId),
      'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
    });
    response.end(JSON.stringify({ message, originalStatusCode: ERROR_STATUS[type], resourceName: 'local' }));
  };

  /** Faults before an answer. True when there will be none. */
  const meet = async (fault: Fault | undefined, modelId: string, response: AnyResponse): Promise<boolean> => {
    switch (fault?.kind) {
      case 'error':
        throw new BedrockError(fault.type, realisticMessage(fault.type, modelId));
      case 'delay':
        await sleep(fault.ms);
        return false;
      case 'hang':
        return true;
      case 'connection-reset':
        response.socket?.destroy();
        return true;
      case 'malformed-json':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"output":');
        return true;
      default:
        return false;
    }
  };

  const think = (converse: ConverseBody, modelId: string): { cut: CutAnswer; usage: Record<string, number> } => {
    const { prompt, maxTokens, stopSequences } = checkConverse(converse, modelId);
    const cut = cutAnswer(answer(prompt), maxTokens, stopSequences);
    const { read, written } = cacheUse(modelId, converse);
    const inputTokens = Math.max(0, promptTokens(prompt) - read - written);
    const totalTokens = inputTokens + cut.tokens + read + written;
    return {
      cut,
      usage: {
        inputTokens,
        outputTokens: cut.tokens,
        totalTokens,
        cacheReadInputTokens: read,
        cacheWriteInputTokens: written,
      },
    };
  };

  const run = async (
    operation: string,
    modelId: string,
    body: Record<string, never>,
    fault: Fault | undefined,
    entry: ReceivedRequest,
    response: AnyResponse,
    requestId: string,
  ): Promise<void> => {
    if (operation === 'apply-guardrail') return sendJson(response, requestId, applyGuardrail(body));
    if (operation === 'guardrail-checks') return sendJson(response, requestId, invokeGuardrailChecks(body));
    if (MISSING_MODEL.test(modelId))
      throw new BedrockError('ResourceNotFoundException', realisticMessage('ResourceNotFoundException', modelId));
    if (operation === 'count-tokens') {
      const { converse, invokeModel } =
        (body as { input?: { converse?: ConverseBody; invokeModel?: { body: string } } }).input ?? {};
      const counted = converse ?? readInvokeBody(parse(Buffer.from(invokeModel?.body ?? '', 'base64')), modelId);
      return sendJson(response, requestId, { inputTokens: promptTokens(checkConverse(counted, modelId).prompt) });
    }
    const invoked = operation.startsWith('invoke');
    const { cut, usage } = think(invoked ? readInvokeBody(body, modelId) : (body as ConverseBody), modelId);
    const { inputTokens = 0, totalTokens = 0 } = usage;
    await held();
    if (operation.endsWith('stream')) {
      const pieces = piecesOf(cut);
      const frames = invoked
        ? invokeFrames(writeInvokeEvents(cut, inputTokens, pieces))
        : converseFrames(cut, usage, pieces);
      log.bill(entry, totalTokens - cut.tokens);
      return writeStream({
        response,
        requestId,
        invoked,
        frames,
        fault,
        entry,
        modelId,
        bill: (tokens) => log.bill(entry, tokens),
      });
    }
    log.bill(entry, totalTokens);
    if (!invoked)
      return sendJson(response, requestId, {
        output: { message: { role: 'assistant', content: cut.blocks } },
        stopReason: cut.stopReason,
        usage,
        metrics: { latencyMs: 1 },
      });
    return sendJson(response, requestId, writeInvokeReply(modelId, cut, inputTokens), {
      'x-amzn-bedrock-input-token-count': String(inputTokens),
      'x-amzn-bedrock-output-token-count': String(cut.tokens),
    });
  };

  return async (request: AnyRequest, response: AnyResponse): Promise<void> => {
    const requestId = randomUUID();
    try {
      const body = await readBody(request);
      const url = request.url ?? '/';
      const headers = { ...request.headers, host: request.headers.host ?? request.headers[':authority'] };
      const problem = signatureProblem({ method: request.method ?? '', url, headers, body }, credentials);
      if (problem !== undefined) throw new BedrockError('AccessDeniedException', problem);
      const { operation, modelId } = routeOf(url.split('?', 1)[0] ?? '/');
      const parsed = parse(body);
      const entry = log.add({ operation, modelId, httpVersion: request.httpVersion, body: parsed });
      response.once('close', () => {
        entry.aborted = !response.writableEnded;
      });
      const fault = faults.take(operation, modelId);
      if (await meet(fault, modelId, response)) return;
      await run(operation, modelId, parsed, fault, entry, response, requestId);
    } catch (error) {
      if (!response.headersSent && !response.destroyed) sendError(response, requestId, error);
    }
  };
};
