/** What one request did, gathered in one place that no other request can see, and published when it ends. */

import type { MetricName } from '../../core/catalogue.ts';
import type { ErrorCode } from '../../core/errors.ts';
import type { Finding } from '../../core/redaction/index.ts';

/** What a control decided. Rule ids, scores and reasons are the kit's own words; there is no content in it. */
export interface Decision {
  /** The control, by the name of its middleware, e.g. `injection-screen`. */
  readonly control: string;
  readonly verdict: 'allow' | 'flag' | 'deny' | 'redact';
  readonly rules?: readonly { readonly rule: string; readonly score: number }[];
  /** A budget name, an entity or a failure class. */
  readonly reason?: string;
}

/** At most this many decisions are kept for one request; an agent loop cannot grow the record without bound. */
const MAX_DECISIONS = 50;

/** Values of one kind that were replaced. */
export interface Redacted {
  readonly count: number;
  /** The surest of them. */
  readonly score: number;
}

/** The counts and decisions of one request. */
export interface RequestRecord {
  readonly metrics: ReadonlyMap<MetricName, number>;
  readonly decisions: readonly Decision[];
  /** What was replaced, by entity, or by entity and rule: `SECRET:github-token`. */
  readonly redactions: ReadonlyMap<string, Redacted>;
  /** Monitor mode: the first refusal that the request would have met. */
  readonly refused: ErrorCode | undefined;
  /** Model of the policy's allowlist that was called, for the dimension `model`. */
  model: string | undefined;
  /** Adds to a metric. What is not finite is dropped: CloudWatch would read it as null. */
  count(name: MetricName, value?: number): void;
  decide(decision: Decision): void;
  /** Monitor mode: the request would have been refused. */
  refuse(code: ErrorCode): void;
  /** Counts what was found in a reply. */
  redacted(findings: readonly Finding[]): void;
}

/** An empty record. */
export const createRequestRecord = (): RequestRecord => {
  const metrics = new Map<MetricName, number>();
  const decisions: Decision[] = [];
  const redactions = new Map<string, Redacted>();
  let refused: ErrorCode | undefined;
  const count = (name: MetricName, value = 1): void => {
    if (Number.isFinite(value)) metrics.set(name, (metrics.get(name) ?? 0) + value);
  };
  return {
    metrics,
    decisions,
    redactions,
    get refused() {
      return refused;
    },
    model: undefined,
    count,
    refuse(code) {
      refused ??= code;
    },
    decide(decision) {
      if (decisions.length < MAX_DECISIONS) decisions.push(decision);
    },
    redacted(findings) {
      if (findings.length === 0) return;
      count('Redactions', findings.length);
      for (const { entity, rule, score } of findings) {
        const kind = rule === undefined ? entity : `${entity}:${rule}`;
        const before = redactions.get(kind);
        redactions.set(kind, { count: (before?.count ?? 0) + 1, score: Math.max(before?.score ?? 0, score) });
      }
    },
  };
};
