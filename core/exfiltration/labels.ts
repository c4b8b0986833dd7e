/** Labels of reference links and images, remembered as numbers: a wrong match only removes more. */

/** Nothing to fold but case. */
const PLAIN = /^[A-Za-z0-9]{0,64}$/;
const FILLING = /[^\p{L}\p{N}]/gu;
const BLANKS = /\s{1,999}/g;

/** A label as renderers compare them, and looser: letters and digits, case folded. */
const folded = (label: string): string => {
  if (PLAIN.test(label)) return label.toUpperCase();
  const cased = label.toLowerCase().toUpperCase();
  const letters = cased.replace(FILLING, '');
  return letters === '' ? cased.replace(BLANKS, '') : letters;
};

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
};

/** A bounded set of labels: when it is full, it has them all. */
export interface LabelSet {
  add(label: string): void;
  has(label: string): boolean;
}

/** Most labels that are told apart. */
export const MAX_LABELS = 512;

/** A set of labels, with some in it. */
export const createLabelSet = (...known: readonly string[]): LabelSet => {
  const hashes = new Set(known.map((label) => hashOf(folded(label))));
  return {
    add(label) {
      if (hashes.size < MAX_LABELS) hashes.add(hashOf(folded(label)));
    },
    has: (label) => hashes.size >= MAX_LABELS || hashes.has(hashOf(folded(label))),
  };
};
