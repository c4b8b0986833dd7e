/** The shape of a head of the model. */

/** One head of the model: the weights for one channel, and how they are read. */
export interface Head {
  /** One weight for each bucket; their number is a power of two. */
  readonly weights: Int8Array;
  /** What a weight of 1 stands for. */
  readonly scale: number;
  readonly bias: number;
  /** What the strongest part of a text is looked for among: windows that overlap by half, or sentences and pairs of them. */
  readonly parts: 'windows' | 'sentences';
  /** Features that say as much as all those of a part that has none: the more, the less is made of short parts. */
  readonly prior: number;
  /** Words of a window; most words of a sentence, beyond which it counts as several. */
  readonly window: number;
  /** Share of the whole text in the score; the rest is its strongest window's. */
  readonly whole: number;
}
