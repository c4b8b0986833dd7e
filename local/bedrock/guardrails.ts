/** ApplyGuardrail and InvokeGuardrailChecks, as far as a pattern can stand in for them. */

const ATTACK = /ignore (?:all |the )?(?:previous|prior|above)|system prompt|you are now dan/i;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,3}/g; // ada@example.com

/** Answer of ApplyGuardrail. */
export const applyGuardrail = (body: {
  readonly content?: readonly { readonly text?: { readonly text?: string } }[];
}): object => {
  const texts = (body.content ?? []).map(({ text }) => text?.text ?? '');
  const attack = texts.some((text) => ATTACK.test(text));
  const emails = texts.flatMap((text) => text.match(EMAIL) ?? []);
  const acted = attack || emails.length > 0;
  return {
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: 1,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: 1,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
    action: acted ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: acted
      ? texts.map((text) => ({ text: attack ? 'Request blocked.' : text.replaceAll(EMAIL, '{EMAIL}') }))
      : [],
    assessments: acted
      ? [
          {
            ...(attack && {
              contentPolicy: { filters: [{ type: 'PROMPT_ATTACK', confidence: 'HIGH', action: 'BLOCKED' }] },
            }),
            ...(emails.length > 0 && {
              sensitiveInformationPolicy: {
                piiEntities: emails.map((match) => ({ match, type: 'EMAIL', action: 'ANONYMIZED' })),
                regexes: [],
              },
            }),
          },
        ]
      : [],
  };
};

/** Answer of InvokeGuardrailChecks. */
export const invokeGuardrailChecks = (body: { readonly messages?: unknown }): object => {
  const text = JSON.stringify(body.messages ?? '');
  const severityScore = ATTACK.test(text) ? 0.97 : 0.01;
  return {
    results: {
      promptAttack: {
        results: ['JAILBREAK', 'PROMPT_INJECTION', 'PROMPT_LEAKAGE'].map((category) => ({ category, severityScore })),
      },
    },
    usage: { promptAttack: { textUnits: Math.ceil(text.length / 1000) } },
  };
};
