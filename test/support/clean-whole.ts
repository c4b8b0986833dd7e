/** A reply's text as the Bedrock edge gives it, whole and in pieces, without a call around it. */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { cleanLinks, createLinkCleaner } from '../../aws/bedrock/clean-links.ts';
import { cleanReply, type ReplyRules } from '../../aws/bedrock/clean-reply.ts';
import { createStreamCleaner } from '../../aws/bedrock/clean-stream.ts';
import { createScope, type InvocationScope } from '../../aws/invocation-scope.ts';

const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');

/** One text block, cleaned as a reply in one piece is. */
export const cleanWhole = (rules: ReplyRules, text: string, scope = createScope({ requestId: 'r' })): string =>
  cleanLinks(scope, cleanReply(scope, [{ text }], rules), rules.exfiltration)[0]?.text ?? '';

/** A text block that comes in pieces. */
export interface CleanStream {
  readonly scope: InvocationScope;
  /** What is passed on after one more piece. */
  push(piece: string): string;
  end(): string;
}

/** A cleaner of one text block in pieces. */
export const cleanStream = (rules: ReplyRules, scope = createScope({ requestId: 'r' })): CleanStream => {
  const cleaner = createStreamCleaner(scope, rules);
  const links = rules.exfiltration && createLinkCleaner(scope, rules.exfiltration);
  const pass = (event: ConverseStreamOutput): string => {
    const events = cleaner.push(event);
    return textOf(links === undefined ? events : events.flatMap((each) => links.push(each)));
  };
  return {
    scope,
    push: (text) => pass({ contentBlockDelta: { contentBlockIndex: 0, delta: { text } } }),
    end: () => pass({ contentBlockStop: { contentBlockIndex: 0 } }),
  };
};
