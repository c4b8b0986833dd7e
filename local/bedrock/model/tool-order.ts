/** Calls of tools: those that a text names, and those that what it asks for is the name of. */

import { type Block, member } from './request.ts';

/** A call to be made. */
export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** `use the tool look_up`, `call the function "wipe-disk"` */
const TOOL_NAMED =
  /(?:use|call|run|invoke|execute|trigger)\s+(?:the\s+|a\s+)?(?:tool|function)\s+(?:named\s+|called\s+)?[`"']?([a-z][\w-]{1,63})/i;
/** `call the look_up tool` */
const NAMED_TOOL =
  /(?:use|call|run|invoke|execute|trigger)\s+(?:the\s+)?[`"']?([a-z][\w-]{1,63})[`"']?\s+(?:tool|function)(?!\p{L})/iu;
/** `call wipe_disk` */
const SNAKE_NAMED = /(?:use|call|run|invoke|execute|trigger)\s+[`"']?([a-z][a-z0-9]{0,30}_\w{1,32})/i;
const NO_NAMES: ReadonlySet<string> = new Set([
  'with',
  'that',
  'this',
  'to',
  'for',
  'is',
  'like',
  'which',
  'and',
  'the',
  'a',
  'in',
  'on',
  'my',
  'your',
]);

const MAX_ARGUMENTS = 4000;

/** Where the object ends that a text starts with, strings minded. */
const endOfObject = (text: string): number | undefined => {
  let depth = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') isString = false;
    } else if (sign === '"') isString = true;
    else if (sign === '{') depth += 1;
    else if (sign === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
};

/** The JSON object that a text starts with. */
const objectAt = (text: string): unknown => {
  try {
    return JSON.parse(text.slice(0, endOfObject(text)));
  } catch {
    return undefined;
  }
};

/** The JSON object that follows within a few words; its quotes are escaped where the text itself stands in JSON. */
const argumentsAfter = (text: string, from: number): unknown => {
  const start = text.indexOf('{', from);
  if (start < 0 || start - from > 60) return undefined;
  const rest = text.slice(start, start + MAX_ARGUMENTS);
  return objectAt(rest) ?? objectAt(rest.replaceAll('\\"', '"'));
};

/** The call that a text orders in so many words, of whatever tool. */
export const callOrder = (text: string): ToolCall | undefined => {
  for (const pattern of [NAMED_TOOL, TOOL_NAMED, SNAKE_NAMED]) {
    const match = pattern.exec(text);
    const name = match?.[1];
    if (match === null || name === undefined || NO_NAMES.has(name.toLowerCase())) continue;
    return { name, input: argumentsAfter(text, match.index + match[0].length) ?? {} };
  }
  return undefined;
};

const GENERIC: ReadonlySet<string> = new Set(['get', 'fetch', 'do', 'run', 'tool', 'api', 'the', 'find', 'by', 'for']);

/** Words of a name that say no more than that something is to be read. */
const READING: ReadonlySet<string> = new Set([
  ...GENERIC,
  'look',
  'up',
  'lookup',
  'read',
  'show',
  'check',
  'list',
  'search',
]);
/** `What is the status of order 17?`, `Where is my order` */
const QUESTION = /\?|^\W*(?:what|where|when|which|who|how|is|are|has|have|did|does|do|can|could)(?!\p{L})/iu;

/** Words of a name: `lookUp_order` is look, up, order. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])|[_-]+/g, ' ')
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');

const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?!\w|\.\d)/g;
const QUOTED = /["“]([^"”\n]{1,200})["”]/; // "Ada"
const IDENTIFIER = /(?<![\p{L}\p{N}])(?=[\p{L}-]{0,40}\d)[\p{L}\p{N}][\p{L}\p{N}_-]{0,60}/u; // order-17
const AFTER_PREPOSITION = /\b(?:in|for|of|about|at|to|from)\s+([^?.!,\n]{1,100})/i; // in Paris

/** Arguments that a text seems to give, by the properties of the tool's schema. */
const guessedInput = (text: string, spec: Block): Readonly<Record<string, unknown>> => {
  const properties = member(member(member(spec, 'inputSchema'), 'json'), 'properties');
  const numbers = [...text.matchAll(NUMBER)].map(([number]) => number);
  const texts = [QUOTED.exec(text)?.[1], IDENTIFIER.exec(text)?.[0], AFTER_PREPOSITION.exec(text)?.[1]];
  const guess = (schema: Block): unknown => {
    if (Array.isArray(schema['enum'])) return schema['enum'].find((value) => text.includes(String(value)));
    if (schema['type'] === 'number' || schema['type'] === 'integer') {
      const number = numbers.shift();
      return number === undefined ? undefined : Number(number);
    }
    if (schema['type'] === 'boolean') return true;
    return texts.find((found) => found !== undefined)?.trim();
  };
  return Object.fromEntries(
    Object.entries(properties)
      .map(([name, schema]): [string, unknown] => [name, guess(schema as Block)])
      .filter(([, value]) => value !== undefined),
  );
};

/**
 * The offered tool whose name says what the text asks for: "look up order 17" is `look_up_order`, and so is "where is
 * order 17?" when no other tool is meant by all words of its name.
 */
export const matchingCall = (text: string, tools: readonly Block[]): ToolCall | undefined => {
  const said = new Set(text.toLowerCase().match(/\p{L}+/gu) ?? []);
  const isMeant = (spec: Block, idle: ReadonlySet<string>): boolean => {
    const words = wordsOf(String(spec['name']));
    const telling = words.filter((word) => !idle.has(word));
    return (telling.length > 0 ? telling : words).every((word) => said.has(word));
  };
  const spec =
    tools.find((tool) => isMeant(tool, GENERIC)) ??
    (QUESTION.test(text) ? tools.find((tool) => isMeant(tool, READING)) : undefined);
  return spec === undefined ? undefined : { name: String(spec['name']), input: guessedInput(text, spec) };
};

/** Arguments for a call that was ordered by name only. */
export const withGuessedInput = (call: ToolCall, text: string, tools: readonly Block[]): ToolCall => {
  const spec = tools.find(({ name }) => name === call.name);
  const isGiven = Object.keys(call.input as object).length > 0;
  return isGiven || spec === undefined ? call : { name: call.name, input: guessedInput(text, spec) };
};
