/** The client of the tour: an ordinary HTTP client with a token and an API key. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '../gateway/index.ts';
import type { FunctionName, Stack } from '../stack/index.ts';
import { LOCAL_API_KEY, STREAM_PATH, UNGUARDED_PREFIX } from '../stack/routes.ts';
import { fullText, type TourCase, type TourRequest } from './cases.ts';
import { wholeAnswer } from './streamed-answer.ts';

/** Who is asked, and how: the guarded service in one piece or streamed, or its unguarded twin. */
export type Side = 'guarded' | 'streamed' | 'unguarded';

/** The function that answers each side. */
export const FUNCTION_OF: Readonly<Record<Side, FunctionName>> = {
  guarded: 'chat',
  streamed: 'chatStream',
  unguarded: 'unguarded',
};

/** An answer as the client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The body as an object, where it is JSON; a stream put together. */
  readonly json: Readonly<Record<string, unknown>>;
}

const PATHS: Readonly<Record<Side, string>> = {
  guarded: '/v1/chat',
  streamed: STREAM_PATH,
  unguarded: `${UNGUARDED_PREFIX}/v1/chat`,
};

/** HTTP APIs cannot stream: what would go there streams through the REST API. */
const frontDoor = (side: Side, source: Source = 'rest-v1'): Source =>
  side === 'streamed' && source === 'http-v2' ? 'rest-v1' : source;

const parse = (body: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
};

const bodyOf = (request: TourRequest, event: TourCase['event']): string => {
  if (event?.body !== undefined) return event.body;
  if (request.raw !== undefined) return fullText(request.raw);
  const turn =
    request.text === undefined ? {} : { messages: [{ role: 'user', content: [{ text: fullText(request.text) }] }] };
  return JSON.stringify({ ...turn, ...request.body });
};

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const send = async (
  stack: Stack,
  side: Side,
  request: TourRequest & Pick<TourCase, 'event'>,
  user: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const identity: Record<string, string> =
    user === undefined
      ? {}
      : { authorization: `Bearer ${await stack.gateway.issueToken({ sub: user })}`, 'x-api-key': LOCAL_API_KEY.value };
  const response = await fetch(`${stack.gateway.urls[frontDoor(side, request.source)]}${PATHS[side]}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...lowerCase(request.event?.headers ?? {}),
      ...request.headers,
      ...identity,
      ...headers,
    },
    body: bodyOf(request, request.event),
  });
  const { status, headers: received } = response;
  const body = await response.text();
  const streamed = received.get('content-type') === 'text/event-stream';
  return { headers: received, body, ...(streamed ? wholeAnswer(status, body) : { status, json: parse(body) }) };
};

/** The token that an answer asks to be sent back, if it asks for one. */
const confirmationOf = (answer: Answer): Record<string, string> =>
  answer.status === 428 && typeof answer.json['token'] === 'string'
    ? { 'x-bulwark-confirmation': answer.json['token'] }
    : {};

/** Waits for all answers, the model held back until every request was either refused or waits for it. */
const allAtOnce = async (stack: Stack, sent: readonly Promise<Answer>[]): Promise<readonly Answer[]> => {
  const hold = stack.bedrock.local?.hold();
  let answered = 0;
  for (const answer of sent) void answer.then(() => (answered += 1));
  while (hold !== undefined && answered + hold.waiting() < sent.length) await sleep(5);
  hold?.release();
  return Promise.all(sent);
};

/** Sends a request as often as it says, as `user` on the given side. */
export const ask = async (
  stack: Stack,
  side: Side,
  request: TourRequest & Pick<TourCase, 'event'>,
  user: string | undefined,
): Promise<readonly Answer[]> => {
  const times = Array.from({ length: request.times ?? 1 });
  const confirmation = request.confirm ? confirmationOf(await send(stack, side, request, user)) : {};
  if (request.together) {
    // Where each takes a process of its own, their start would take longer than a budget's minute may last.
    const { provision } = stack.functions[FUNCTION_OF[side]];
    await provision?.(times.length);
    const answers = await allAtOnce(
      stack,
      times.map(() => send(stack, side, request, user, confirmation)),
    );
    await provision?.(1);
    return answers;
  }
  const answers: Answer[] = [];
  for (const _ of times) answers.push(await send(stack, side, request, user, confirmation));
  return answers;
};
