/** Brazil: people and companies. */

import { compactOf, isRepeated, whenCompact } from '../../checks/compact.ts';
import type { Detector } from '../../types.ts';
import { provedOrAnnounced } from './proved.ts';

const ZERO = 0x30;

/** A check digit of Receita Federal: weights count from 2 up from the right, begin again after `last`; a remainder under 2 gives 0. */
const checkDigit = (text: string, last: number): number => {
  let sum = 0;
  for (let index = 0; index < text.length; index++)
    sum += (text.charCodeAt(text.length - 1 - index) - ZERO) * (2 + (index % (last - 1)));
  return sum % 11 < 2 ? 0 : 11 - (sum % 11);
};

const hasBoth = (text: string, last: number): boolean => {
  const base = text.slice(0, -2);
  const first = checkDigit(base, last);
  return text.endsWith(`${first}${checkDigit(`${base}${first}`, last)}`) && !isRepeated(text);
};

const isPerson = (text: string): boolean => hasBoth(text, 11);
/** Since July 2026 the first twelve may be letters, valued by their ASCII code less 48. Source: IN RFB 2.229/2024. */
const isCompany = (text: string): boolean => hasBoth(text, 9) && !/^[A-Z]+$/.test(text);

const PERSON_WORDS = ['cpf', 'cadastro de pessoas', 'contribuinte', 'cpf mf'];
const COMPANY_WORDS = ['cnpj', 'cadastro nacional', 'empresa', 'cnpj mf'];

/** Detectors of numbers of Brazil. */
export const BRAZILIAN_DETECTORS: readonly Detector[] = [
  {
    entity: 'BR_CPF', // 529.982.247-25
    pattern: /\d{3}\.\d{3}\.\d{3}-\d{2}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenCompact(isPerson),
    score: 0.9,
    context: PERSON_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'BR_CPF', // 52998224725: two check digits
    pattern: /\d{9}-?\d{2}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: (match) => (isPerson(compactOf(match)) ? match.length : 0),
    score: 0.65,
    context: PERSON_WORDS,
  }),
  {
    entity: 'BR_CNPJ', // 11.222.333/0001-81, 12.ABC.345/01DE-35
    pattern: /[A-Z\d]{2}\.[A-Z\d]{3}\.[A-Z\d]{3}\/[A-Z\d]{4}-\d{2}(?![A-Za-z\d]|[.-][\d[])/iy,
    measure: whenCompact(isCompany),
    score: 0.9,
    context: COMPANY_WORDS,
  },
  ...provedOrAnnounced({
    entity: 'BR_CNPJ', // 11222333000181
    pattern: /\d{8}0\d{5}(?![A-Za-z\d]|[.-][\d[])/y,
    measure: whenCompact(isCompany),
    score: 0.65,
    context: COMPANY_WORDS,
  }),
];
