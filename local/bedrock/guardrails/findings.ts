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

/** Private data in a text, UTF-16 offsets. */
export interface PrivateMatch {
  readonly type: 'EMAIL' | 'CREDIT_DEBIT_CARD_NUMBER';
  readonly match: string;
  readonly begin: number;
  readonly end: number;
}

const PATTERNS: Readonly<Record<PrivateMatch['type'], RegExp>> = {
  EMAIL: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g, // ada@example.com
  CREDIT_DEBIT_CARD_NUMBER: /(?<![\d-])\d(?:[ -]?\d){12,18}(?!\d)/g, // 4111 1111 1111 1111
};

/** The check digit of card numbers. Source: ISO/IEC 7812-1, annex B. */
const passesLuhn = (number: string): boolean =>
  [...number.replaceAll(/\D/g, '')].reverse().reduce((sum, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 1 : 2);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

/** E-mail addresses and card numbers, in the order of the text. */
export const privateMatches = (text: string): readonly PrivateMatch[] =>
  (Object.keys(PATTERNS) as PrivateMatch['type'][])
    .flatMap((type) =>
      [...text.matchAll(PATTERNS[type])].map(({ 0: match, index }) => ({
        type,
        match,
        begin: index,
        end: index + match.length,
      })),
    )
    .filter(({ type, match }) => type === 'EMAIL' || passesLuhn(match))
    .sort((a, b) => a.begin - b.begin);

/** Billed units: a thousand characters each. */
export const textUnits = (texts: readonly string[]): number => Math.ceil(texts.join('').length / 1000);

/** Whether a text is an attack of any kind. */
export const isAnyAttack = (text: string): boolean =>
  isAttack('PROMPT_INJECTION', text) || isAttack('JAILBREAK', text) || isAttack('PROMPT_LEAKAGE', text);
