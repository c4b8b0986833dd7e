/** The values that have a structure, and how well a set finds them among all others. */

import type { NamedSummary } from './named-counts.ts';
import { f1Of, type SpanSummary, sumOf } from './span-counts.ts';

/** Labels that patterns can find: what Presidio calls by these names in the texts of presidio-research. */
export const STRUCTURED: readonly string[] = [
  'CREDIT_CARD',
  'EMAIL_ADDRESS',
  'IBAN_CODE',
  'IP_ADDRESS',
  'PHONE_NUMBER',
  'US_DRIVER_LICENSE',
  'US_SSN',
];

/** F1 over all of them together, by how much of a value a finding must reach. */
export interface StructuredSummary {
  readonly total: SpanSummary;
  readonly entities: readonly NamedSummary[];
  /** By name: in part, wholly, and just so. */
  readonly touched: number | undefined;
  readonly covered: number | undefined;
  readonly exact: number | undefined;
  /** Whatever it is called: whether it is hidden. */
  readonly hidden: number | undefined;
}

/** Of texts in which all values are labelled. */
export const structuredOf = (labelled: readonly NamedSummary[]): StructuredSummary => {
  const entities = labelled.filter(({ name }) => STRUCTURED.includes(name));
  const total = sumOf(entities);
  const { spans, findings, right, rightExact } = total;
  return {
    total,
    entities,
    touched: f1Of(total.touched, spans, right, findings),
    covered: f1Of(total.covered, spans, right, findings),
    exact: f1Of(total.exact, spans, rightExact, findings),
    hidden: f1Of(total.hidden, spans, right, findings),
  };
};

/** Labels that patterns do not reach, or that are no entity here, with how many of their values were hidden all the same. */
export const unstructuredOf = (labelled: readonly NamedSummary[]): readonly NamedSummary[] =>
  labelled.filter(({ name, spans }) => spans > 0 && !STRUCTURED.includes(name));
