/** The rows that the screen is most wrong about. */

/** A row, and where it stands. */
export interface Miss {
  readonly score: number;
  readonly file: string;
  readonly line: number;
  /** Its beginning. */
  readonly text: string;
}

/** Keeps the worst rows. */
export interface Misses {
  add(isAttack: boolean, miss: Miss): void;
  /** Benign rows with the highest scores, attacks with the lowest; the worst first. */
  readonly benign: readonly Miss[];
  readonly attacks: readonly Miss[];
}

/** UTF-16 units of a text that are kept. */
const SHOWN = 160;

const cut = (text: string): string => (text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}…`);

/** Keeps the worst. @param most Rows of each kind. */
export const createMisses = (most: number): Misses => {
  const benign: Miss[] = [];
  const attacks: Miss[] = [];
  const keep = (kept: Miss[], miss: Miss, isWorse: (a: Miss, b: Miss) => boolean): void => {
    const last = kept.at(-1);
    if (kept.length >= most && (last === undefined || !isWorse(miss, last))) return;
    const at = kept.findIndex((each) => isWorse(miss, each));
    kept.splice(at < 0 ? kept.length : at, 0, { ...miss, text: cut(miss.text) });
    if (kept.length > most) kept.pop();
  };
  return {
    benign,
    attacks,
    add(isAttack, miss) {
      if (isAttack) keep(attacks, miss, (a, b) => a.score < b.score);
      else keep(benign, miss, (a, b) => a.score > b.score);
    },
  };
};
