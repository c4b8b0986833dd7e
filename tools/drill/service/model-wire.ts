/** A real Bedrock client whose wire ends at the local model, in this process: its latency and its failures follow the clock. */

import { Readable } from 'node:stream';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { converse } from '../../../local/bedrock/dialects/converse.ts';
import { ERROR_STATUS, type ErrorType } from '../../../local/bedrock/errors.ts';
import { type Generation, generate } from '../../../local/bedrock/model/generate.ts';
import type { ModelRequest } from '../../../local/bedrock/model/request.ts';
import { promptTokens, tokensOf } from '../../../local/bedrock/model/tokens.ts';
import { MODEL_MAXIMUM } from '../../../local/bedrock/validation.ts';

/** What becomes of one attempt. */
export interface Weather {
  /** Until the answer, in milliseconds. */
  readonly latencyMs: number;
  /** In place of an answer. */
  readonly error?: ErrorType;
}

/** Options of {@link createModelClient}. */
export interface ModelClientOptions {
  /** Asked for every attempt. */
  readonly weather: () => Weather;
  /** What the model says in place of its own answer, where it is not itself: a campaign against it, for one. */
  readonly possessed?: (request: ModelRequest) => string | undefined;
}

interface WireRequest {
  readonly path: string;
  readonly body: Uint8Array;
}

const said = (text: string): Generation => ({
  blocks: [{ text }],
  outputTokens: tokensOf(text),
  stopReason: 'end_turn',
  stopSequence: undefined,
});

const answerOf = (request: ModelRequest, latencyMs: number, words: string | undefined): object => {
  const { outputTokens, ...generation } = words === undefined ? generate(request, MODEL_MAXIMUM) : said(words);
  const inputTokens = promptTokens(request);
  return converse.reply({
    ...generation,
    outputTokens,
    modelId: '',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    latencyMs,
  } as never);
};

const waited = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A client that serialises, signs and parses as ever. */
export const createModelClient = ({
  weather,
  possessed = () => undefined,
}: ModelClientOptions): BedrockRuntimeClient => {
  const respond = (statusCode: number, body: object, error?: string): object => ({
    response: {
      statusCode,
      headers: { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) },
      body: Readable.from([Buffer.from(JSON.stringify(body))]),
    },
  });
  const handle = async ({ body }: WireRequest): Promise<object> => {
    const { latencyMs, error } = weather();
    await waited(latencyMs);
    if (error !== undefined) return respond(ERROR_STATUS[error], { message: 'The drill says so.' }, error);
    const request = JSON.parse(new TextDecoder().decode(body)) as ModelRequest;
    return respond(200, answerOf(request, latencyMs, possessed(request)));
  };
  return new BedrockRuntimeClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: ['ASIA', 'DRILL'].join(''), secretAccessKey: 'drill', sessionToken: 'drill' },
    requestHandler: { handle } as never,
  });
};
