/** One Converse call: admit, screen, bound, draw, send, account, check, redact. */

import type { ConverseCommandInput, ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { admitConverse } from '../../core/converse/admit.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { createInjectionScreen } from '../../core/injection/index.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import { offersOnly } from '../../core/tools/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { Draw } from './allowance.ts';
import { chargingRetries } from './billed-retries.ts';
import { boundOf, costOf, inputTokensOf, priceOf, usageOf } from './call-cost.ts';
import { cleanReply, createLeakChecks, systemPromptOf } from './clean-reply.ts';
import { type ClientRules, DEFAULT_MAX_TOKENS } from './client-rules.ts';
import { screenTurns } from './screen-turns.ts';
import { upstreamFailure } from './upstream-error.ts';

/** The rest of the SDK's middleware stack: serialises, signs, sends and retries. */
export type SendConverse = (input: ConverseCommandInput) => Promise<ConverseCommandOutput>;

/** Guards one call. Throws {@link BulwarkError} only. */
export type ConverseGuard = (
  scope: InvocationScope,
  rules: ClientRules,
  input: ConverseCommandInput,
  send: SendConverse,
) => Promise<ConverseCommandOutput>;

/** The call as it is sent: a copy whose output is bounded. */
const bounded = (input: ConverseCommandInput, maxTokens: number): ConverseCommandInput & { modelId: string } => {
  const asked = input.inferenceConfig?.maxTokens ?? maxTokens;
  return {
    ...input,
    modelId: input.modelId ?? '',
    inferenceConfig: { ...input.inferenceConfig, maxTokens: Math.max(1, Math.min(asked, maxTokens)) },
  };
};

const admit = (scope: InvocationScope, rules: ClientRules, input: ConverseInput): void => {
  const refusal = admitConverse(input, { models: rules.models });
  if (refusal !== undefined) throw new BulwarkError(refusal.code, { reason: refusal.reason });
  if (offersOnly(input, rules.tools)) return;
  scope.record.count('ToolsDenied');
  throw new BulwarkError('tool_not_allowed', { reason: 'offered' });
};

/** Sends the call and settles its draw: at its usage, at nothing when Bedrock refused it, else at its bound. */
const sendAndSettle = async (
  scope: InvocationScope,
  rules: ClientRules,
  input: ConverseCommandInput & { modelId: string },
  send: SendConverse,
): Promise<ConverseCommandOutput> => {
  const price = priceOf(rules.prices, input.modelId, scope.allowance?.priced ?? false);
  const bound = boundOf(input as ConverseInput, input.inferenceConfig?.maxTokens ?? DEFAULT_MAX_TOKENS, price);
  const draw: Draw | undefined = await scope.allowance?.draw(bound);
  /** An attempt whose outcome is unknown stays charged at its bound; the next one needs as much again. */
  const payAgain = async (): Promise<void> => {
    await scope.allowance?.draw(bound);
    scope.record.count('TotalTokens', bound.tokens);
  };
  const startedAt = performance.now();
  scope.record.count('ModelCalls');
  if (rules.models !== undefined) scope.record.model = input.modelId;
  try {
    const output = await chargingRetries(payAgain, () => send(input));
    const usage = usageOf(output.usage);
    if (usage === undefined) {
      scope.record.count('TotalTokens', bound.tokens);
      return output;
    }
    const cost = costOf(usage, price);
    draw?.settle(cost);
    scope.record.count('InputTokens', inputTokensOf(usage));
    scope.record.count('OutputTokens', usage.outputTokens);
    scope.record.count('TotalTokens', cost.tokens);
    return output;
  } catch (error) {
    const failure = isBulwarkError(error) ? { error, billable: false } : upstreamFailure(error);
    if (failure.billable) scope.record.count('TotalTokens', bound.tokens);
    else draw?.settle({});
    scope.record.count(failure.error.code === 'upstream_throttled' ? 'UpstreamThrottles' : 'UpstreamErrors');
    throw failure.error;
  } finally {
    scope.record.count('ModelLatency', performance.now() - startedAt);
  }
};

/** Makes a value when it is first needed: a client whose calls all bring their engines builds none. */
const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** A guard for the Converse calls of one client, with engines of its own for calls whose rules bring none. */
export const createConverseGuard = (): ConverseGuard => {
  const leakCheckOf = createLeakChecks();
  const ownScreen = once(createInjectionScreen);
  const ownRedactor = once(createRedactor);
  const redactorFor = (scope: InvocationScope, rules: ClientRules): Redactor | undefined => {
    if (rules.redactor === false) return undefined;
    scope.redactor ??= (rules.redactor ?? ownRedactor()).session();
    return scope.redactor;
  };

  return async (scope, rules, input, send) => {
    try {
      const call = input as ConverseInput;
      admit(scope, rules, call);
      if (rules.screen !== false) screenTurns(scope, rules.screen ?? ownScreen(), call.messages ?? []);
      const output = await sendAndSettle(scope, rules, bounded(input, rules.maxTokens ?? DEFAULT_MAX_TOKENS), send);
      const message = output.output?.message;
      if (message === undefined || output.stopReason === undefined) throw new BulwarkError('output_truncated');
      const leakCheck = rules.protectSystemPrompt === false ? undefined : leakCheckOf(systemPromptOf(call));
      const content = cleanReply(scope, message.content ?? [], call, redactorFor(scope, rules), leakCheck);
      return { ...output, output: { message: { ...message, content } } };
    } catch (error) {
      if (!isBulwarkError(error)) {
        scope.record.count('ControlFailures');
        throw new BulwarkError('control_unavailable', { reason: 'bedrock-client' });
      }
      if (error.code !== 'prompt_rejected')
        scope.record.decide({ control: 'bedrock-client', verdict: 'deny', reason: error.reason ?? error.code });
      throw error;
    }
  };
};
