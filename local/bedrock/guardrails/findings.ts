/** What the guardrails look for, as far as patterns can stand in for them. */

import { OVERRIDE, PERSONAS, REVEAL } from '../model/phrases.ts';

/** Categories of InvokeGuardrailChecks. */
export type AttackCategory = 'JAILBREAK' | 'PROMPT_INJECTION' | 'PROMPT_LEAKAGE';

/** Whether a text is an attack of this kind. */
export const isAttack = (category: AttackCategory, text: string): boolean => {
  switch (category) {
    case 'JAILBREAK':
      return PERSONAS.some((persona) => persona.test(text));
    case 'PROMPT_INJECTION':
      return OVERRIDE.test(text);
    case 'PROMPT_LEAKAGE':
      return REVEAL.test(text);
  }
};

/** Billed units: a thousand characters each. */
export const textUnits = (texts: readonly string[]): number => Math.ceil(texts.join('').length / 1000);

/** Whether a text is an attack of any kind. */
export const isAnyAttack = (text: string): boolean =>
  isAttack('PROMPT_INJECTION', text) || isAttack('JAILBREAK', text) || isAttack('PROMPT_LEAKAGE', text);
