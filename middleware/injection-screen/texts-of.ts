/** The texts of a body and whose words they are. */

import type { Channel, Segment } from '../../core/injection/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A turn that the client says the assistant wrote is data: whoever sends the history can have written it. */
const channelWithin = (value: Fields, outer: Channel): Channel =>
  'role' in value && 'content' in value && value['role'] !== 'user' ? 'data' : outer;

/** Fields whose value says of what kind their siblings are, where it is a single word: `"role": "user"`. */
const KINDS: ReadonlySet<string> = new Set(['id', 'kind', 'model', 'object', 'role', 'type']);
const SINGLE_WORD = /^[\w.:/-]{0,64}$/; // user, input_text, msg_01

const isKind = (name: string, value: unknown): boolean =>
  KINDS.has(name) && typeof value === 'string' && SINGLE_WORD.test(value);

/** What is to be walked: a value, or a string that is a name or a kind. */
interface Pending {
  readonly value: unknown;
  readonly channel: Channel;
  readonly isLabel: boolean;
}

/**
 * Every string of a parsed body, names of fields included, in order; the whole text of a body that was not parsed.
 * Iterative: the nesting of a body cannot exhaust the stack.
 */
export const textsOf = (body: unknown): readonly Segment[] => {
  const texts: Segment[] = [];
  const pending: Pending[] = [{ value: body, channel: 'user', isLabel: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, channel, isLabel } = next;
    if (typeof value === 'string') texts.push({ channel, text: value, ...(isLabel && { label: true }) });
    else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--)
        pending.push({ value: value[index], channel, isLabel: false });
    } else if (typeof value === 'object' && value !== null) {
      const inner = channelWithin(value as Fields, channel);
      for (const [name, field] of Object.entries(value).reverse())
        pending.push(
          { value: field, channel: inner, isLabel: isKind(name, field) },
          { value: name, channel: inner, isLabel: true },
        );
    }
  }
  return texts;
};
