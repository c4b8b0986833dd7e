/** Pseudonyms: the model reads stand-ins for private values, and whoever sent the values gets them back. */

import type { ConverseInput } from '../converse/types.ts';
import type { Mac } from '../mac.ts';
import type { MarkerTime } from '../markers.ts';
import { callable, checkOptions, integer, object, text } from '../options.ts';
import type { Redactor } from '../redaction/index.ts';
import { mapCallTexts, seeCallTexts } from './call-texts.ts';
import { type Replacing, replacedJson, replacedText } from './replace.ts';
import { restoredArguments, restoredText } from './restored.ts';
import { codesOf } from './stand-in.ts';
import type { StandInTable } from './table.ts';

export { PSEUDONYM_CHECKS, type PseudonymOptions, pseudonymizerOf } from './policy-options.ts';
export { restoredText } from './restored.ts';
export { createRestorer } from './restorer.ts';
export { sparingStandIns } from './sparing.ts';
export { createStandInTable, MAX_STAND_INS, type StandInTable } from './table.ts';

/** Options of {@link createPseudonyms}. */
export interface PseudonymsOptions extends MarkerTime {
  /** Keyed digest (HMAC-SHA-256, base64url) that the stand-ins derive from. */
  readonly mac: Mac;
  /** Finds the values that are replaced. */
  readonly redactor: Redactor;
  /** Keeps what stands for what. One for each request: whoever has the table gets the values. */
  readonly table: StandInTable;
}

/** Replaces what is sent, and restores what comes back. */
export interface Pseudonyms {
  /** What the system prompt has to say of stand-ins, always the same. */
  readonly instruction: string;
  /** A call with stand-ins in the place of private values. The call itself is not changed. */
  replace<Input extends ConverseInput>(input: Input): Input;
  /** The stand-in of one value: the same for a tenant through an epoch, unless a text of the request has it already. */
  standIn(entity: string, value: string): string;
  /** A text with the values of this request's stand-ins. Of JSON, strings stay strings. */
  restore(text: string): string;
  /** The same for arguments of tools: strings and names in a JSON value, which is itself where it has no stand-ins. */
  restoreJson(value: unknown): unknown;
}

const INSTRUCTION =
  'Private values are replaced in this conversation by words of an underscore and ten letters behind the name of their kind, such as EMAIL_ADDRESS for an e-mail address. ' +
  'Take each such word for the value itself, and where you need the value, write the word exactly as it is, letter by letter, in tool calls too. The same word is always the same value. Never make up such a word.';

/**
 * Pseudonyms of one request.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * const mac = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
 * const pseudonyms = createPseudonyms({
 *   mac, tenant: 'acme', epoch: epochAt(Date.now(), 24), redactor: createRedactor(), table: createStandInTable(),
 * });
 * const sent = pseudonyms.replace({ messages: [{ role: 'user', content: [{ text: 'Write to ada@example.com' }] }] });
 * pseudonyms.restore(reply); // the model's `EMAIL_ADDRESS_…` is the address again
 */
export const createPseudonyms = (options: PseudonymsOptions): Pseudonyms => {
  const checks = { mac: callable, tenant: text(0), epoch: integer(0), redactor: object, table: object };
  checkOptions('createPseudonyms', options, checks);
  const { mac, redactor, table } = options;
  const standIn = (entity: string, value: string): string => {
    const named = { entity, value };
    return table.nameOf(named, () => codesOf(mac, options, named));
  };
  const restore = (said: string): string => restoredText(table, said);
  const replacing: Replacing = { redactor, standIn, isStandIn: table.has, restore };
  return {
    instruction: INSTRUCTION,
    replace(input) {
      // Before any value gets a stand-in: what a caller or a document wrote must not become one.
      seeCallTexts(input, table.keepClearOf);
      return mapCallTexts(input, {
        text: (said) => replacedText(replacing, said),
        json: (value) => replacedJson(replacing, value),
      });
    },
    standIn,
    restore,
    restoreJson: (value) => restoredArguments(table, value),
  };
};
