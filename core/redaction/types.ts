/** The contract of redaction: what is found, and what stands in its place. */

/** A private value in a text. */
export interface Finding {
  /** Presidio's name where it has one, e.g. `EMAIL_ADDRESS`; every credential is `SECRET`. */
  readonly entity: string;
  /** For a `SECRET`, which kind, e.g. `github-token`. */
  readonly rule?: string;
  /** Offsets in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0..1: how sure the detector is. */
  readonly score: number;
}

/** A kind of private value, as data: one engine interprets it. */
export interface Detector {
  readonly entity: string;
  readonly rule?: string;
  /**
   * Sticky, linear and bounded: matches at most {@link MAX_MATCH} units, look-ahead included. A group named `value` is
   * what is replaced; without it, the whole match.
   */
  readonly pattern: RegExp;
  /** Characters that a match can start with. */
  readonly starts: string;
  readonly score: number;
  /** Length of the match that holds up to its checksum or format, 0 for none. @default all of it */
  readonly measure?: (match: string) => number;
  /** One of these words (lower case) must stand within {@link CONTEXT} units before. @default none */
  readonly context?: readonly string[];
  /** What follows the match and belongs to it, however long: the rest of a token, or all up to a key's end. */
  readonly tail?: Tail;
  /** Belongs to the default set: high harm, and provable by checksum, prefix or context. @default true */
  readonly byDefault?: boolean;
}

/** How a match without an end goes on. */
export type Tail = 'token' | 'dotted-token' | 'private-key';

/** Most units that a decision looks ahead, and so the hold-back of a stream. */
export const MAX_MATCH = 384;

/** Units before a match in which context words are looked for. */
export const CONTEXT = 48;
