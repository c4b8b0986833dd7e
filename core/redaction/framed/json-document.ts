/** JSON as a document: its strings and longer numbers are the slots. */

import { leadOf, MIN_DIGITS } from '../redact-json.ts';
import type { Document, Slot } from './document.ts';
import { type JsonText, jsonTexts, laneOf, pathOf } from './json-texts.ts';
import type { Leaf } from './leaf.ts';
import { isMetadata } from './members.ts';

/** Takes the texts of a frame in. */
export interface Intake {
  /** A text that may go on in other frames. */
  continued(text: string, path: string, lane: string, lead: string): Leaf;
  /** A text by itself. */
  alone(text: string, lead: string): Leaf;
  /** JSON within a string, which may as well be a piece of a text that goes on; without a path, it is not. */
  structured(text: string, path: string | undefined, lane: string): Leaf;
  number(digits: string, lead: string): Leaf;
  /** Kinds of frames, by their event, whose data is text. */
  readonly textual: Set<string>;
}

/** JSON within a string within a string …: deeper, it is a text. */
const MAX_INNER = 3;

const CONTAINER = /^\s*[{[]/; // {"a":1}

/**
 * JSON with its texts as slots, or undefined for what is none.
 *
 * @param root The path of the value itself.
 * @param event Tells the texts of different kinds of frames apart.
 * @param inner How many strings it stands in. Who wrote the string chose the names in it: they say nothing then, and are
 * texts themselves.
 */
export const jsonDocument = (
  text: string,
  intake: Intake,
  root: string,
  event: string,
  inner = 0,
): Document | undefined => {
  const texts = jsonTexts(text, root);
  if (texts === undefined) return undefined;

  const innerOf = ({ text: string }: JsonText, path: string): Document | undefined =>
    inner < MAX_INNER && CONTAINER.test(string)
      ? jsonDocument(string, intake, `${path}"`, event, inner + 1)
      : undefined;

  const slotOf = (found: JsonText): Pick<Slot, 'leaf' | 'inner'> | undefined => {
    const lead = leadOf(found.about);
    if (found.kind === 'number')
      return found.text.length < MIN_DIGITS ? undefined : { leaf: intake.number(found.text, lead) };
    if (found.kind === 'key') return inner === 0 ? undefined : { leaf: intake.alone(found.text, '') };
    const path = pathOf(found);
    const lane = inner > 0 ? '' : event + laneOf(found);
    const alone = inner === 0 && isMetadata(found.name);
    const document = innerOf(found, path);
    if (document !== undefined)
      return { leaf: intake.structured(found.text, alone ? undefined : path, lane), inner: document };
    return { leaf: alone ? intake.alone(found.text, lead) : intake.continued(found.text, path, lane, lead) };
  };

  const slots = texts.flatMap((found): Slot[] => {
    const slot = found.text === '' ? undefined : slotOf(found);
    return slot === undefined ? [] : [{ ...slot, start: found.start, end: found.end, write: JSON.stringify }];
  });
  return { text, slots };
};
