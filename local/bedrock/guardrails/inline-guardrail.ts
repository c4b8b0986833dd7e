/**
 * Guardrails that a request to a model names. What they would find is not judged here: a guardrail whose id starts with
 * `blocked` blocks every input, all others let everything pass.
 */

/** What a guardrail did with an input. */
export interface GuardrailOutcome {
  readonly action: 'INTERVENED' | 'NONE';
  /** Its assessment by its identifier, when a trace was asked for. */
  readonly trace: Readonly<Record<string, object>> | undefined;
}

/** A guardrail that a request names. */
export interface NamedGuardrail {
  /** Id or ARN. */
  readonly identifier?: string;
  readonly version?: string;
  /** In lower case: `enabled`, `disabled` or `enabled_full`. */
  readonly trace?: string;
}

/** What a blocked answer says. */
export const INTERVENTION = 'Sorry, the model cannot answer this question.';

const TOPIC = { name: 'Everything', type: 'DENY', action: 'BLOCKED', detected: true };

/** What the guardrail of a request does; undefined when it names none. */
export const inlineGuardrail = ({ identifier, trace }: NamedGuardrail): GuardrailOutcome | undefined => {
  if (identifier === undefined) return undefined;
  const isBlocked = (identifier.split('/').at(-1) ?? '').startsWith('blocked');
  const assessment = isBlocked ? { topicPolicy: { topics: [TOPIC] } } : {};
  return {
    action: isBlocked ? 'INTERVENED' : 'NONE',
    trace: trace?.startsWith('enabled') ? { [identifier]: assessment } : undefined,
  };
};
