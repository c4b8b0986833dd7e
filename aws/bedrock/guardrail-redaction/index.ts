/** Redaction's deep tier at Bedrock: a guardrail finds the names, addresses and topics that no pattern does. */

import type { DeepRedaction, DeepRedactionVerdict } from '../../../core/redaction/deep-redaction.ts';
import { type Match, placesOf } from '../../../core/redaction/spans.ts';
import { sentenceBorder } from '../../../core/text/sentence-border.ts';
import { type AskPiece, askPieces, unitsOf } from '../guardrails/ask-pieces.ts';
import type { UnknownCause } from '../guardrails/cause.ts';
import { chunksOf, textUnitsOf } from '../guardrails/chunks.ts';
import { createMinuteBucket } from '../guardrails/minute-bucket.ts';
import { oneAttempt } from '../guardrails/one-attempt.ts';
import { checkGuardrailRedaction, type GuardrailRedactionOptions, type GuardrailRedactionUse } from './options.ts';
import { outputRequest, type PieceVerdict, readAnswer } from './read-answer.ts';

export type { UnknownCause } from '../guardrails/cause.ts';
export type { GuardrailRedactionOptions, GuardrailRedactionUse } from './options.ts';

const askBy = ({
  client,
  guardrailId,
  guardrailVersion = 'DRAFT',
}: GuardrailRedactionOptions): AskPiece<PieceVerdict> => {
  const guardrail = { guardrailIdentifier: guardrailId, guardrailVersion };
  return async (text, abortSignal) => {
    // Loaded when it is first needed: whoever imports a middleware alone does without the SDK.
    const { ApplyGuardrailCommand } = await import('../guardrails/commands.ts');
    const command = oneAttempt(new ApplyGuardrailCommand(outputRequest(guardrail, text)));
    return readAnswer(await client.send(command, { abortSignal }));
  };
};

type Judged = Omit<GuardrailRedactionUse, 'outcome'> & { readonly verdict: DeepRedactionVerdict };

const isBlocked = ({ verdict }: Pick<PieceVerdict, 'verdict'>): boolean => verdict === 'blocked';

/**
 * A deep tier of redaction that asks ApplyGuardrail with a guardrail of your own. Texts longer than a call takes are asked
 * about in overlapping pieces that end with sentences, some at a time. It has its own time limit and budget of text units,
 * and makes one attempt a call. It remembers nothing. Whatever goes wrong is `unknown`, for the text as a whole.
 *
 * @throws TypeError for an unknown, invalid or missing option.
 *
 * @example
 * const deep = createGuardrailRedaction({ client: createBedrockClient(), guardrailId: 'gr1abc', guardrailVersion: '1' });
 */
export const createGuardrailRedaction = (options: GuardrailRedactionOptions): DeepRedaction => {
  checkGuardrailRedaction(options);
  const { timeoutMs = 1500, parallel = 4, textUnitsPerMinute = 1000, maxTextUnits = 100 } = options;
  const { onUse, now = Date.now } = options;
  const ask = askBy(options);
  const bucket = createMinuteBucket(textUnitsPerMinute, now);

  const report = ({ verdict, ...use }: Judged): DeepRedactionVerdict => {
    try {
      onUse?.({ outcome: typeof verdict === 'string' ? verdict : 'judged', ...use });
    } catch {}
    return verdict;
  };

  const withoutCall = (cause: UnknownCause): Judged => ({ verdict: 'unknown', cause, calls: 0, textUnits: 0 });

  const judge = async (text: string, unwanted: AbortSignal | undefined): Promise<Judged> => {
    if (textUnitsOf(text) > maxTextUnits) return withoutCall('too-long');
    const pieces = chunksOf(text, sentenceBorder);
    if (!bucket.take(pieces.reduce((sum, piece) => sum + textUnitsOf(piece), 0))) return withoutCall('budget');
    const asked = await askPieces(ask, pieces, { timeoutMs, atOnce: parallel, unwanted, isFinal: isBlocked });
    const used = { calls: asked.answers.length, textUnits: unitsOf(asked) };
    if (asked.answers.some(isBlocked)) return { verdict: 'blocked', ...used };
    const causes = asked.answers.flatMap(({ verdict, cause = 'unreadable' }) => (verdict === 'unknown' ? [cause] : []));
    const cause = causes.find((reason) => reason !== 'aborted') ?? causes[0] ?? asked.left;
    if (cause !== undefined) return { verdict: 'unknown', cause, ...used };
    const matches = asked.answers.flatMap((answer): readonly Match[] =>
      'matches' in answer ? (answer.matches ?? []) : [],
    );
    const verdict = placesOf(text.toWellFormed(), matches);
    return verdict === undefined ? { verdict: 'unknown', cause: 'unreadable', ...used } : { verdict, ...used };
  };

  return {
    judge: async (text, { signal } = {}) => {
      if (text.trim() === '') return [];
      return report(await judge(text, signal).catch(() => withoutCall('unavailable')));
    },
  };
};
