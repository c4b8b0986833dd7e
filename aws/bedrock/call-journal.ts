/** What the audit record says of one call to a model. */

import { type CallRecord, MAX_UPSTREAM_IDS } from '../../core/audit/decision.ts';
import type { Cost } from '../../core/quota/index.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import type { CallUsage } from './call-cost.ts';

/** Follows one call, from before it is sent to its end. */
export interface CallJournal {
  /** An attempt came to its end, with Bedrock's own id of it where it gave one. */
  attempted(requestId: string | undefined): void;
  /** Attempts that were made, where not each of them was told of. */
  attempts: number;
  /** Something was charged for. */
  charged(cost: Cost): void;
  /** Notes the call in the record. @param usage What Bedrock said that its last attempt used. */
  end(usage?: CallUsage): void;
}

/** A journal of a call that begins now. @param model Where the policy's allowlist names it. @param isPriced Whether its price is known. */
export const createCallJournal = (record: RequestRecord, model: string | undefined, isPriced: boolean): CallJournal => {
  const startedAt = performance.now();
  const requestIds: string[] = [];
  let chargedTokens = 0;
  let chargedMicros = 0;
  let charges = 0;

  /** What was paid for attempts before the last one is a bound. */
  const basisOfPaid = (isKnown: boolean): CallRecord['basis'] => (isKnown && charges === 1 ? 'usage' : 'bound');

  const journal: CallJournal = {
    attempts: 0,
    attempted(requestId) {
      if (requestId !== undefined && requestIds.length < MAX_UPSTREAM_IDS) requestIds.push(requestId);
    },
    charged({ tokens = 0, usdMicros = 0 }) {
      charges += 1;
      chargedTokens += tokens;
      chargedMicros += usdMicros;
    },
    end: (usage) =>
      record.called({
        ...(model !== undefined && { model }),
        requestIds,
        attempts: journal.attempts,
        basis: charges === 0 ? 'free' : basisOfPaid(usage !== undefined),
        ...(usage !== undefined && {
          usage: {
            input: usage.inputTokens,
            output: usage.outputTokens,
            cacheRead: usage.cacheReadInputTokens,
            cacheWrite: usage.cacheWriteInputTokens,
          },
        }),
        chargedTokens,
        ...(isPriced && { chargedUsd: chargedMicros / 1e6 }),
        ms: Math.round(performance.now() - startedAt),
      }),
  };
  return journal;
};
