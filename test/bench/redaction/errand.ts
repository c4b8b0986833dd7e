/** What a contender's process is asked, and what it answers. */

/** Something to do. */
export interface Errand {
  readonly text: string;
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

/** Said when an errand has arrived and is about to begin: time counts from then. */
export const BEGINS = 'begins';
