/** Building blocks of rules: phrases as people write them, in the order in which they follow each other. Data only. */

/** Any of several phrases. A phrase that ends in `*` is a single word that goes on in any way. */
export interface Phrases {
  readonly kind: 'phrases';
  readonly phrases: readonly string[];
}

/** At most so many words (of scripts without spaces: characters of the same sentence) between two phrases. */
export interface Gap {
  readonly kind: 'gap';
  readonly most: number;
}

/** What the text right behind a match must look like, or must not. Tried on its next 60 units, from their start. */
export interface Behind {
  readonly kind: 'behind';
  readonly like: RegExp;
  readonly wanted: boolean;
}

/** Phrases in order, with gaps between them. */
export interface Sequence {
  readonly phrases: readonly Phrases[];
  /** Most words between a phrase and the one before it: one number for each phrase but the first. */
  readonly gaps: readonly number[];
  readonly behind: readonly Behind[];
}

/** A shape with signs in it, which no sequence of words can tell: tried where one of the words that it needs is there. */
export interface Shape {
  /** Over the folded text, its blanks collapsed. Linear, global. */
  readonly like: RegExp;
  readonly needs: readonly string[];
}

/** How a rule finds its matches: any of several ways. */
export interface Pattern {
  readonly sequences: readonly Sequence[];
  readonly shapes: readonly Shape[];
}

const split = (texts: string): readonly string[] => texts.split('|').map((text) => text.trim());

/** Any of several phrases, separated by `|`. */
export const any = (texts: string): Phrases => ({ kind: 'phrases', phrases: split(texts) });

/** At most `most` words between two phrases. */
export const gap = (most: number): Gap => ({ kind: 'gap', most });

/** Nothing but signs between two phrases. */
export const next: Gap = gap(0);

/** Only where the text goes on like this. */
export const before = (like: RegExp): Behind => ({ kind: 'behind', like, wanted: true });

/** Only where the text does not go on like this. */
export const notBefore = (like: RegExp): Behind => ({ kind: 'behind', like, wanted: false });

/** A pattern of phrases that follow each other. @throws TypeError for phrases without a gap between them. */
export const words = (...parts: readonly (Phrases | Gap | Behind)[]): Pattern => {
  const phrases = parts.filter((part) => part.kind === 'phrases');
  const gaps = parts.filter((part) => part.kind === 'gap').map(({ most }) => most);
  if (gaps.length !== phrases.length - 1) throw new TypeError('words: one gap between two phrases');
  return { sequences: [{ phrases, gaps, behind: parts.filter((part) => part.kind === 'behind') }], shapes: [] };
};

/** A pattern of any of several. */
export const either = (...patterns: readonly Pattern[]): Pattern => ({
  sequences: patterns.flatMap(({ sequences }) => sequences),
  shapes: patterns.flatMap(({ shapes }) => shapes),
});

/** A pattern with signs in it, and the words, separated by `|`, of which one must be there for it to be tried. */
export const shape = (like: RegExp, needs: string): Pattern => ({
  sequences: [],
  shapes: [{ like, needs: split(needs) }],
});
