/** The deep tier at Bedrock: guardrails judge what the screen flags. */

import { remember } from '../../../core/bounded-map.ts';
import type { DeepTier, DeepVerdict } from '../../../core/injection/deep-tier.ts';
import type { Segment } from '../../../core/injection/segments.ts';
import type { UnknownCause } from '../guardrails/cause.ts';
import { chunksOf, textUnitsOf } from '../guardrails/chunks.ts';
import { createMinuteBucket } from '../guardrails/minute-bucket.ts';
import { createAsk } from './ask.ts';
import { createFlights, type Work } from './flights.ts';
import { type Judgement, judgeText } from './judge-text.ts';
import { checkGuardrailOptions, type GuardrailChecksOptions } from './options.ts';

export type { UnknownCause } from '../guardrails/cause.ts';
export type { Confidence } from './apply-guardrail.ts';
export type { GuardrailChecksOptions, GuardrailOperation, GuardrailUse } from './options.ts';

/** Calls that are left to one request. */
interface CallsLeft {
  calls: number;
}

/**
 * A deep tier that asks Amazon Bedrock: InvokeGuardrailChecks, or ApplyGuardrail with a guardrail of your own. Texts longer
 * than a call takes are judged in overlapping pieces. It has its own time limit and budget of calls, asks once for the same
 * text, remembers verdicts by digest, and makes one attempt a call. Whatever goes wrong is `unknown`, and not remembered.
 *
 * What its calls cost is no part of a caller's budgets: it stands in the `onUse` of the options.
 *
 * @throws TypeError for an unknown, invalid or missing option.
 *
 * @example
 * const deep = createGuardrailChecks({
 *   client: createBedrockClient(),
 *   digest: (text) => createHmac('sha256', key).update(text).digest('base64'),
 * });
 */
export const createGuardrailChecks = (options: GuardrailChecksOptions): DeepTier => {
  checkGuardrailOptions(options);
  const { operation = 'InvokeGuardrailChecks', timeoutMs = 1500, now = Date.now, digest, onUse } = options;
  const { maxCallsPerRequest = 8, callsPerMinute = 120, maxTextUnits = 100, cacheSize = 1000 } = options;
  const ask = createAsk(options);
  const bucket = createMinuteBucket(callsPerMinute, now);
  const flights = createFlights<DeepVerdict>();
  const verdicts = new Map<string, DeepVerdict>();

  const digestOf = (text: string): string => {
    const value: unknown = digest(text);
    // Anything else would be one key for all texts.
    if (typeof value !== 'string' || value === '') throw new TypeError('createGuardrailChecks: digest gave no string');
    return value;
  };

  const report = ({ channel }: Segment, { verdict, ...rest }: Judgement): DeepVerdict => {
    try {
      onUse?.({ operation, channel, outcome: verdict, ...rest });
    } catch {}
    return verdict;
  };

  const withoutCall = (segment: Segment, cause: UnknownCause): DeepVerdict =>
    report(segment, { verdict: 'unknown', cause, calls: 0, textUnits: 0 });

  const keep = (key: string, verdict: DeepVerdict): void => {
    if (verdict !== 'unknown' && cacheSize > 0) remember(verdicts, key, verdict, cacheSize);
  };

  const begin = (segment: Segment, key: string, left: CallsLeft): Work<DeepVerdict> => {
    const pieces = chunksOf(segment.text);
    if (pieces.length > left.calls || !bucket.take(pieces.length)) return { value: withoutCall(segment, 'budget') };
    left.calls -= pieces.length;
    return async (unwanted) => {
      const judgement = await judgeText(ask, pieces, timeoutMs, unwanted);
      keep(key, judgement.verdict);
      return report(segment, judgement);
    };
  };

  const judgeOne = async (segment: Segment, left: CallsLeft, signal: AbortSignal | undefined): Promise<DeepVerdict> => {
    const { channel, text } = segment;
    if (textUnitsOf(text) > maxTextUnits) return withoutCall(segment, 'too-long');
    if (text.trim() === '') return 'clean';
    const key = `${channel}\n${digestOf(text)}`;
    const known = verdicts.get(key);
    if (known === undefined) return (await flights.join(key, () => begin(segment, key, left), signal)) ?? 'unknown';
    keep(key, known);
    return known;
  };

  return {
    judge: (texts, signal) => {
      const left: CallsLeft = { calls: maxCallsPerRequest };
      return Promise.all(
        texts.map((segment) => judgeOne(segment, left, signal).catch(() => withoutCall(segment, 'unavailable'))),
      );
    },
  };
};
