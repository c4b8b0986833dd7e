/** What the model learns from. */

import type { Channel } from '../../core/injection/types.ts';

/** A text with its label. */
export interface Example {
  readonly text: string;
  readonly isAttack: boolean;
  readonly channel: Channel;
  /** Where it is from: a file of `training/data`, or a shared corpus. */
  readonly source: string;
  /**
   * What is left out together when the model is validated: sources by the same hand. Examples of the project's own are
   * dealt out over all folds.
   */
  readonly group: string;
  /** What kind of text it is, for the report. */
  readonly kind: Kind;
  /** Whether the model learns from it, is tried on it, or both: what it learns from is not always as it is met. */
  readonly use: 'learn' | 'try' | 'both';
  /** How much it counts beside others of its channel. @default 1 */
  readonly weight?: number;
  /** Of the project's own: which fold leaves it out, of {@link DEALS}. */
  readonly deal: number;
}

/** Into how many parts the project's own examples are dealt. */
export const DEALS = 8;

/** The part that a phrase belongs to: by its words alone, so that it stays there when others come. */
export const dealOf = (phrase: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < phrase.length; at++) hash = Math.imul(hash ^ phrase.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % DEALS;
};

/** Kinds of texts that are told apart in the report. */
export type Kind = 'attack' | 'ordinary' | 'hard' | 'quoting' | 'document';

/** Group of the project's own examples. */
export const OWN = 'own';
