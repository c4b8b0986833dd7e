/** The texts of a body and whose words they are. */

import type { Channel, Segment } from '../../core/injection/index.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whose words a text may be. Where a body says something unknown, it is read as either's, and the worse counts. */
type Whose = readonly Channel[];
const THE_CALLERS: Whose = ['user'];
const DATA: Whose = ['data'];
const EITHERS: Whose = ['user', 'data'];

/** Who speaks in a conversation beside the user. */
const OTHERS: ReadonlySet<string> = new Set(['assistant', 'developer', 'function', 'model', 'system', 'tool']);

const roleOf = (value: unknown): string | undefined => {
  const role = typeof value === 'object' && value !== null ? (value as Fields)['role'] : undefined;
  return typeof role === 'string' ? role.toLowerCase() : undefined;
};

/**
 * Whose words an object holds. A turn in a list of turns that is said to be the assistant's is data: its client replays
 * it, and can have written it. Elsewhere a role is a word that the caller chose, and moves nothing out of its own words.
 */
const whoseWithin = (value: Fields, outer: Whose, isTurn: boolean): Whose => {
  if (!('role' in value && 'content' in value)) return outer;
  const role = roleOf(value) ?? '';
  if (role === 'user') return outer;
  return isTurn && OTHERS.has(role) ? DATA : EITHERS;
};

/** Fields whose value says of what kind their siblings are, where it is a single word: `"role": "user"`. */
const KINDS: ReadonlySet<string> = new Set(['id', 'kind', 'model', 'object', 'role', 'type']);
const SINGLE_WORD = /^[\w.:/-]{0,64}$/; // user, input_text, msg_01

const isKind = (name: string, value: unknown): boolean =>
  KINDS.has(name) && typeof value === 'string' && SINGLE_WORD.test(value);

/** What is to be walked: a value, or a string that is a name or a kind. */
interface Pending {
  readonly value: unknown;
  readonly whose: Whose;
  readonly isLabel: boolean;
  /** Whether it stands in a list of turns. */
  readonly isTurn: boolean;
}

/**
 * Every string of a parsed body, names of fields included, in order; the whole text of a body that was not parsed.
 * Iterative: the nesting of a body cannot exhaust the stack.
 */
export const textsOf = (body: unknown): readonly Segment[] => {
  const texts: Segment[] = [];
  const pending: Pending[] = [{ value: body, whose: THE_CALLERS, isLabel: false, isTurn: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, whose, isLabel, isTurn } = next;
    if (typeof value === 'string')
      for (const channel of whose) texts.push({ channel, text: value, ...(isLabel && { label: true }) });
    else if (Array.isArray(value)) {
      const areTurns = value.every((item) => roleOf(item) !== undefined);
      for (let index = value.length - 1; index >= 0; index--)
        pending.push({ value: value[index], whose, isLabel: false, isTurn: areTurns });
    } else if (typeof value === 'object' && value !== null) {
      const inner = whoseWithin(value as Fields, whose, isTurn);
      for (const [name, field] of Object.entries(value).reverse())
        pending.push(
          { value: field, whose: inner, isLabel: isKind(name, field), isTurn: false },
          { value: name, whose: inner, isLabel: true, isTurn: false },
        );
    }
  }
  return texts;
};
