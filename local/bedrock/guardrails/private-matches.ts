/** Sensitive information in a text, as far as patterns can stand in for what finds it. */

/** Types of sensitive information that are found here. */
export type PrivateType = 'ADDRESS' | 'AGE' | 'CREDIT_DEBIT_CARD_NUMBER' | 'EMAIL' | 'NAME';

/** Private data in a text, UTF-16 offsets. */
export interface PrivateMatch {
  readonly type: PrivateType;
  readonly match: string;
  readonly begin: number;
  readonly end: number;
}

const PATTERNS: Readonly<Record<PrivateType, RegExp>> = {
  EMAIL: /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g, // ada@example.com
  CREDIT_DEBIT_CARD_NUMBER: /(?<![\d-])\d(?:[ -]?\d){12,18}(?!\d)/g, // 4111 1111 1111 1111
  NAME: /(?<!\p{L})(?:Ada|Alan|Anna|Emmy|Grace|Jürgen|Marie|Zoë)(?!\p{L})(?: \p{Lu}\p{Ll}{1,20}){0,2}|花子|田中/gu, // Ada Lovelace
  ADDRESS: /(?<!\d)\d{1,4} (?:[A-Z][a-z]{1,20} ){1,3}(?:Street|Road|Avenue)(?:, [A-Z][a-z]{1,20})?/g, // 12 Pear Tree Road, Orchard
  AGE: /(?<!\d)\d{1,3}(?= years old)/g, // 36 years old
};

/** Types that are found, in the order of a guardrail's answer. */
export const PRIVATE_TYPES = Object.keys(PATTERNS) as readonly PrivateType[];

/** The check digit of card numbers. Source: ISO/IEC 7812-1, annex B. */
const passesLuhn = (number: string): boolean =>
  [...number.replaceAll(/\D/g, '')].reverse().reduce((sum, sign, index) => {
    const doubled = Number(sign) * (index % 2 === 0 ? 1 : 2);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

/** What is found, in the order of the text. */
export const privateMatches = (text: string): readonly PrivateMatch[] =>
  PRIVATE_TYPES.flatMap((type) =>
    [...text.matchAll(PATTERNS[type])].map(({ 0: match, index }) => ({
      type,
      match,
      begin: index,
      end: index + match.length,
    })),
  )
    .filter(({ type, match }) => type !== 'CREDIT_DEBIT_CARD_NUMBER' || passesLuhn(match))
    .sort((a, b) => a.begin - b.begin);

/** The own pattern of every guardrail here. */
export const OWN_PATTERN = { name: 'Booking number', regex: 'BK-\\d{6}' } as const;

/** Places of the own pattern. */
export const ownMatches = (text: string): readonly Omit<PrivateMatch, 'type'>[] =>
  [...text.matchAll(new RegExp(OWN_PATTERN.regex, 'g'))].map(({ 0: match, index }) => ({
    match,
    begin: index,
    end: index + match.length,
  }));

/** The denied topic of every guardrail here. */
export const DENIED_TOPIC = 'Investment advice';

/** Whether a text is about the denied topic. */
export const isDenied = (text: string): boolean => /(?:invest in|buy shares)/i.test(text);
