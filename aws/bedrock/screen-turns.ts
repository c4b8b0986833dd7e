/** Screening of what a call carries to the model, by who wrote it. */

import type { ConverseMessage } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { type InjectionScreen, type Segment, segmentKey, segmentsOf } from '../../core/injection/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';

/** Whoever calls the screen, the control is the same. */
const CONTROL = 'injection-screen';

/**
 * Screens every turn that was not screened before in this invocation.
 *
 * @throws BulwarkError `prompt_rejected` for a text that the screen blocks. The caller gets a strike for own words only:
 * whoever plants an attack in a document must not get its readers suspended.
 */
export const screenTurns = (
  scope: InvocationScope,
  screen: InjectionScreen,
  messages: readonly ConverseMessage[],
): void => {
  for (const segment of segmentsOf(messages)) {
    const key = segmentKey(segment);
    if (!scope.screened.has(key)) screenText(scope, screen, segment, segment.channel === 'user');
    scope.screened.add(key);
  }
};

/**
 * Screens one text and records the verdict.
 *
 * @param sentByCaller Whether the caller sent the text, and gets a strike for it when it is blocked.
 * @throws BulwarkError `prompt_rejected`.
 */
export const screenText = (
  scope: InvocationScope,
  screen: InjectionScreen,
  { text, channel }: Segment,
  sentByCaller: boolean,
): void => {
  const { verdict, score, findings } = screen.screen(text, { channel });
  if (verdict === 'allow') return;
  const { record } = scope;
  const rules = [
    { rule: 'score', score },
    ...findings.slice(0, 10).map((finding) => ({ rule: finding.rule, score: finding.score })),
  ];
  if (verdict === 'flag') {
    record.count('PromptsFlagged');
    record.decide({ control: CONTROL, verdict, reason: channel, rules });
    return;
  }
  record.count('PromptsBlocked');
  if (sentByCaller) scope.strikes += 1;
  const refusal = new BulwarkError('prompt_rejected', { reason: channel });
  record.refuse(refusal, CONTROL, rules);
  throw refusal;
};
