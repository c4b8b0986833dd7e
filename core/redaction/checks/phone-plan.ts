/**
 * Which phone numbers can have been given out, by the metadata of Google's libphonenumber in `libphonenumber-js`. Only the
 * metadata is used: the library builds its expressions again at each call (20–60 µs a number), here each country's is
 * built once, when first needed (about 1 µs). The tests hold both to the same answers. `max`, not `min`: `min` knows lengths
 * and first digits of countries, `max` which area codes exist, and that is what tells a phone number from an order number.
 */

import metadata from 'libphonenumber-js/max/metadata';

/** A country's numbering plan: the members that are read here, by the library's METADATA.md, version 4. */
interface Plan {
  /** Lengths of national numbers. */
  readonly lengths: readonly number[];
  /** A whole national number of some type. */
  readonly national: RegExp;
  /** What is dialled before a national number within the country: 0 in most. */
  readonly prefix: RegExp | undefined;
  readonly transform: string | undefined;
}

const LENGTHS = 3;
const PATTERN = 2;
const PREFIX = 5;
const PREFIX_FOR_PARSING = 7;
const TRANSFORM = 8;
const TYPES = 11;

const COUNTRIES: Readonly<Record<string, readonly unknown[]>> = {
  ...(metadata.countries as unknown as Readonly<Record<string, readonly unknown[]>>),
  ...(metadata.nonGeographic as unknown as Readonly<Record<string, readonly unknown[]>>),
};
const CALLING_CODES = metadata.country_calling_codes as unknown as Readonly<Record<string, readonly string[]>>;

const readPlan = (entry: readonly unknown[]): Plan => {
  const types = Array.isArray(entry[TYPES])
    ? entry[TYPES].flatMap((type) => (Array.isArray(type) && type[0] !== '' ? [String(type[0])] : []))
    : [];
  const prefix = entry[PREFIX_FOR_PARSING] || entry[PREFIX];
  return {
    lengths: entry[LENGTHS] as readonly number[],
    national: new RegExp(`^(?=(?:${entry[PATTERN]})$)(?:${types.length > 0 ? types.join('|') : entry[PATTERN]})$`),
    prefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined,
    transform: entry[TRANSFORM] ? String(entry[TRANSFORM]) : undefined,
  };
};

/** At most one for each country: bounded by the metadata. */
const plans = new Map<string, Plan>();

const planOf = (country: string): Plan | undefined => {
  const known = plans.get(country);
  const entry = COUNTRIES[country];
  if (known !== undefined || entry === undefined) return known;
  const plan = readPlan(entry);
  plans.set(country, plan);
  return plan;
};

/** The national number without what is dialled before it. `whole`: what lacks its area code stays without. */
const withoutPrefix = (digits: string, { prefix, transform }: Plan, whole: boolean): string => {
  const found = prefix?.exec(digits);
  if (prefix === undefined || found === null || found === undefined) return digits;
  const captured = found.length > 1 && found.at(-1) !== undefined;
  if (!captured || transform === undefined) return digits.slice(found[0].length);
  const transformed = digits.replace(prefix, transform);
  return whole && transformed.length > digits.length ? digits : transformed;
};

const matches = (digits: string, { lengths, national }: Plan): boolean =>
  lengths.includes(digits.length) && national.test(digits);

const isOf = (digits: string, plan: Plan, whole: boolean): boolean =>
  matches(digits, plan) || matches(withoutPrefix(digits, plan, whole), plan);

/** The plans that share a calling code, the main one first, and the shortest number of any. */
interface SharedCode {
  readonly shared: readonly Plan[];
  readonly shortest: number;
}

/** At most one for each calling code. */
const codes = new Map<string, SharedCode | undefined>();

const readCode = (code: string): SharedCode | undefined => {
  const shared = (CALLING_CODES[code] ?? [code]).flatMap((country) => planOf(country) ?? []);
  if (shared.length === 0) return undefined;
  return { shared, shortest: Math.min(...shared.flatMap(({ lengths }) => lengths)) };
};

const planOfCode = (code: string): SharedCode | undefined => {
  if (!codes.has(code)) codes.set(code, readCode(code));
  return codes.get(code);
};

/** The plans behind a calling code at the start of digits, one to three of them, none the beginning of another (ITU-T E.164). */
const callingCodeOf = (digits: string): (SharedCode & { readonly national: string }) | undefined => {
  for (let end = 1; end <= 3; end++) {
    const plan = planOfCode(digits.slice(0, end));
    if (plan !== undefined)
      return digits.length - end < plan.shortest ? undefined : { ...plan, national: digits.slice(end) };
  }
  return undefined;
};

/** Whether digits, calling code first, are a number of some country: `442079460958`. */
export const isInternationalNumber = (digits: string): boolean => {
  const code = callingCodeOf(digits);
  return code?.shared.some((plan) => isOf(code.national, plan, true)) === true;
};

/** Whether digits, calling code first, have a calling code that exists, and a length that its numbers have. */
export const hasInternationalLength = (digits: string): boolean => {
  const code = callingCodeOf(digits);
  return code?.shared[0]?.lengths.includes(code.national.length) === true;
};

/** Whether digits, as dialled within a country, are a number of one of `countries` (ISO 3166-1): `02079460958` of `GB`. */
export const isNationalNumber = (digits: string, countries: readonly string[]): boolean =>
  countries.some((country) => {
    const plan = planOf(country);
    return plan !== undefined && isOf(digits, plan, false);
  });

/** The countries that share calling code 1. */
export const NORTH_AMERICA: readonly string[] = CALLING_CODES['1'] ?? [];
