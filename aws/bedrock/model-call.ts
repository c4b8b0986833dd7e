/** One call to a model: held on the budget before it is sent, accounted for when it ends, however it ends. */

import { outputLimitOf } from '../../core/converse/admit.ts';
import { opaqueBoundsOf } from '../../core/converse/media.ts';
import { type ConverseInput, member } from '../../core/converse/types.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { type ModelPrice, tokenBound } from '../../core/quota/index.ts';
import type { InvocationScope, OpenCall } from '../invocation-scope.ts';
import type { UpstreamTrace } from '../telemetry/request-record.ts';
import { createCallAccount } from './call-account.ts';
import { boundOf, type CallTerms, type CallUsage, costOf, termsOf } from './call-cost.ts';
import type { CallSetting } from './call-engines.ts';
import { checked, checkedAsync, recordFailure } from './checked.ts';
import { DEFAULT_MAX_TOKENS, modelDimension } from './client-rules.ts';
import { namedModel } from './model-id.ts';
import { priceOf } from './price-of.ts';
import type { FailedAttempts } from './retry-authority.ts';
import { runSending } from './sending.ts';
import { stayHere, type UpstreamFailure, unsentFailure, upstreamFailure, upstreamIdOf } from './upstream-error.ts';

/** A call that is under way. It ends once; what comes later counts for nothing. */
export interface ModelCall extends OpenCall {
  /** Aborts at the invocation's deadline, when the handler aborts it, and when the call is abandoned. */
  readonly signal: AbortSignal;
  /** Sends it, as often as the retry authority has it. Retries that may be billed twice are paid for. */
  send<T>(send: () => Promise<T>): Promise<T>;
  /** Bedrock said what it used; `undefined`, that it answered and did not say. */
  settle(usage: CallUsage | undefined): void;
  /**
   * It failed, and Bedrock is told to stop. A refusal before the answer had begun costs nothing; everything else is
   * charged at the bound.
   *
   * @returns What the client is told, and what the log is.
   */
  fail(error: unknown, begun: boolean): { readonly error: BulwarkError; readonly upstream?: UpstreamTrace };
}

/** What the log says of a failure: whom to ask at AWS, and how often it was tried. */
const traceOf = ({ requestId }: UpstreamFailure, attempts: FailedAttempts | undefined): UpstreamTrace => ({
  attempts: attempts?.attempts ?? 1,
  ...(requestId !== undefined && { requestId }),
});

/** Latency that Bedrock bills at prices of its own, which no list has. Source: Bedrock pricing, "latency-optimized". */
const hasUnknownPrice = (input: ConverseInput): boolean =>
  member(input, 'performanceConfig')?.['latency'] === 'optimized';

const priceOfCall = ({ scope, rules, region }: CallSetting, input: ConverseInput): ModelPrice | undefined => {
  const needed = scope.allowance?.priced ?? false;
  if (hasUnknownPrice(input)) {
    if (needed) throw new BulwarkError('model_unpriced', { reason: 'latency' });
    return undefined;
  }
  return priceOf(rules.prices, { modelId: input.modelId ?? '', profiles: rules.profiles, region, needed });
};

/** The bound of the input's bytes, or what Bedrock counts where the rules have it asked: a count can only lower it. */
const inputBoundOf = async (setting: CallSetting, input: ConverseInput, bytes: number): Promise<number> => {
  const { scope, rules, counter } = setting;
  // In monitor mode Bedrock gets no call but those of the handler.
  if (scope.monitor || scope.allowance === undefined || opaqueBoundsOf(input, rules.media).length > 0) return bytes;
  if (bytes <= (rules.countTokensAbove ?? Number.POSITIVE_INFINITY)) return bytes;
  // Tokens are counted for models, and for no profile.
  const modelId = namedModel(input.modelId ?? '', rules.profiles);
  const counted = await counter.count({ ...input, modelId }, scope.signal());
  return Math.min(bytes, counted ?? bytes);
};

/**
 * Holds the upper bound of a call on the invocation's allowance.
 *
 * @throws BulwarkError `model_unpriced`, and whatever {@link Allowance.draw} refuses with.
 */
export const openCall = async (setting: CallSetting, input: ConverseInput): Promise<ModelCall> => {
  const { scope, rules, region, retries } = setting;
  const { allowance } = scope;
  const { modelId = '' } = input;
  const dimension = modelDimension(rules, modelId);
  const price = checked(scope, () => priceOfCall(setting, input));
  const maxTokens = outputLimitOf(input) ?? DEFAULT_MAX_TOKENS;
  const terms: CallTerms = checked(scope, () => termsOf(input, price)) ?? { price };
  const bytes = checked(scope, () => tokenBound(input, rules.media)) ?? 0;
  const bound = boundOf(await inputBoundOf(setting, input, bytes), maxTokens, terms);
  const drawBound = () => allowance?.draw(bound, { modelId: namedModel(modelId, rules.profiles), region });
  const draw = await checkedAsync(scope, async () => drawBound());
  const aborter = new AbortController();
  const end = (): void => aborter.abort();
  const { unwanted } = setting;
  for (const signal of [scope.signal(), unwanted]) {
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
  }
  let open = true;
  let failed: FailedAttempts | undefined;
  const account = createCallAccount(scope, dimension, price !== undefined);
  const { journal } = account;

  /** True the first time. */
  const close = (): boolean => {
    if (!open) return false;
    open = false;
    scope.calls.delete(call);
    // A handler may have one signal for all its calls, and for ever.
    unwanted?.removeEventListener('abort', end);
    return true;
  };

  const abort = (): void => {
    if (!scope.monitor) aborter.abort();
  };

  const chargeBound = (): void => account.charged(bound);

  const endAtBound = (): void => {
    chargeBound();
    account.end();
  };

  const call: ModelCall = {
    signal: aborter.signal,
    async send(send) {
      if (scope.monitor) {
        journal.attempts = 1;
        const output = await runSending({ signal: call.signal, answered: false }, send);
        journal.attempted(upstreamIdOf(output));
        return output;
      }
      /** An attempt whose outcome is unknown stays charged at its bound; the next one needs as much again. */
      const payAgain = async (): Promise<void> => {
        await checkedAsync(scope, async () => drawBound());
        chargeBound();
      };
      const { retry: settings } = setting;
      const onFailure = ({ requestId }: UpstreamFailure): void => journal.attempted(requestId);
      const attempted = { scope, settings, modelId, dimension, signal: call.signal, payAgain, onFailure };
      const made = await retries.attempt(attempted, send);
      journal.attempts = made.attempts;
      if ('output' in made) {
        journal.attempted(upstreamIdOf(made.output));
        return made.output;
      }
      failed = made;
      throw made.error;
    },
    settle(usage) {
      if (!close()) return;
      if (usage === undefined) return endAtBound();
      const cost = costOf(usage, terms);
      draw?.settle(cost);
      account.charged(cost);
      account.end(usage);
    },
    fail(error, begun) {
      const tried = failed?.error === error ? failed : undefined;
      const read = tried?.sent === false ? unsentFailure : upstreamFailure;
      const failure = isBulwarkError(error) ? undefined : read(error, tried?.answered);
      const told = failure?.error ?? (error as BulwarkError);
      abort();
      if (!close()) return { error: told };
      const billing = failure?.billing ?? (tried?.sent === true ? 'unknown' : 'free');
      const isFree = !begun && billing === 'free';
      if (!isFree || tried?.paid === true) stayHere(told);
      if (isFree) draw?.release();
      else chargeBound();
      account.failed(told.code);
      return { error: told, ...(failure && { upstream: traceOf(failure, tried) }) };
    },
    abandon() {
      if (!close()) return;
      endAtBound();
      abort();
    },
  };
  scope.calls.add(call);
  return call;
};

/**
 * What the handler gets of a call that failed: in monitor mode what it would have got without the kit.
 *
 * @param begun Whether the answer had begun: then something was generated.
 */
export const failedCall = (scope: InvocationScope, call: ModelCall, error: unknown, begun: boolean): unknown => {
  const { error: failure, upstream } = call.fail(error, begun);
  recordFailure(scope, failure, upstream);
  return scope.monitor ? error : failure;
};
