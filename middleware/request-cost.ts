/** What a request may cost, estimated at the door: an upper bound for what its body alone can make a model read. */

import type { ConverseInput } from '../core/converse/types.ts';
import { tokenBound } from '../core/quota/index.ts';
import { fieldsAt, type HttpEvent } from './http-event.ts';

/** What the estimate has to know of the handler. */
export interface CostEstimate {
  /** Output tokens of a request that asks for none, and the most one gets. @default 1024 */
  readonly maxTokens?: number;
  /** Tokens that the handler adds to every prompt: system prompt, tools, templates. @default 1000 */
  readonly overheadTokens?: number;
}

/** Output tokens that are assumed when nobody says. */
const DEFAULT_OUTPUT = 1024;
const DEFAULT_OVERHEAD = 1000;

const isTurn = (message: unknown): boolean => Array.isArray(fieldsAt(message)['content']);

/** The prompt in a body: its Converse messages, else all of it as one text. */
const promptOf = (body: unknown): ConverseInput => {
  const messages = fieldsAt(body)['messages'];
  if (Array.isArray(messages) && messages.every(isTurn)) return { messages };
  return {
    messages: [{ role: 'user', content: [{ text: typeof body === 'string' ? body : JSON.stringify(body ?? '') }] }],
  };
};

/** The output that a body asks for, bounded by what one call may get. */
const outputOf = (body: unknown, most: number): number => {
  const asked = fieldsAt(body)['maxTokens'];
  return typeof asked === 'number' && asked >= 1 ? Math.min(Math.ceil(asked), most) : most;
};

/** Tokens that one model call for a request reads and writes at most. */
export interface RequestBound {
  /** Of the body alone. */
  readonly bodyTokens: number;
  /** That the handler adds. */
  readonly overheadTokens: number;
  readonly outputTokens: number;
}

/** Upper bound of a request with one model call. An agent's later calls extend the reservation. */
export const requestBound = (event: HttpEvent, estimate: CostEstimate): RequestBound => ({
  bodyTokens: tokenBound(promptOf(event.body)),
  overheadTokens: estimate.overheadTokens ?? DEFAULT_OVERHEAD,
  outputTokens: outputOf(event.body, estimate.maxTokens ?? DEFAULT_OUTPUT),
});
