/** The contract of injection screening. */

import type { Pattern } from './pattern.ts';

/** Whose words a text is: the caller's, or data that a model reads while working for the caller. */
export type Channel = 'user' | 'data';

/** What to do with a text. */
export type Verdict = 'allow' | 'flag' | 'block';

/** The worst verdict that a channel may give: `monitor` finds and reports, and neither refuses nor flags. */
export type Mode = 'block' | 'flag' | 'monitor';

/** What a rule may lead to. What is `off` is not even found. */
export type RuleMode = Mode | 'off';

/** A rule that fired, and where. */
export interface InjectionFinding {
  readonly rule: string;
  /** Offsets in UTF-16 units of the original text; `end` is exclusive. A decoded payload is named as a whole. */
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly score: number;
}

/** A verdict that was found, and not given. */
export interface HeldBack {
  readonly verdict: Exclude<Verdict, 'allow'>;
  /** What held it back: the mode of the channel or of a rule, a digest on the allow-list, or a deep tier. */
  readonly by: 'mode' | 'allow-list' | 'deep-tier';
}

/** The judgement of one text. */
export interface ScreenResult {
  readonly verdict: Verdict;
  /** 0..1: how likely the text tries to change, override, extract or smuggle instructions. */
  readonly score: number;
  readonly findings: readonly InjectionFinding[];
  /** Blocked by a rule that blocks on its own: no sum of hints, no model, no scorer. Only such a block is worth a strike. */
  readonly certain?: true;
  /** The worse verdict that the findings would have led to. */
  readonly heldBack?: HeldBack;
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

/** What a model of your own says of a text: how likely it attacks, 0..1, and where in it (UTF-16 units) if it knows. */
export type ScorerResult = number | { readonly score: number; readonly start: number; readonly end: number };

/** A model of your own. Its score joins the findings of the rules. */
export interface Scorer {
  /** As the findings name it. */
  readonly id: string;
  readonly channels: readonly Channel[];
  /** Synchronous, and the same for the same text: results are remembered. What it throws is a failure of the control. */
  readonly score: (text: string) => ScorerResult;
}

/** A text that passes whatever is found in it. */
export interface AllowedText {
  /** SHA-256 of the UTF-8 bytes of the exact text, in hex. */
  readonly sha256: string;
  /** @default both */
  readonly channel?: Channel;
}
