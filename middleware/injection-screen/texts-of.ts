/** The texts of a body and whose words they are. */

import type { Channel, Segment } from '../../core/injection/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A turn that the client says the assistant wrote is data: whoever sends the history can have written it. */
const channelWithin = (value: Fields, outer: Channel): Channel =>
  'role' in value && 'content' in value && value['role'] !== 'user' ? 'data' : outer;

/**
 * Every string of a parsed body, names of fields included, in order; the whole text of a body that was not parsed.
 * Iterative: the nesting of a body cannot exhaust the stack.
 */
export const textsOf = (body: unknown): readonly Segment[] => {
  const texts: Segment[] = [];
  const pending: { value: unknown; channel: Channel }[] = [{ value: body, channel: 'user' }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, channel } = next;
    if (typeof value === 'string') texts.push({ channel, text: value });
    else if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) pending.push({ value: value[index], channel });
    } else if (typeof value === 'object' && value !== null) {
      const inner = channelWithin(value as Fields, channel);
      for (const [name, field] of Object.entries(value).reverse())
        pending.push({ value: field, channel: inner }, { value: name, channel: inner });
    }
  }
  return texts;
};
