/** Screening of texts at either edge: what is recorded, who gets a strike, and when a refusal leaves. */

import type { Caller } from '../../core/caller.ts';
import { BulwarkError } from '../../core/errors.ts';
import { afterDeepTier, askOnce } from '../../core/injection/ask-deep-tier.ts';
import { type DeepOptions, floorOf } from '../../core/injection/deep-options.ts';
import { type InjectionScreen, type Segment, segmentKey } from '../../core/injection/index.ts';
import { type ScreenedSegment, screenSegments } from '../../core/injection/screen-segments.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { Decision } from '../telemetry/request-record.ts';

/** With what texts are screened. */
export interface ScreenRules extends DeepOptions {
  readonly screen: InjectionScreen;
}

/** Whoever calls the screen, the control is the same. */
const CONTROL = 'injection-screen';

/** Most findings of one text that a record names. */
const MAX_RULES = 10;

/** An address is shared, and easily changed: nobody is suspended for what it sent. */
const isAuthenticated = ({ user, apiKey }: Caller): boolean => user !== undefined || apiKey !== undefined;

const evidenceOf = ({ channel, result }: ScreenedSegment) => ({
  control: CONTROL,
  reason: channel,
  rules: [
    { rule: 'score', score: result.score },
    ...result.findings.slice(0, MAX_RULES).map(({ rule, score }) => ({ rule, score })),
  ],
});

/** A text that led to a refusal, and the deep tier's verdict, where that was why. */
type Refused = readonly [segment: ScreenedSegment, deep?: Pick<Decision, 'deep'>];

/**
 * Refuses once for all that was blocked, and not before the floor. What was refused before in this invocation has its
 * evidence in the record.
 *
 * @param since When screening began, by `performance.now()`.
 */
const refuse = (
  scope: InvocationScope,
  [[first, why], ...others]: readonly [Refused, ...Refused[]],
  rules: ScreenRules,
  since: number,
): Promise<void> | undefined => {
  const { record, monitor, deadline = Number.POSITIVE_INFINITY } = scope;
  if (!record.metrics.has('PromptsBlocked')) record.count('PromptsBlocked');
  const refusal = new BulwarkError('prompt_rejected', { reason: first.channel });
  record.refuse(refusal, CONTROL, first.known ? {} : { rules: evidenceOf(first).rules, ...why });
  for (const [segment, deep] of others.filter(([{ known }]) => !known))
    record.decide({ ...evidenceOf(segment), verdict: 'deny', code: refusal.code, ...deep });
  const left = Math.min(floorOf(rules) - (performance.now() - since), deadline - Date.now());
  if (monitor || left <= 0) throw refusal;
  return new Promise((_, reject) => {
    setTimeout(() => reject(refusal), left);
  });
};

/** An invocation is worth one strike at most. */
const strike = (scope: InvocationScope): void => {
  if (scope.strikes === 0) scope.record.count('Strikes');
  scope.strikes = 1;
};

const isNotEmpty = <T>(items: readonly T[]): items is readonly [T, ...T[]] => items.length > 0;

/** Counts and records what is flagged, and what a mode or an allow-list holds back. */
const recordPassing = ({ record }: InvocationScope, screened: readonly ScreenedSegment[]): void => {
  for (const segment of screened.filter(({ result }) => result.verdict === 'flag')) {
    const { heldBack } = segment.result;
    record.count('PromptsFlagged');
    record.decide({ ...evidenceOf(segment), verdict: 'flag', ...(heldBack && { heldBack }) });
  }
  for (const segment of screened) {
    const { verdict, heldBack } = segment.result;
    if (heldBack === undefined) continue;
    record.count('PromptsHeldBack');
    if (verdict === 'allow') record.decide({ ...evidenceOf(segment), verdict, heldBack });
  }
};

/** Refuses, evidence that is new before what is known. */
const refuseIfAny = (
  scope: InvocationScope,
  refused: readonly Refused[],
  rules: ScreenRules,
  since: number,
): Promise<void> | undefined => {
  const ordered = refused.toSorted(([a], [b]) => Number(a.known) - Number(b.known));
  return isNotEmpty(ordered) ? refuse(scope, ordered, rules, since) : undefined;
};

/** Asks about what is flagged and was not asked about before, all of it at once. */
const judgeFlagged = async (
  scope: InvocationScope,
  rules: ScreenRules & Required<Pick<DeepOptions, 'deep'>>,
  flagged: readonly ScreenedSegment[],
  since: number,
): Promise<void> => {
  const { record } = scope;
  const said = scope.screened.verdictsOf(rules.deep);
  const { verdicts, asked } = askOnce(rules.deep, flagged, segmentKey, said, scope.signal());
  if (asked.size > 0) record.count('DeepScreens', asked.size);
  const refused: Refused[] = [];
  for (const [index, deep] of (await verdicts).entries()) {
    const segment = flagged[index] as ScreenedSegment;
    const isNew = asked.has(segment);
    const after = afterDeepTier(deep, rules.onDeepFailure ?? 'flag');
    if (isNew && deep === 'attack') record.count('DeepScreenBlocks');
    if (isNew && deep === 'unknown') record.count('DeepScreenFailures');
    if (isNew && deep === 'unknown' && after !== 'block') record.count('ControlsFailedOpen');
    if (after === 'block') refused.push([{ ...segment, known: !isNew }, { deep }]);
    else if (isNew) record.decide({ control: CONTROL, reason: segment.channel, verdict: after, deep });
  }
  await refuseIfAny(scope, refused, rules, since);
};

/**
 * Screens texts, those anew that this screen did not meet before in this invocation, and all of them before it refuses
 * any: how long it takes does not tell which of them was blocked. What was refused is refused again.
 *
 * A strike is for a rule that blocks on its own, in what an authenticated caller sent: whoever plants an attack in a
 * document, or meets a model that errs, must not get its readers suspended. An invocation is worth one at most.
 *
 * @param sentByCaller Whether texts of the user channel are what the caller sent.
 * @returns A promise only where the deep tier has a say, or a refusal waits.
 * @throws BulwarkError `prompt_rejected`; what the screen throws, unless something was blocked all the same.
 */
export const screenTexts = (
  scope: InvocationScope,
  rules: ScreenRules,
  segments: readonly Segment[],
  sentByCaller: boolean,
): void | Promise<void> => {
  const since = performance.now();
  const { record, caller } = scope;
  const { screen } = rules.screen.forTenant?.(caller.tenant) ?? rules.screen;
  const known = scope.screened.resultsOf(rules.screen);
  const { segments: screened, failure } = screenSegments({ screen, keyOf: segmentKey, known }, segments);
  // What the allow-list lets pass would pass at any cut points.
  for (const { channel, result } of screened)
    if (result.heldBack?.by !== 'allow-list') record.screened(channel, result.score);
  const blocked = screened.filter(({ result }) => result.verdict === 'block');
  const flagged = screened.filter(({ result }) => result.verdict === 'flag');
  recordPassing(
    scope,
    screened.filter((segment) => !segment.known),
  );
  if (blocked.length > 0) {
    if (failure !== undefined) record.count('ControlFailures');
    const isCertain = blocked.some(({ channel, result }) => channel === 'user' && result.certain === true);
    if (isCertain && sentByCaller && isAuthenticated(caller)) strike(scope);
    return refuseIfAny(
      scope,
      blocked.map((segment): Refused => [segment]),
      rules,
      since,
    );
  }
  if (failure !== undefined) throw failure;
  const { deep } = rules;
  return deep === undefined || flagged.length === 0
    ? undefined
    : judgeFlagged(scope, { ...rules, deep }, flagged, since);
};
