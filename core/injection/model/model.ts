/** The model: a head for each channel, and what its log-odds mean. */

import type { View } from '../../text/fold.ts';
import type { Tokens } from '../../text/tokens.ts';
import type { Channel } from '../types.ts';
import type { Head } from './head.ts';
import { type LanguageGroup, languageGroupOf } from './language.ts';
import { estimate } from './linear.ts';

/** Log-odds from which on a text is flagged, and blocked. */
export interface LogitCuts {
  readonly flag: number;
  readonly block: number;
}

/** A head, and its cut points by group of languages. */
export interface ChannelModel {
  readonly head: Head;
  readonly cuts: Readonly<Record<LanguageGroup, LogitCuts>>;
}

/** Models of both channels. */
export type Models = Readonly<Record<Channel, ChannelModel>>;

/** What the model says of a reading of a text. */
export interface Assessment {
  /** 0..1: 0.5 at the flag point, 0.8 at the block point. */
  readonly score: number;
  /** Units of the reading: its strongest window. */
  readonly start: number;
  readonly end: number;
}

/** Where the cut points come to lie on the scale from 0 to 1. */
export const FLAG_SCORE = 0.5;
export const BLOCK_SCORE = 0.8;
const BLOCK_LOGIT = Math.log(BLOCK_SCORE / (1 - BLOCK_SCORE));

/** Log-odds as a score from 0 to 1, by cut points. */
export const scoreOf = (logit: number, { flag, block }: LogitCuts): number =>
  1 / (1 + Math.exp((-BLOCK_LOGIT * (logit - flag)) / (block - flag)));

/** What a model says of one reading of a text. */
export const assess = ({ head, cuts }: ChannelModel, view: View, tokens: Tokens): Assessment => {
  const { logit, first, end } = estimate(head, view, tokens);
  if (end === 0) return { score: 0, start: 0, end: 0 };
  return {
    score: scoreOf(logit, cuts[languageGroupOf(view.units, tokens)]),
    start: tokens.starts[first] as number,
    end: tokens.ends[end - 1] as number,
  };
};
