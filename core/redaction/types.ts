/** The contract of redaction: what is found, and what stands in its place. */

/** A private value in a text. */
export interface Finding {
  /** Presidio's name where it has one, e.g. `EMAIL_ADDRESS`; every credential is `SECRET`. */
  readonly entity: string;
  /** For a `SECRET`, which kind, e.g. `github-pat`. */
  readonly rule?: string;
  /** Offsets in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0..1: how sure the detector is, context included. */
  readonly score: number;
}

/** A kind of private value, as data: one engine interprets it. */
export interface Detector {
  readonly entity: string;
  readonly rule?: string;
  /**
   * Sticky, linear and bounded: matches at most {@link MAX_MATCH} units, look-ahead included. It is tried where a run of
   * letters and digits begins, and at other characters that it can begin with; it may look behind by {@link CONTEXT} units
   * at most. A group named `value` is what is replaced; without it, the whole match.
   */
  readonly pattern: RegExp;
  /** 0..1, without context: 1 for what is proved by a checksum or prefix, 0.05 for any nine digits. */
  readonly score: number;
  /**
   * Length of the match that holds up to its checksum or format, 0 for none. What is no length, or throws, counts as all
   * of it. @default all of it
   */
  readonly measure?: (match: string) => number;
  /**
   * Words (lower case, several parted by spaces) one of which, within {@link CONTEXT} units before, raises the score by
   * {@link CONTEXT_BOOST}, and to {@link MIN_IN_CONTEXT} at least. The arithmetic is Presidio's. One counts whole, or with
   * an `s`; from five letters on also as the beginning of a longer word, unless a space stands after it: `'visa '`.
   * @default none
   */
  readonly context?: readonly string[];
  /**
   * The value counts only where it is assigned to a name that holds one of these: `adobe_token: "…"`,
   * `setProperty("ADOBE_TOKEN", "…")`, `<adobeToken>…`. Lower case, accents left out. Of several words parted by spaces, all
   * must be there. One of up to four letters must begin a word of the name. `'pass '`, with a space after it, is the whole
   * word only. `'--user '` is an option of a command, `--user ada:…`. A name that holds the word of `'!url'` is none,
   * whatever else it holds.
   * @default it counts wherever it stands
   */
  readonly assignedTo?: readonly string[];
  /** A character that a match must have within its first 65 units: it is not tried where there is none. @default none */
  readonly near?: string;
  /** What follows the match and belongs to it, however long: the rest of a token, or all up to a key's end. */
  readonly tail?: Tail;
  /** Belongs to the default set: high harm, and provable by checksum, prefix or context. @default true */
  readonly byDefault?: boolean;
}

/** How a match without an end goes on. */
export type Tail = 'token' | 'dotted-token' | 'private-key';

/** Most units that a decision looks ahead, and so the hold-back of a stream. */
export const MAX_MATCH = 384;

/** Units before a match in which context words and names are looked for. */
export const CONTEXT = 80;

/** What a context word adds to a score, and the least that the score is then. Source: Presidio's context enhancer. */
export const CONTEXT_BOOST = 0.35;
export const MIN_IN_CONTEXT = 0.4;
