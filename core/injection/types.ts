/** The contract of injection screening. */

import type { Pattern } from './pattern.ts';

/** Whose words a text is: the caller's, or data that a model reads while working for the caller. */
export type Channel = 'user' | 'data';

/** What to do with a text. */
export type Verdict = 'allow' | 'flag' | 'block';

/** A rule that fired, and where. */
export interface InjectionFinding {
  readonly rule: string;
  /** Offsets in UTF-16 units of the original text; `end` is exclusive. A decoded payload is named as a whole. */
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly score: number;
}

/** The judgement of one text. */
export interface ScreenResult {
  readonly verdict: Verdict;
  /** 0..1: how likely the text tries to change, override, extract or smuggle instructions. */
  readonly score: number;
  readonly findings: readonly InjectionFinding[];
}

/** Two cut points of a channel: at `flag` a text deserves a closer look, at `block` it is safe to refuse. */
export interface CutPoints {
  readonly flag: number;
  readonly block: number;
}

/** A rule, as data. */
export interface Rule {
  /** Stable id, `technique-detail`. */
  readonly id: string;
  readonly description: string;
  readonly channels: readonly Channel[];
  /** 0..1: what a match alone says. */
  readonly score: number;
  readonly pattern: Pattern;
  /** Texts that the whole screen must block on the rule's channels … */
  readonly caught: readonly string[];
  /** … and that it must allow. */
  readonly spared: readonly string[];
}
