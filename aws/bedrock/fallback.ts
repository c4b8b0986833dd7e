/** Another model in place of one that cannot be had: it is admitted, priced and given its data like any other. */

import { BulwarkError, type ErrorCode, isBulwarkError } from '../../core/errors.ts';
import type { CallSetting } from './call-engines.ts';
import { recordFailure } from './checked.ts';
import { modelDimension } from './client-rules.ts';
import { mayGoElsewhere } from './upstream-error.ts';

/** Refusals of one model that say nothing of the next: it may be cheaper, or allowed to have the data. */
const NEXT_MAY_PASS: ReadonlySet<ErrorCode> = new Set([
  'model_not_allowed',
  'model_unpriced',
  'data_not_allowed',
  'quota_exceeded',
  'request_never_fits',
]);

const othersThan = ({ rules }: CallSetting, modelId: string): readonly string[] =>
  rules.fallbacks !== undefined && Object.hasOwn(rules.fallbacks, modelId) ? (rules.fallbacks[modelId] ?? []) : [];

/** Refuses a call to a model that is left alone before anything is read, held or sent for it. */
const assertClosed = ({ scope, rules, retries, retry }: CallSetting, modelId: string): void => {
  try {
    retries.assertClosed(retry, modelId);
  } catch (error) {
    scope.record.countFor(modelDimension(rules, modelId), 'BreakerRefusals');
    if (error instanceof BulwarkError) recordFailure(scope, error);
    throw error;
  }
};

/**
 * Makes a call, and where its model cannot be had, the same call to the models that the rules name in its place. What may
 * have been billed goes nowhere else.
 *
 * @throws What the first model failed with, where none of the others can be had; what a check of the call itself throws.
 */
export const withFallbacks = async <Input extends { readonly modelId?: string | undefined }, Output>(
  setting: CallSetting,
  input: Input,
  call: (input: Input) => Promise<Output>,
): Promise<Output> => {
  const { scope } = setting;
  if (scope.monitor) return call(input);
  const { modelId = '' } = input;
  let first: unknown;
  try {
    assertClosed(setting, modelId);
    return await call(input);
  } catch (error) {
    if (!mayGoElsewhere(error)) throw error;
    first = error;
  }
  for (const other of othersThan(setting, modelId)) {
    try {
      assertClosed(setting, other);
      const output = await call({ ...input, modelId: other });
      scope.record.countFor(modelDimension(setting.rules, other), 'ModelFallbacks');
      scope.record.decide({ control: 'bedrock-client', verdict: 'flag', reason: 'fallback' });
      return output;
    } catch (error) {
      if (!mayGoElsewhere(error) && !(isBulwarkError(error) && NEXT_MAY_PASS.has(error.code))) throw error;
    }
  }
  throw first;
};
