/** What a way of marking does to the texts of a block. */

/** One way to mark untrusted text. */
export interface MarkingStyle {
  /** What the system prompt says of the marks. */
  readonly explanation: string;
  /** A text of its own: of a tool, of a document. */
  text(text: string): string;
  /** A string within JSON … */
  string(text: string): string;
  /** … and the name of a field. */
  name(name: string): string;
  /** What the marks look like, to be taken out of a reply. */
  readonly marks: readonly string[];
}

/** Characters that part words, or look as if they did. */
export const BLANK: RegExp = /[\s\u0085\u115f\u1160\u180e\u200b\u2060\u2800\u3164\uffa0]/;
