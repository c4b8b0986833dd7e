/** What a contender's process is asked, and what it answers. */

import type { Kind } from './texts.ts';

/** A text that both sides can make: nothing large goes between processes. */
export type TextName =
  | { readonly kind: Kind; readonly units: number }
  | { readonly hostile: string; readonly units: number }
  | { readonly text: string };

/** Something to do. */
export interface Errand {
  readonly of: TextName;
  /** Units of each piece; whole without. */
  readonly chunk?: number;
  /** Milliseconds within which the text is redacted again and again; once without. */
  readonly patienceMs?: number;
  /** Whether the outcome is wanted. */
  readonly wantsText?: boolean;
}

/** What came of it. */
export type Answer =
  | { readonly end: 'done'; readonly ms: number; readonly text?: string }
  | { readonly end: 'threw' | 'cut off' | 'has no stream' };
