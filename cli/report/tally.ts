/** What a log says, counted entry by entry. */

import type { AuditEntry, EntryDecision } from '../logs/audit-entry.ts';
import { type CallerCount, type CallerRegistry, createCallerRegistry } from './callers.ts';
import { createRows, type ReportRow } from './rows.ts';

/** A caller that was refused most, or would have been. */
export interface AffectedCaller {
  readonly caller: string;
  readonly requests: number;
  readonly refused: number;
}

/** The requests of one mode. */
export interface ModeReport {
  readonly requests: number;
  readonly refused: number;
  readonly redacted: number;
  readonly all: CallerCount;
  readonly affected: CallerCount;
  /** Keys: code, control, reason. */
  readonly refusals: readonly ReportRow[];
  /** Keys: control, reason. */
  readonly flagged: readonly ReportRow[];
  /** Keys: entity, rule. */
  readonly redactions: readonly ReportRow[];
  /** Keys: budget, code. */
  readonly budgets: readonly ReportRow[];
  readonly callers: readonly AffectedCaller[];
}

/** A report. */
export interface Report {
  /** Milliseconds since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly services: readonly ReportRow[];
  readonly monitor: ModeReport;
  readonly enforce: ModeReport;
}

/** Counts entries. */
export interface Tally {
  add(entry: AuditEntry): void;
  report(): Report;
}

/** Refusals that a budget decides. */
const BUDGET_CODES: ReadonlySet<string> = new Set(['quota_exceeded', 'request_never_fits']);

/** Callers that are listed. */
const MOST_AFFECTED = 10;

/** The pseudo-rule that stands for the score of the whole text. */
const WHOLE = 'score';

const partsOf = ({ rules }: EntryDecision) => ({
  score: rules.find(({ rule }) => rule === WHOLE)?.score,
  rules: rules.filter(({ rule }) => rule !== WHOLE),
});

/** A reason that says no more than code or control is left out. */
const reasonOf = ({ reason, code, control }: EntryDecision): string =>
  reason === undefined || reason === code || reason === control ? '' : reason;

/** The decision that a refusal comes from; records before version 3 do not say which. */
const decisive = ({ decisions, refused }: AuditEntry): EntryDecision | undefined =>
  decisions.find(({ code }) => code === refused) ??
  decisions.find(({ verdict, code }) => verdict === 'deny' && code === undefined);

const createModeTally = (registry: CallerRegistry) => {
  const refusals = createRows(registry);
  const flagged = createRows(registry);
  const redactions = createRows(registry);
  const budgets = createRows(registry);
  const all = registry.createSet();
  const affected = registry.createSet();
  const callers = new Map<number, { requests: number; refused: number }>();
  let requests = 0;
  let refused = 0;
  let redacted = 0;

  const addRefusal = (entry: AuditEntry, code: string, caller: number | undefined): void => {
    refused += 1;
    affected.add(caller);
    const decision = decisive(entry);
    const reason = decision === undefined ? '' : reasonOf(decision);
    const { requestId } = entry;
    const event = { caller, requestId, ...(decision && partsOf(decision)) };
    if (BUDGET_CODES.has(code)) budgets.add([reason || '?', code], event);
    refusals.add([code, decision?.control ?? '?', reason], event);
  };

  return {
    add(entry: AuditEntry): void {
      const caller = entry.caller === undefined ? undefined : registry.numberOf(entry.caller);
      requests += 1;
      all.add(caller);
      if (entry.refused !== undefined) addRefusal(entry, entry.refused, caller);
      if (caller !== undefined) {
        const counts = callers.get(caller) ?? { requests: 0, refused: 0 };
        counts.requests += 1;
        if (entry.refused !== undefined) counts.refused += 1;
        callers.set(caller, counts);
      }
      const seen = new Set<string>();
      for (const decision of entry.decisions) {
        const key = [decision.control, reasonOf(decision)];
        if (decision.verdict !== 'flag' || seen.has(key.join())) continue;
        seen.add(key.join());
        flagged.add(key, { caller, requestId: entry.requestId, ...partsOf(decision) });
      }
      if (entry.redactions.length > 0) redacted += 1;
      for (const { kind, values, score } of entry.redactions) {
        const [entity = '?', rule = ''] = kind.split(':');
        redactions.add([entity, rule], { caller, values, score });
      }
    },
    report: (): ModeReport => ({
      requests,
      refused,
      redacted,
      all: all.count(),
      affected: affected.count(),
      refusals: refusals.report(),
      flagged: flagged.report(),
      redactions: redactions.report(),
      budgets: budgets.report(),
      callers: [...callers]
        .filter(([, counts]) => counts.refused > 0)
        .sort(([a, x], [b, y]) => y.refused - x.refused || a - b)
        .slice(0, MOST_AFFECTED)
        .map(([caller, counts]) => ({ caller: registry.digestOf(caller), ...counts })),
    }),
  };
};

/** An empty tally. */
export const createTally = (): Tally => {
  const registry = createCallerRegistry();
  const services = createRows(registry);
  const modes = { monitor: createModeTally(registry), enforce: createModeTally(registry) };
  let from: number | undefined;
  let to: number | undefined;
  return {
    add(entry) {
      if (entry.time !== undefined) {
        from = Math.min(from ?? entry.time, entry.time);
        to = Math.max(to ?? entry.time, entry.time);
      }
      services.add([entry.service], { caller: undefined });
      modes[entry.mode].add(entry);
    },
    report: () => ({
      from,
      to,
      services: services.report(),
      monitor: modes.monitor.report(),
      enforce: modes.enforce.report(),
    }),
  };
};
