/** What a client was told, and whether the documentation says so. */

import { ERRORS } from '../../core/errors.ts';
import { PROBLEM_MEDIA_TYPE } from '../../core/problem.ts';
import { eventsOf } from '../../local/tour/streamed-answer.ts';
import type { HttpResult } from '../support/events.ts';
import type { Streamed } from '../support/streaming.ts';
import { LEFT } from './service.ts';

/** What became of a request: `answered`, `left` (by its handler or client), or a code of the kit's errors. */
export interface Verdict {
  readonly outcome: string;
  readonly documented: boolean;
}

const undocumented = (outcome: string): Verdict => ({ outcome: `undocumented: ${outcome}`, documented: false });

const told = (outcome: string): Verdict => ({ outcome, documented: true });

const problem = (status: unknown, problemBody: unknown): Verdict => {
  const { code, status: said } = Object(problemBody) as { code?: unknown; status?: unknown };
  if (typeof code !== 'string' || !Object.hasOwn(ERRORS, code)) return undocumented(`code ${code}`);
  const { status: documented } = ERRORS[code as keyof typeof ERRORS];
  return said === documented && status === documented ? told(code) : undocumented(`${code} with status ${status}`);
};

/** Judges an answer in one piece. */
export const judgeWhole = ({ statusCode, headers, body }: HttpResult): Verdict => {
  const json = JSON.parse(body);
  if (statusCode !== 200)
    return headers['content-type'] === PROBLEM_MEDIA_TYPE
      ? problem(statusCode, json)
      : undocumented(`status ${statusCode} without a problem`);
  if (json.left !== undefined) return told('left');
  const text = json.message?.content?.[0]?.text;
  const complete = typeof text === 'string' && text !== '' && json.usage?.outputTokens > 0;
  return complete ? told('answered') : undocumented('200 without a whole reply');
};

/** Judges an answer in pieces. @param gone The client left before its end. */
export const judgeStream = ({ prelude, body, error }: Streamed, gone: boolean): Verdict => {
  if (gone) return told('left');
  if (error !== undefined) return undocumented('the invocation failed');
  const { statusCode } = prelude;
  if (statusCode !== 200) return problem(statusCode, JSON.parse(body));
  const events = eventsOf(body);
  const names = events.map(({ event }) => event);
  const last = events.at(-1);
  if (last?.event === 'error') return problem(last.data['status'], last.data);
  if (last?.event === LEFT) return told('left');
  return names.includes('messageStop') && last?.event === 'metadata'
    ? told('answered')
    : undocumented('a stream without its end');
};
