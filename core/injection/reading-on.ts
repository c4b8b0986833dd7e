/** Texts as they are read one after the other: an order may be split over several of them. */

/** Units of a long text that are read together with its neighbours, at either end. */
const EDGE = 600;
/** Units from which on a chunk is full, and how many of its last ones the next chunk begins with. */
const CHUNK = 2000;
const OVERLAP = 300;

/** Between two texts: words stay apart, and a payload that was wrapped at the end of a text goes on. */
const BETWEEN = '\n';

/** Some texts, or their ends, one after the other. */
export interface Chunk {
  readonly text: string;
  /** Indices of the first and the last text in it. */
  readonly first: number;
  readonly last: number;
  /** Offsets in `text` where one text ends and the next begins. */
  readonly borders: readonly number[];
}

/** A text in a chunk, and where it begins there. */
interface Piece {
  readonly index: number;
  readonly start: number;
}

/**
 * Reads texts on into each other, in chunks of some thousand units. Of a long text the middle is left out. A chunk does
 * not change when texts are added behind it, so a growing conversation has one new chunk a turn; each unit stands in one
 * chunk, and one in seven in two.
 */
export const readOn = (texts: readonly string[]): readonly Chunk[] => {
  const chunks: Chunk[] = [];
  let text = '';
  let pieces: Piece[] = [];
  let isNew = false;

  const add = (index: number, piece: string): void => {
    isNew = pieces.length > 0;
    if (isNew) text += BETWEEN;
    pieces.push({ index, start: text.length });
    text += piece;
  };

  /** Ends a chunk; the next one begins with its last `left` units. */
  const cut = (left: number): void => {
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (isNew && first !== undefined && last !== undefined) {
      const borders = pieces.slice(1).map(({ start }) => start - BETWEEN.length);
      chunks.push({ text, first: first.index, last: last.index, borders });
    }
    const from = Math.max(0, text.length - left);
    pieces = pieces
      .filter((_, at) => (pieces[at + 1]?.start ?? text.length + 1) > from)
      .map(({ index, start }) => ({ index, start: Math.max(0, start - from) }));
    if (left === 0) pieces = [];
    text = text.slice(from);
    isNew = false;
  };

  for (const [index, next] of texts.entries()) {
    if (next === '') continue;
    if (next.length <= 2 * EDGE) {
      add(index, next);
      if (text.length >= CHUNK) cut(OVERLAP);
      continue;
    }
    add(index, next.slice(0, EDGE));
    cut(0);
    add(index, next.slice(-EDGE));
  }
  cut(0);
  return chunks;
};

/** Whether a place in a chunk reaches from one of its texts into another. */
export const crosses = ({ borders }: Chunk, start: number, end: number): boolean =>
  borders.some((border) => start < border && end > border + BETWEEN.length);
