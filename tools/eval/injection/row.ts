/** A labelled row, out of a line of JSON. */

import type { Channel } from '../../../core/injection/index.ts';

/** A row. Words that group rows are of a harmless shape, or `(other)`. */
export interface Row {
  readonly text: string;
  readonly isAttack: boolean;
  readonly channel: Channel | undefined;
  readonly source: string | undefined;
  readonly language: string | undefined;
  readonly disguise: string | undefined;
}

/** Why a line is no row. */
export type Broken = 'too long' | 'no JSON object' | 'no text' | 'no label' | 'no such channel';

/** What labels mean, as they are, in capitals or as numbers and booleans. */
const LABELS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...['attack', 'injection', 'jailbreak', '1', 'true', 1, true].map((label) => [label, true] as const),
  ...['benign', 'safe', '0', 'false', 0, false].map((label) => [label, false] as const),
]);

const WORD = /^[\p{L}\p{N}][\p{L}\p{N} ._:/+-]{0,39}$/u; // base64, pt-BR

const wordOf = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' && WORD.test(value) ? value : '(other)';
};

/** Reads a line. Nothing of it is in what is said of a broken one. */
export const readRow = (line: string | undefined): Row | Broken => {
  if (line === undefined) return 'too long';
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'no JSON object';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no JSON object';
  const { text, label, channel, source, language, disguise } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string') return 'no text';
  const isAttack = LABELS.get(typeof label === 'string' ? label.toLowerCase() : label);
  if (isAttack === undefined) return 'no label';
  if (channel !== undefined && channel !== null && channel !== 'user' && channel !== 'data') return 'no such channel';
  return {
    text,
    isAttack,
    channel: channel ?? undefined,
    source: wordOf(source),
    language: wordOf(language),
    disguise: wordOf(disguise),
  };
};
