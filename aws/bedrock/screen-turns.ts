/** Screening of what a call carries to the model, by who wrote it. */

import type { ConverseMessage } from '../../core/converse/types.ts';
import { segmentsOf } from '../../core/injection/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { type ScreenRules, screenTexts } from './screen-texts.ts';

/**
 * Screens every turn that was not screened before in this invocation, and what turns say when they are read on. Where
 * the caller's own words were screened at the door, what is new in a turn of the user is the handler's: its template, or
 * a document that it put there.
 *
 * @returns A promise only where the deep tier is asked, or a refusal waits.
 * @throws BulwarkError `prompt_rejected`; what the screen throws.
 */
export const screenTurns = (
  scope: InvocationScope,
  rules: ScreenRules,
  messages: readonly ConverseMessage[],
): void | Promise<void> => screenTexts(scope, rules, segmentsOf(messages), !scope.screenedAtDoor);
