/** What an InvokeModel call is answered with, as Converse's output, and back. */

import type { ConverseCommandOutput, InvokeModelCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import {
  type BodyReply,
  fieldsIn,
  greaterCounts,
  guardrailFields,
  guardrailIntervened,
  type TokenCounts,
  utf8In,
} from '../../core/invoke-model/index.ts';
import type { Invocation } from './invoke-call.ts';

/** Headers of a response by name, in lower case. */
export type ResponseHeaders = Readonly<Record<string, string | undefined>>;

const COUNT = /^\d{1,15}$/; // 1024

/**
 * What the headers of a response count; `undefined` where they do not. Source: Bedrock User Guide, "Submit a single prompt
 * with InvokeModel".
 */
const countsIn = (headers: ResponseHeaders): TokenCounts | undefined => {
  const count = (name: string): number | undefined => {
    const value = headers[`x-amzn-bedrock-${name}-token-count`] ?? '';
    return COUNT.test(value) ? Number(value) : undefined;
  };
  const [inputTokens, outputTokens] = [count('input'), count('output')];
  const [read = 0, written = 0] = [count('cache-read-input'), count('cache-write-input')];
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + read + written,
    ...(read > 0 && { cacheReadInputTokens: read }),
    ...(written > 0 && { cacheWriteInputTokens: written }),
  };
};

/** The reply in a body; `undefined` where it cannot be read. */
const replyIn = (invocation: Invocation, bytes: Uint8Array | undefined): BodyReply | undefined => {
  const json = bytes === undefined ? undefined : utf8In(bytes);
  const body = json === undefined ? undefined : fieldsIn(json);
  const reply = body && invocation.format.readReply(body);
  if (body === undefined || reply === undefined || !guardrailIntervened(body)) return reply;
  return { ...reply, stopReason: 'guardrail_intervened' };
};

/** The answer as the guard of Converse knows it: without a message where it cannot be read, but never without what it cost. */
export const converseOutput = (
  invocation: Invocation,
  answer: InvokeModelCommandOutput,
  headers: ResponseHeaders,
): ConverseCommandOutput => {
  const reply = replyIn(invocation, answer.body);
  const usage = greaterCounts(reply?.usage, countsIn(headers));
  return {
    $metadata: answer.$metadata,
    ...(answer.serviceTier !== undefined && { serviceTier: { type: answer.serviceTier } }),
    ...(reply !== undefined && {
      output: { message: { role: 'assistant', content: reply.content } },
      stopReason: reply.stopReason,
    }),
    ...(usage !== undefined && { usage }),
  } as ConverseCommandOutput;
};

/** The answer with what is left of it in its body. */
export const invokeOutput = (
  { format, call }: Invocation,
  answer: InvokeModelCommandOutput,
  output: ConverseCommandOutput,
): InvokeModelCommandOutput => {
  const original = fieldsIn(utf8In(answer.body) ?? '') ?? {};
  const { stopSequence } = format.readReply(original) ?? {};
  const body = format.writeReply(original, {
    content: output.output?.message?.content as never,
    stopReason: output.stopReason,
    // Of the call's own making, else it would be text of the model's.
    stopSequence: call.inferenceConfig?.stopSequences?.find((sequence) => sequence === stopSequence),
    usage: output.usage as TokenCounts | undefined,
  });
  const bytes = new TextEncoder().encode(JSON.stringify({ ...body, ...guardrailFields(original) }));
  // The SDK's own kind of bytes, which turns into text by a method.
  Object.setPrototypeOf(bytes, Object.getPrototypeOf(answer.body));
  return { ...answer, contentType: 'application/json', body: bytes as InvokeModelCommandOutput['body'] };
};
