/** Raw prompts: one text that a family's template makes of turns, read back into them in one pass. */

import { bodyRefused } from '../fields.ts';

/** Whose a turn is, by its header. */
export type TurnRole = 'system' | 'user' | 'assistant' | 'tool';

/** A turn of a prompt, at its place among what the template puts around it. */
export interface PromptTurn {
  readonly role: TurnRole;
  /** As it stands there, white space around it included. */
  readonly text: string;
}

/** A prompt in parts: what the template wrote, as text, and turns. Put together they are the prompt. */
export interface PromptParts {
  readonly parts: readonly (string | PromptTurn)[];
  /** The part before which instructions go where no turn has any, and how they are written there. */
  readonly instructions: { readonly before: number; readonly write: (text: string) => string };
}

/** One family's template. */
export interface PromptTemplate {
  /** Whether a prompt has marks of this template. */
  isIn(prompt: string): boolean;
  /** @throws BulwarkError `content_not_allowed` for marks where the template has none. */
  parse(prompt: string): PromptParts;
}

/** Most marks of a prompt: a conversation has some hundred. */
const MOST_MARKS = 20_000;

/**
 * White space between marks, as templates write it. It is in no turn, and so in no bound: there may be none but a few
 * tokens of it.
 */
const GAP = /^[ \n]{0,8}$/;

/** Whether nothing stands between two marks. */
export const isGap = (text: string): boolean => GAP.test(text);

/** Marks of a template and what stands between them, by turns: text, mark, text, … , text. */
export const splitAtMarks = (prompt: string, marks: RegExp): readonly string[] => {
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: mark, index } of prompt.matchAll(marks)) {
    if (pieces.length > 2 * MOST_MARKS) throw notTheTemplate();
    pieces.push(prompt.slice(from, index), mark);
    from = index + mark.length;
  }
  pieces.push(prompt.slice(from));
  return pieces;
};

/** The refusal of a prompt that has marks of a template and does not follow it. */
export const notTheTemplate = (): Error => bodyRefused('prompt-template');

/** A prompt without a template: all of it the user's. */
export const plainPrompt = (prompt: string): PromptParts => ({
  parts: [{ role: 'user', text: prompt }],
  instructions: { before: 0, write: (text) => `${text}\n\n` },
});

/** The turns of a prompt, less an empty one at its end: there the model goes on. */
export const turnsOf = ({ parts }: PromptParts): readonly PromptTurn[] => {
  const turns = parts.filter((part) => typeof part !== 'string');
  const last = turns.at(-1);
  return last?.role === 'assistant' && isOpening(last.text) ? turns.slice(0, -1) : turns;
};

/** Nothing, or where a model's template has it begin to think. */
const isOpening = (text: string): boolean => isGap(text.replace('<think>', ''));
