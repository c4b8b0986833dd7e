/** Screening of what a call carries to the model, by who wrote it. */

import type { ContentBlock, ConverseMessage } from '../../core/converse/types.ts';
import { member, textOf } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import type { InjectionScreen } from '../../core/injection/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';

type Channel = 'user' | 'data';

interface Segment {
  readonly channel: Channel;
  readonly text: string;
}

/** Texts of one block: the caller's words, or data when an assistant turn is replayed or a tool answers. */
const segmentsOf = (block: ContentBlock, role: string | undefined): readonly Segment[] => {
  const text = textOf(block);
  if (text !== undefined) return [{ channel: role === 'user' ? 'user' : 'data', text }];
  const content = member(block, 'toolResult')?.['content'];
  if (!Array.isArray(content)) return [];
  return content.map((item) => ({ channel: 'data', text: textOf(item) ?? JSON.stringify(member(item, 'json') ?? '') }));
};

/**
 * Screens every turn that was not screened before in this invocation.
 *
 * @throws BulwarkError `prompt_rejected` for a text that the screen blocks; the caller gets a strike for it.
 */
export const screenTurns = (
  scope: InvocationScope,
  screen: InjectionScreen,
  messages: readonly ConverseMessage[],
): void => {
  for (const message of messages)
    for (const block of message.content ?? [])
      for (const { channel, text } of segmentsOf(block, message.role)) {
        const key = `${channel}\n${text}`;
        if (!scope.screened.has(key)) screenText(scope, screen, text, channel);
        scope.screened.add(key);
      }
};

/**
 * Screens one text and records the verdict.
 *
 * @throws BulwarkError `prompt_rejected`.
 */
export const screenText = (scope: InvocationScope, screen: InjectionScreen, text: string, channel: Channel): void => {
  const { verdict, score, findings } = screen.screen(text, { channel });
  if (verdict === 'allow') return;
  scope.record.count(verdict === 'block' ? 'PromptsBlocked' : 'PromptsFlagged');
  scope.record.decide({
    control: 'injection-screen',
    verdict: verdict === 'block' ? 'deny' : 'flag',
    reason: channel,
    rules: [
      { rule: 'score', score },
      ...findings.slice(0, 10).map((finding) => ({ rule: finding.rule, score: finding.score })),
    ],
  });
  if (verdict === 'flag') return;
  scope.strikes += 1;
  throw new BulwarkError('prompt_rejected');
};
