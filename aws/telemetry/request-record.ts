/** What one request did, gathered in one place that no other request can see, and published when it ends. */

import { type CallRecord, type DataClass, type Decision, MAX_CALLS, type Redacted } from '../../core/audit/decision.ts';
import { DATA_METRICS, type MetricName, type ModelMetricName, type ServiceMetricName } from '../../core/catalogue.ts';
import { type DataAction, type DataLevel, isAbove, isStricter } from '../../core/classification/levels.ts';
import type { BulwarkError, ErrorCode } from '../../core/errors.ts';
import type { Channel } from '../../core/injection/types.ts';
import { classOfEntity, type EntityClass } from '../../core/redaction/entity-classes.ts';
import type { Finding } from '../../core/redaction/index.ts';

export type { DataClass, Decision, Redacted, RuleScore, UpstreamTrace } from '../../core/audit/decision.ts';

/** At most this many decisions are kept for one request; an agent loop cannot grow the record without bound. */
const MAX_DECISIONS = 50;

/** The counts and decisions of one request. */
export interface RequestRecord {
  readonly metrics: ReadonlyMap<MetricName, number>;
  /** What of them each model of the policy's allowlist did that was called, for the dimension `model`. */
  readonly byModel: ReadonlyMap<string, ReadonlyMap<ModelMetricName, number>>;
  readonly decisions: readonly Decision[];
  /** What was replaced, by entity, or by entity and rule: `SECRET:github-pat`. */
  readonly redactions: ReadonlyMap<string, Redacted>;
  /** What else was taken out of replies, or marked in them, by kind: `script:html`, `image`. */
  readonly removals: ReadonlyMap<string, number>;
  /** The first refusal that the request met, or would have met in monitor mode. */
  readonly refused: ErrorCode | undefined;
  /** What its calls sent to models; `undefined` where nothing was classified. */
  readonly dataClass: DataClass | undefined;
  /** The highest score of the texts of each channel that was screened, whatever came of it. */
  readonly scores: Readonly<Partial<Record<Channel, number>>>;
  /** Its calls to models that have ended, oldest first, at most {@link MAX_CALLS}. */
  readonly calls: readonly CallRecord[];
  /** Tokens that its calls read from prompt caches, and wrote to them. */
  readonly cacheTokens: { readonly read: number; readonly written: number };
  /** Model of the policy's allowlist that was called last. */
  model: string | undefined;
  /** Adds to a metric. What is not finite is dropped: CloudWatch would read it as null. */
  count(name: ServiceMetricName, value?: number): void;
  /**
   * Adds to a metric that is kept by model, too. `undefined` stands for a model that no allowlist names: whoever asks
   * could choose it, and each would be a stream of its own.
   */
  countFor(model: string | undefined, name: ModelMetricName, value?: number): void;
  /** Keeps the greatest value of a metric. */
  peak(name: ServiceMetricName, value: number): void;
  decide(decision: Decision): void;
  /** Decides to refuse with `error`. The same error counts once, whoever else hears of it on its way. */
  refuse(error: BulwarkError, control: string, why?: Pick<Decision, 'rules' | 'deep' | 'upstream'>): void;
  /** Notes that a text of a channel was screened, and what it scored, 0..1. */
  screened(channel: Channel, score: number): void;
  /** Notes a call that has ended. */
  called(call: CallRecord): void;
  /** Notes the level of a call and what became of it: a request counts once, at its highest level. */
  classified(level: DataLevel, action: DataAction): void;
  /** Counts what else was taken out of a reply, by kind. */
  removed(metric: 'ContentRemoved' | 'LinksRemoved' | 'InvisibleRemoved', kinds: readonly string[]): void;
  /** Counts what was found in a reply. */
  redacted(findings: readonly Finding[]): void;
  /**
   * Monitor mode: counts what was found in the answer. What the model's replies had already, of the same kind, is
   * counted once: in earnest it would have been replaced there.
   */
  foundAgain(findings: readonly Finding[]): void;
}

/** An entity, with its rule where it has one: `SECRET:github-pat`. */
const kindOf = ({ entity, rule }: { readonly entity: string; readonly rule?: string | undefined }): string =>
  rule === undefined ? entity : `${entity}:${rule}`;

/** The metric that counts values of a class. */
const CLASS_METRICS: Readonly<Record<EntityClass, ServiceMetricName>> = {
  secret: 'SecretsRedacted',
  financial: 'FinancialRedacted',
  identity: 'IdentityRedacted',
  contact: 'ContactRedacted',
  other: 'OtherRedacted',
};

/** Adds to a metric, unless the value is none that CloudWatch could read. */
const addTo = <Name extends MetricName>(metrics: Map<Name, number>, name: Name, value: number): void => {
  if (Number.isFinite(value)) metrics.set(name, (metrics.get(name) ?? 0) + value);
};

/** An empty record. */
export const createRequestRecord = (): RequestRecord => {
  const metrics = new Map<MetricName, number>();
  const byModel = new Map<string, Map<ModelMetricName, number>>();
  const decisions: Decision[] = [];
  const redactions = new Map<string, Redacted>();
  const removals = new Map<string, number>();
  const again = new Map<string, number>();
  const scores: Partial<Record<Channel, number>> = {};
  const calls: CallRecord[] = [];
  const cacheTokens = { read: 0, written: 0 };
  const refusals = new WeakSet<BulwarkError>();
  let refused: ErrorCode | undefined;
  let dataClass: DataClass | undefined;
  const count = (name: ServiceMetricName, value = 1): void => addTo(metrics, name, value);
  /** What led to the refusal is kept, however much was decided before. */
  const decide = (decision: Decision): void => {
    const first = refused === undefined && decision.code !== undefined;
    if (first) refused = decision.code;
    if (first || decisions.length < MAX_DECISIONS) decisions.push(decision);
  };
  const redactedOne = ({ entity, rule, score }: Finding): void => {
    const kind = kindOf({ entity, rule });
    const before = redactions.get(kind);
    redactions.set(kind, { count: (before?.count ?? 0) + 1, score: Math.max(before?.score ?? 0, score) });
    count('Redactions');
    count(CLASS_METRICS[classOfEntity(entity)]);
  };
  return {
    metrics,
    byModel,
    decisions,
    redactions,
    removals,
    get refused() {
      return refused;
    },
    get dataClass() {
      return dataClass;
    },
    scores,
    calls,
    cacheTokens,
    model: undefined,
    count,
    countFor(model, name, value = 1) {
      addTo(metrics, name, value);
      if (model === undefined) return;
      const ofModel = byModel.get(model) ?? new Map<ModelMetricName, number>();
      byModel.set(model, ofModel);
      addTo(ofModel, name, value);
    },
    peak: (name, value) => {
      if (Number.isFinite(value)) metrics.set(name, Math.max(metrics.get(name) ?? 0, value));
    },
    decide,
    refuse(error, control, why) {
      if (refusals.has(error)) return;
      refusals.add(error);
      const { code, reason = code } = error;
      decide({ control, verdict: 'deny', code, reason, ...why });
    },
    screened(channel, score) {
      if (Number.isFinite(score)) scores[channel] = Math.max(scores[channel] ?? 0, score);
    },
    called(call) {
      cacheTokens.read += call.usage?.cacheRead ?? 0;
      cacheTokens.written += call.usage?.cacheWrite ?? 0;
      if (calls.length < MAX_CALLS) calls.push(call);
    },
    classified(level, action) {
      const before = dataClass;
      dataClass = {
        level: before === undefined || isAbove(level, before.level) ? level : before.level,
        action: before === undefined || isStricter(action, before.action) ? action : before.action,
      };
      if (before !== undefined) metrics.delete(DATA_METRICS[before.level]);
      metrics.set(DATA_METRICS[dataClass.level], 1);
      if (action === 'mask') metrics.set('DataMasked', 1);
      if (action === 'refuse') metrics.set('DataRefused', 1);
    },
    removed(metric, kinds) {
      if (kinds.length > 0) count(metric, kinds.length);
      for (const kind of kinds) removals.set(kind, (removals.get(kind) ?? 0) + 1);
    },
    redacted(findings) {
      for (const finding of findings) redactedOne(finding);
    },
    foundAgain(findings) {
      for (const finding of findings) {
        const kind = kindOf(finding);
        const found = (again.get(kind) ?? 0) + 1;
        again.set(kind, found);
        if (found > (redactions.get(kind)?.count ?? 0)) redactedOne(finding);
      }
    },
  };
};
