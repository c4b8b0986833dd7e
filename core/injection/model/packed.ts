/** What the generated modules hold: numbers as bytes in base64. */

import type { Head } from './head.ts';

/** A head as the generated module holds it: its weights as bytes in base64. */
export interface PackedHead extends Omit<Head, 'weights'> {
  readonly weights: string;
}

/** Phrases and their concepts, as the generated module holds them. */
export interface PackedLexicon {
  /** Names of the concepts; the first has the number 1. */
  readonly concepts: readonly string[];
  /** Hashes of the phrases, 32 bits each, in base64. */
  readonly phrases: string;
  /** Number of the concept of each phrase, 8 bits each, in base64. */
  readonly numbers: string;
  /** One bit for each hash of words that a phrase begins with, in base64. */
  readonly beginnings: string;
}
