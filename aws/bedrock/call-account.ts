/** What is counted, noted and traced of one call to a model. */

import type { ModelMetricName } from '../../core/catalogue.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Cost } from '../../core/quota/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { type CallUsage, inputTokensOf } from './call-cost.ts';
import { type CallJournal, createCallJournal } from './call-journal.ts';

/** Follows one call, from before it is sent to its end. */
export interface CallAccount {
  /** What the audit record says of its attempts. */
  readonly journal: CallJournal;
  /** Something was charged for. */
  charged(cost: Cost): void;
  /** It came to its end, and was charged. @param usage What Bedrock said that its last attempt used. */
  end(usage?: CallUsage): void;
  /** The same, of a call that failed. */
  failed(code: ErrorCode): void;
}

/** USD micro-units of a dollar. */
const MICROS_PER_USD = 1_000_000;

/** Codes of replies that came, and were refused. */
const REFUSED_REPLIES: ReadonlySet<ErrorCode> = new Set([
  'tool_not_allowed',
  'tool_approval_required',
  'output_blocked',
]);

/**
 * The account of a call that begins now.
 *
 * @param model Where the policy's allowlist names it.
 * @param isPriced Whether its price is known.
 */
export const createCallAccount = (
  { record, trace }: InvocationScope,
  model: string | undefined,
  isPriced: boolean,
): CallAccount => {
  const startedAt = performance.now();
  const journal = createCallJournal(record, model, isPriced);
  const endTrace = trace?.call(model);
  const count = (name: ModelMetricName, value?: number): void => record.countFor(model, name, value);
  count('ModelCalls');
  if (!isPriced) count('UnpricedCalls');
  if (model !== undefined) record.model = model;

  const close = (usage: CallUsage | undefined, code?: ErrorCode): void => {
    count('ModelLatency', performance.now() - startedAt);
    journal.end(usage);
    endTrace?.(code);
  };

  return {
    journal,
    charged(cost) {
      const { tokens = 0, usdMicros } = cost;
      journal.charged(cost);
      count('TotalTokens', tokens);
      if (usdMicros !== undefined) count('SpendUsd', usdMicros / MICROS_PER_USD);
    },
    end(usage) {
      if (usage !== undefined) {
        count('InputTokens', inputTokensOf(usage));
        count('OutputTokens', usage.outputTokens);
      }
      close(usage);
    },
    failed(code) {
      close(undefined, code);
      if (code === 'output_truncated') count('OutputsTruncated');
      if (code === 'upstream_throttled') count('UpstreamThrottles');
      else if (!REFUSED_REPLIES.has(code)) count('UpstreamErrors');
    },
  };
};
