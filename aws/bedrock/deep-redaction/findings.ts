/** What the deep tier of redaction finds in what a model wrote, and what is recorded of it. */

import { BulwarkError } from '../../../core/errors.ts';
import { askDeepRedaction, type DeepRedactionRules } from '../../../core/redaction/deep-redaction.ts';
import type { Finding, Redactor } from '../../../core/redaction/index.ts';
import { merged, outsidePlaceholders } from '../../../core/redaction/spans.ts';
import type { InvocationScope } from '../../invocation-scope.ts';
import type { ReplyRules } from '../clean-reply.ts';

/** With what the texts of one reply are judged. */
export interface DeepStage {
  readonly scope: InvocationScope;
  readonly rules: DeepRedactionRules;
  /** Has been over the texts; its numbering goes on. */
  readonly redactor: Redactor;
  /** Ends when nobody waits for the reply any more. */
  readonly signal: AbortSignal | undefined;
}

/** The stage of a reply; `undefined` where its rules want none. */
export const deepStageOf = (
  scope: InvocationScope,
  { deep, redactor }: Pick<ReplyRules, 'deep' | 'redactor'>,
  signal: AbortSignal | undefined,
): DeepStage | undefined =>
  deep === undefined || redactor === undefined ? undefined : { scope, rules: deep, redactor, signal };

const outputBlocked = ({ record }: InvocationScope, reason: string): BulwarkError => {
  record.count('OutputsBlocked');
  return new BulwarkError('output_blocked', { reason });
};

/**
 * What is private in a text that the redactor has been over, in order, not overlapping.
 *
 * @throws BulwarkError `output_blocked` for a text that must not be passed on, and where the rules want it for one that
 * could not be judged; `upstream_timeout` when nobody waits any more.
 */
export const deepFindings = async (
  { scope, rules, redactor }: DeepStage,
  text: string,
  signal: AbortSignal | undefined,
): Promise<readonly Finding[]> => {
  if (text.trim() === '') return [];
  scope.record.count('DeepRedactionChecks');
  const verdict = await askDeepRedaction(rules.deep, text, signal);
  if (verdict === 'blocked') throw outputBlocked(scope, 'guardrail');
  if (verdict === 'unknown') {
    if (signal?.aborted) throw new BulwarkError('upstream_timeout', { reason: 'deadline' });
    scope.record.count('DeepRedactionFailures');
    if (rules.onDeepFailure === 'block') throw outputBlocked(scope, 'deep-redaction');
    scope.record.count('ControlsFailedOpen');
    return [];
  }
  const findings = outsidePlaceholders(text, merged(verdict));
  if (redactor.blocks(findings)) throw outputBlocked(scope, 'private-value');
  return findings;
};

/** Counts what was replaced; in monitor mode, what would have been. */
export const recordDeep = ({ record }: InvocationScope, findings: readonly Finding[]): void => {
  if (findings.length === 0) return;
  record.count('DeepRedactions', findings.length);
  record.redacted(findings);
};
