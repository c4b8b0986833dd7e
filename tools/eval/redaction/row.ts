/** A labelled row, out of a line of JSON: what it is shows in the fields that it has. */

import { type Span, unitOffsets } from './spans.ts';

/** A text with the values of one entity in it; none for a text in which it is not to be found. */
export interface VectorRow {
  readonly kind: 'vector';
  readonly entity: string;
  /** Of a secret, which kind. */
  readonly rule: string | undefined;
  readonly text: string;
  readonly spans: readonly Span[];
}

/** A text with all private values in it. */
export interface LabelledRow {
  readonly kind: 'labelled';
  readonly text: string;
  readonly spans: readonly (Span & { readonly entity: string })[];
}

/** A number that stands alone. */
export interface NumberRow {
  readonly kind: 'number';
  readonly entity: string;
  readonly text: string;
  /** `undefined` where its check says neither. */
  readonly isValid: boolean | undefined;
}

/** A text that holds a secret somewhere, or none. */
export interface FlagRow {
  readonly kind: 'flag';
  readonly rule: string;
  readonly text: string;
  readonly isSecret: boolean;
}

export type Row = VectorRow | LabelledRow | NumberRow | FlagRow;

/** Why a line is no row. */
export type Broken = 'too long' | 'no JSON object' | 'no text' | 'no such spans' | 'no known shape';

type Fields = Readonly<Record<string, unknown>>;

const NAME = /^[A-Za-z0-9][\w .:-]{0,63}$/; // US_SSN, github-pat

/** Names are printed: others than names are not. */
const nameOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  return NAME.test(value) ? value : '(other)';
};

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const pairOf = (value: unknown): readonly [unknown, unknown] => {
  if (Array.isArray(value)) return [value[0], value[1]];
  const { start, end } = (value ?? {}) as Fields;
  return [start, end];
};

const spansOf = (text: string, value: readonly unknown[]): readonly Span[] | undefined => {
  const unitOf = unitOffsets(text);
  const spans: Span[] = [];
  for (const each of value) {
    const [start, end] = pairOf(each);
    if (!isOffset(start) || !isOffset(end) || start >= end || unitOf(end) > text.length) return undefined;
    spans.push({ start: unitOf(start), end: unitOf(end) });
  }
  return spans;
};

const numberRow = ({ entity, number, expected }: Fields): Row | Broken => {
  const name = nameOf(entity);
  if (name === undefined || typeof number !== 'string') return 'no known shape';
  return { kind: 'number', entity: name, text: number, isValid: typeof expected === 'boolean' ? expected : undefined };
};

const labelledRow = (text: string, spans: readonly unknown[]): Row | Broken => {
  const places = spansOf(text, spans);
  if (places === undefined) return 'no such spans';
  const entities = spans.map((span) => nameOf(((span ?? {}) as Fields)['entity']));
  if (entities.includes(undefined)) return 'no such spans';
  return { kind: 'labelled', text, spans: places.map((span, index) => ({ ...span, entity: entities[index] ?? '' })) };
};

const shapedRow = (fields: Fields): Row | Broken => {
  const { text, spans, flag } = fields;
  if (fields['number'] !== undefined) return numberRow(fields);
  if (typeof text !== 'string') return 'no text';
  const rule = nameOf(fields['rule']);
  if (typeof flag === 'boolean') return { kind: 'flag', rule: rule ?? '(none)', text, isSecret: flag };
  if (!Array.isArray(spans)) return 'no such spans';
  const entity = nameOf(fields['entity']) ?? (rule === undefined ? undefined : 'SECRET');
  if (entity === undefined) return labelledRow(text, spans);
  const places = spansOf(text, spans);
  return places === undefined ? 'no such spans' : { kind: 'vector', entity, rule, text, spans: places };
};

/** Reads a line; offsets in it count code points. Nothing of it is in what is said of a broken one. */
export const readRow = (line: string | undefined): Row | Broken => {
  if (line === undefined) return 'too long';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'no JSON object';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no JSON object';
  return shapedRow(value as Fields);
};
