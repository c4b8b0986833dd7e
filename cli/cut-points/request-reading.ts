/** What an audit record says about a channel. */

import type { Channel } from '../../core/injection/types.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import type { ChannelReading } from './channel-scores.ts';

const CONTROL = 'injection-screen';

/** The pseudo-rule that stands for the score of a whole text. */
const WHOLE = 'score';

/**
 * Controls that refuse a request only when the texts of a channel have been screened. A request that another one refused
 * may never have reached the screen, and says nothing of it.
 */
const BEHIND: Readonly<Record<Channel, readonly string[]>> = {
  user: ['bedrock-client', 'output-redaction'],
  data: ['output-redaction'],
};

const WORST = { allow: 0, flag: 1, deny: 2 } as const;
const VERDICTS = ['allow', 'flag', 'block'] as const;

const controlThatRefused = ({ decisions, refused }: AuditEntry): string | undefined =>
  decisions.find(({ code }) => code === refused)?.control;

/**
 * The highest score and the worst verdict of a request's texts on a channel.
 *
 * @returns `undefined` where the record does not say that the channel was screened.
 */
export const readingOf = (entry: AuditEntry, channel: Channel): ChannelReading | undefined => {
  let score = entry.score?.[channel];
  let worst = 0;
  for (const { control, reason, verdict, rules, heldBackBy } of entry.decisions) {
    if (control !== CONTROL || reason !== channel || !Object.hasOwn(WORST, verdict)) continue;
    // It passes, whatever the cut points are.
    if (heldBackBy === 'allow-list') continue;
    const whole = rules.find(({ rule }) => rule === WHOLE)?.score;
    if (whole === undefined) continue;
    score = Math.max(score ?? 0, whole);
    worst = Math.max(worst, WORST[verdict as keyof typeof WORST]);
  }
  if (score === undefined && entry.refused !== undefined) {
    const control = controlThatRefused(entry);
    if (control === undefined || !BEHIND[channel].includes(control)) return undefined;
  }
  return { score, verdict: VERDICTS[worst] ?? 'allow' };
};
