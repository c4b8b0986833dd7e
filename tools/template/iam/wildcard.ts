/** Wildcards and variables of policies. Sources: IAM User Guide, "IAM JSON policy elements: Resource", "… Variables". */

/** Context of a request: one value a key, or several where the key has several. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** A pattern in parts: text that has to stand there, and wildcards. */
type Part = { readonly text: string } | { readonly wildcard: '*' | '?' };

/**
 * Whether a text is what a pattern with `*` and `?` says, in linear memory and at most quadratic time: no regular
 * expression, which could run away on many stars.
 */
const matchesParts = (parts: readonly Part[], text: string): boolean => {
  const units: (string | undefined)[] = parts.flatMap((part) =>
    'text' in part ? [...part.text] : [part.wildcard === '*' ? undefined : ''],
  );
  const letters = [...text];
  let [unit, letter, star, resume] = [0, 0, -1, 0];
  while (letter < letters.length) {
    if (unit < units.length && units[unit] === undefined) {
      star = unit++;
      resume = letter;
    } else if (unit < units.length && (units[unit] === '' || units[unit] === letters[letter])) {
      unit++;
      letter++;
    } else if (star >= 0) {
      unit = star + 1;
      letter = ++resume;
    } else return false;
  }
  while (unit < units.length && units[unit] === undefined) unit++;
  return unit === units.length;
};

const wildcards = (text: string): readonly Part[] =>
  text
    .split(/([*?])/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece === '*' || piece === '?' ? { wildcard: piece } : { text: piece }));

const plain = (text: string): readonly Part[] => (text === '' ? [] : [{ text }]);

/** A value of a key, in any case; keys of a request are one text a key here. */
export const contextValue = (context: RequestContext, key: string): string | readonly string[] | undefined => {
  const wanted = key.toLowerCase();
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === wanted);
  return found?.[1];
};

/** `${aws:username}`, with a default `${aws:username, 'nobody'}`, or an escape `${*}`. */
const VARIABLE = /\$\{([^{}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,\s]+)\s*,\s*'([^']*)'\s*$/;

/** Parts of a pattern with its variables filled in; `undefined` where the request has no single value for one. */
const expand = (pattern: string, context: RequestContext, hasWildcards: boolean): readonly Part[] | undefined => {
  const read = hasWildcards ? wildcards : plain;
  const parts: Part[] = [];
  let at = 0;
  for (const match of pattern.matchAll(VARIABLE)) {
    parts.push(...read(pattern.slice(at, match.index)));
    at = match.index + match[0].length;
    const name = match[1] ?? '';
    if (name === '*' || name === '?' || name === '$') {
      parts.push({ text: name });
      continue;
    }
    const [, key = name, fallback] = WITH_DEFAULT.exec(name) ?? [];
    const value = contextValue(context, key.trim()) ?? fallback;
    if (typeof value !== 'string') return undefined;
    // What a caller brings is text, whatever it holds: a star in a user's name is no wildcard.
    parts.push(...plain(value));
  }
  return [...parts, ...read(pattern.slice(at))];
};

/** How a pattern is read. */
export interface PatternOptions {
  readonly context: RequestContext;
  /** Whether `*` and `?` mean any letters. */
  readonly wildcards: boolean;
  /** Whether `${…}` are variables: policies of version 2012-10-17. */
  readonly variables: boolean;
}

const HAS_SIGNS = /[*?$]/;

/** Whether a text is what a pattern of a policy says. */
export const matchesPattern = (pattern: string, text: string, options: PatternOptions): boolean => {
  const plainLength = pattern.search(HAS_SIGNS);
  if (plainLength < 0) return pattern === text;
  if (!text.startsWith(pattern.slice(0, plainLength))) return false;
  if (options.wildcards && plainLength === pattern.length - 1 && pattern.endsWith('*')) return true;
  const read = options.wildcards ? wildcards : plain;
  const parts = options.variables ? expand(pattern, options.context, options.wildcards) : read(pattern);
  return parts !== undefined && matchesParts(parts, text);
};

/**
 * Whether the request has a value for every variable of a pattern. Without one a statement is void: it does not hold for
 * being about everything else. Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export const isResolvable = (pattern: string, { context, variables }: PatternOptions): boolean =>
  !variables || expand(pattern, context, false) !== undefined;

const NO_CONTEXT: PatternOptions = { context: {}, wildcards: true, variables: false };

/** Whether an action is what a pattern says, in any case. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesPattern(pattern.toLowerCase(), action.toLowerCase(), NO_CONTEXT);

/** An ARN in its six parts; the last has the rest, colons and all. */
const partsOfArn = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};

/**
 * Whether an ARN is what a pattern says, part by part: a star in one part does not reach into the next.
 *
 * @throws TypeError of a pattern that is no ARN: where it is negated, it would hold for everything.
 */
export const matchesArn = (pattern: string, arn: string, options: PatternOptions): boolean => {
  const [wanted, given] = [partsOfArn(pattern), partsOfArn(arn)];
  if (wanted.length !== 6) throw new TypeError(`${pattern} is no ARN`);
  return given.length === 6 && wanted.every((part, index) => matchesPattern(part, given[index] ?? '', options));
};
