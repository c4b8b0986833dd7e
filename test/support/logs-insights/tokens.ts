/** Words of a query of CloudWatch Logs Insights. */

/** A word, and what kind it is. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'regex' | 'sign';
  /** A name without its backticks, a text without its quotes, a regular expression without its slashes. */
  readonly text: string;
}

/**
 * In the order in which they are tried. Names have letters, digits, `_`, `.`, `@` and `*`-less paths such as
 * `decisions.0.code`; whatever else a name has in it stands in backticks. Source: CloudWatch Logs user guide, "Supported
 * logs and discovered fields", "CloudWatch Logs Insights language query syntax".
 */
const SHAPES: readonly (readonly [Token['kind'], RegExp])[] = [
  ['name', /`([^`]+)`/y],
  ['number', /(\d+(?:\.\d+)?)(?![\w.])/y],
  ['name', /(@?[A-Za-z_][\w.]*)/y],
  ['text', /"((?:[^"\\]|\\.)*)"/y],
  ['text', /'((?:[^'\\]|\\.)*)'/y],
  ['sign', /(!=|<=|>=|=~|[-+*/%^=<>(),[\]])/y],
  // A duration such as 5m, which `bin` takes.
  ['text', /(\d+(?:ms|s|m|h|d|w))\b/y],
];

/** Where a slash begins a regular expression and does not divide: after what an operand cannot end with. */
const beginsRegex = (before: Token | undefined): boolean =>
  before?.text === '=~' || (before?.kind === 'name' && ['like', 'parse'].includes(before.text.toLowerCase()));

/** Splits the text of one command. @throws SyntaxError of what is no word. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  const regex = /\/((?:[^/\\]|\\.)+)\//y;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1;
      continue;
    }
    const isPattern =
      text[at] === '/' && (beginsRegex(tokens.at(-1)) || (tokens[0]?.text === 'parse' && tokens.length === 2));
    const found = (isPattern ? [['regex', regex] as const] : SHAPES)
      .map(([kind, shape]) => {
        shape.lastIndex = at;
        return { kind, match: shape.exec(text) };
      })
      .find(({ match }) => match !== null);
    if (found?.match == null) throw new SyntaxError(`no word at: ${text.slice(at)}`);
    tokens.push({ kind: found.kind, text: found.match[1] ?? '' });
    at += found.match[0].length;
  }
  return tokens;
};
