/** Screening of texts at either edge: what is recorded, who gets a strike, and when a refusal leaves. */

import type { Caller } from '../../core/caller.ts';
import { BulwarkError } from '../../core/errors.ts';
import { afterDeepTier, askDeepTier } from '../../core/injection/ask-deep-tier.ts';
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
 * Refuses once for all that was blocked, and not before the floor.
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
  record.count('PromptsBlocked');
  const refusal = new BulwarkError('prompt_rejected', { reason: first.channel });
  record.refuse(refusal, CONTROL, { rules: evidenceOf(first).rules, ...why });
  for (const [segment, deep] of others)
    record.decide({ ...evidenceOf(segment), verdict: 'deny', code: refusal.code, ...deep });
  const left = Math.min(floorOf(rules) - (performance.now() - since), deadline - Date.now());
  if (monitor || left <= 0) throw refusal;
  return new Promise((_, reject) => {
    setTimeout(() => reject(refusal), left);
  });
};

const isNotEmpty = <T>(items: readonly T[]): items is readonly [T, ...T[]] => items.length > 0;

/** Asks about what is flagged, all of it at once. */
const judgeFlagged = async (
  scope: InvocationScope,
  rules: ScreenRules & Required<Pick<DeepOptions, 'deep'>>,
  flagged: readonly ScreenedSegment[],
  since: number,
): Promise<void> => {
  const { record } = scope;
  record.count('DeepScreens', flagged.length);
  const refused: Refused[] = [];
  const verdicts = await askDeepTier(rules.deep, flagged, scope.signal());
  for (const [index, segment] of flagged.entries()) {
    const deep = verdicts[index] ?? 'unknown';
    const after = afterDeepTier(deep, rules.onDeepFailure ?? 'flag');
    if (deep === 'attack') record.count('DeepScreenBlocks');
    if (deep === 'unknown') record.count('DeepScreenFailures');
    if (after === 'block') refused.push([segment, { deep }]);
    else record.decide({ control: CONTROL, reason: segment.channel, verdict: after, deep });
  }
  if (isNotEmpty(refused)) await refuse(scope, refused, rules, since);
};

/**
 * Screens texts that were not screened before in this invocation, all of them before it refuses any: how long it takes
 * does not tell which of them was blocked.
 *
 * A strike is for a rule that blocks on its own, in what an authenticated caller sent: whoever plants an attack in a
 * document, or meets a model that errs, must not get its readers suspended.
 *
 * @param sentByCaller Whether texts of the user channel are what the caller sent.
 * @returns A promise only where the deep tier is asked, or a refusal waits.
 * @throws BulwarkError `prompt_rejected`; what the screen throws, unless something was blocked all the same.
 */
export const screenTexts = (
  scope: InvocationScope,
  rules: ScreenRules,
  segments: readonly Segment[],
  sentByCaller: boolean,
): void | Promise<void> => {
  const since = performance.now();
  const { record, caller, screened: known } = scope;
  const { screen } = rules.screen.forTenant?.(caller.tenant) ?? rules.screen;
  const { segments: all, failure } = screenSegments({ screen, keyOf: segmentKey, known }, segments);
  const screened = all.filter((segment) => !segment.known);
  const blocked = screened.filter(({ result }) => result.verdict === 'block');
  const flagged = screened.filter(({ result }) => result.verdict === 'flag');
  for (const segment of flagged) {
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
  const refused = blocked.map((segment): Refused => [segment]);
  if (isNotEmpty(refused)) {
    if (failure !== undefined) record.count('ControlFailures');
    const isCertain = blocked.some(({ channel, result }) => channel === 'user' && result.certain === true);
    if (isCertain && sentByCaller && isAuthenticated(caller)) scope.strikes += 1;
    return refuse(scope, refused, rules, since);
  }
  if (failure !== undefined) throw failure;
  const { deep } = rules;
  return deep === undefined || flagged.length === 0
    ? undefined
    : judgeFlagged(scope, { ...rules, deep }, flagged, since);
};
