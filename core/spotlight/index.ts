/** Spotlighting: a model is shown which text comes from tools and documents, and told what that means. */

import type { ConverseInput } from '../converse/types.ts';
import type { Mac } from '../mac.ts';
import { type MarkerTime, markerCharacter, markerWord } from '../markers.ts';
import { callable, checkOptions, integer, oneOf, text } from '../options.ts';
import { datamarking } from './datamark.ts';
import { delimiting } from './delimit.ts';
import { mapJson } from './json-text.ts';
import { markBlocks } from './mark-blocks.ts';
import { createUnmarker, type Unmarking } from './unmark.ts';

export { epochAt, MARKER_EPOCH_HOURS, type MarkerTime } from '../markers.ts';
export type { Unmarking } from './unmark.ts';

/** How untrusted text is marked: a keyed mark around it, or a keyed character before each of its words. */
export type SpotlightMode = 'delimit' | 'datamark';

/** Options of {@link createSpotlight}. */
export interface SpotlightOptions extends MarkerTime {
  readonly mode: SpotlightMode;
  /** Keyed digest (HMAC-SHA-256, base64url) that the marks derive from. */
  readonly mac: Mac;
}

/** Marks what is sent, and takes the marks out of what comes back. */
export interface Spotlight {
  /** What the system prompt has to say, the same for a tenant through an epoch. Without it the marks say nothing. */
  readonly explanation: string;
  /** A call with its tool results and documents marked. The call itself is not changed. */
  mark<Input extends ConverseInput>(input: Input): Input;
  /** A text of the model, without marks. */
  unmark(text: string): string;
  /** The same of the strings and names in a JSON value, which is returned itself where it has no marks. */
  unmarkJson(value: unknown): unknown;
  /** A text of the model that comes in pieces. Of `datamark` nothing is held back, of `delimit` at most {@link SPOTLIGHT_HOLD}. */
  stream(): Unmarking;
}

/** Most units of a reply that are held back as the beginning of a mark. */
export const SPOTLIGHT_HOLD = 30;

/**
 * Marks of a tenant in an epoch.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * const mac = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
 * const spotlight = createSpotlight({ mode: 'datamark', mac, tenant: 'acme', epoch: epochAt(Date.now(), 24) });
 * await client.send(new ConverseCommand(spotlight.mark({ ...input, system: [{ text: spotlight.explanation }] })));
 */
export const createSpotlight = (options: SpotlightOptions): Spotlight => {
  const checks = { mode: oneOf('delimit', 'datamark'), mac: callable, tenant: text(0), epoch: integer(0) };
  checkOptions('createSpotlight', options, checks);
  const { mode, mac } = options;
  const style =
    mode === 'delimit'
      ? delimiting(markerWord(mac, 'delimit', options))
      : datamarking(markerCharacter(mac, 'datamark', options));
  const { unmark, stream } = createUnmarker(style.marks);
  return {
    explanation: style.explanation,
    mark: (input) => markBlocks(input, style),
    unmark,
    unmarkJson: (value) => mapJson(value, { string: unmark, name: unmark }),
    stream,
  };
};
