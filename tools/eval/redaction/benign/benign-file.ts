/** A harmless text, and what it is. */

export type BenignKind = 'code' | 'lock files' | 'logs' | 'prose';

/** A harmless text. */
export interface BenignFile {
  readonly kind: BenignKind;
  /** A path below the folder that `--write-benign` names. */
  readonly name: string;
  readonly text: string;
}
