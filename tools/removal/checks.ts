/** The checks of a source: each place where it refuses something, and how the source reads without it. */

import { parseSync } from 'vite';

/** A place where a source refuses. */
export interface Check {
  /** Offsets in UTF-16 units of what is switched off. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** The first line of it. */
  readonly text: string;
  /** What stands in its place, so that it is off while `isOff` holds, an expression. */
  readonly switched: (isOff: string) => string;
}

/** A node of the syntax tree, as far as it is looked at. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const isUndefined = (node: unknown): boolean =>
  isNode(node) && node.type === 'Identifier' && node['name'] === 'undefined';

const isReason = (node: unknown): boolean =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string';

const isFalse = (node: unknown): boolean => isNode(node) && node.type === 'Literal' && node['value'] === false;

/** `checked(scope, …)`, whose result nobody uses. */
const isCheckCall = (expression: unknown): boolean => {
  const call = isNode(expression) && expression.type === 'AwaitExpression' ? expression['argument'] : expression;
  const callee = isNode(call) && call.type === 'CallExpression' ? call['callee'] : undefined;
  return isNode(callee) && /^(?:checked(?:Async)?|assert[A-Z]\w*)$/.test(String(callee['name']));
};

/** Statements that refuse: `throw …`, `return 'reason'`, `return false`, `checked(scope, …)`, `assertOpen()`. */
const isRefusing = (node: Node): boolean => {
  if (node.type === 'ThrowStatement') return true;
  if (node.type === 'ReturnStatement') return isReason(node['argument']) || isFalse(node['argument']);
  return node.type === 'ExpressionStatement' && isCheckCall(node['expression']);
};

function* nodesIn(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesIn(item);
  else if (isNode(value)) {
    yield value;
    for (const field of Object.values(value)) if (typeof field === 'object') yield* nodesIn(field);
  }
}

/** Where a `catch` throws again what it caught: what was refused there was refused before. */
const rethrownIn = (nodes: readonly Node[]): ReadonlySet<number> => {
  const starts = new Set<number>();
  for (const node of nodes) {
    if (node.type !== 'CatchClause') continue;
    const caught = (node['param'] as { name?: string } | null)?.name;
    for (const inner of nodesIn(node['body']))
      if (inner.type === 'ThrowStatement' && (inner['argument'] as { name?: string }).name === caught)
        starts.add(inner.start);
  }
  return starts;
};

/**
 * The checks of a source in TypeScript.
 *
 * @throws Error where the source cannot be parsed.
 */
export const checksOf = (file: string, source: string): readonly Check[] => {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const nodes = [...nodesIn(program)];
  const rethrown = rethrownIn(nodes);
  return nodes.flatMap((node): readonly Check[] => {
    const { start, end } = node;
    const text = source.slice(start, end);
    const place = { start, end, line: source.slice(0, start).split('\n').length, text: text.split('\n')[0] ?? '' };
    if (isRefusing(node) && !rethrown.has(start))
      return [{ ...place, switched: (isOff) => `if (!(${isOff})) ${text}` }];
    if (node.type !== 'ConditionalExpression') return [];
    const { test, consequent, alternate } = node as unknown as Record<'test' | 'consequent' | 'alternate', Node>;
    const condition = source.slice(test.start, test.end);
    const rest = source.slice(test.end, end);
    if (isReason(consequent) && isUndefined(alternate))
      return [{ ...place, switched: (isOff) => `!(${isOff}) && (${condition})${rest}` }];
    if (isUndefined(consequent) && isReason(alternate))
      return [{ ...place, switched: (isOff) => `(${isOff}) || (${condition})${rest}` }];
    return [];
  });
};

/** A source whose checks can each be switched off: `isOff` makes the expression for the check of a number. */
export const switchable = (source: string, checks: readonly Check[], isOff: (number: number) => string): string => {
  let written = source;
  // From the end: what stands before keeps its place. A check within another one is switched with it.
  const ordered = [...checks.entries()].sort(([, a], [, b]) => b.start - a.start);
  let border = Number.POSITIVE_INFINITY;
  for (const [number, { start, end, switched }] of ordered) {
    if (end > border) continue;
    written = written.slice(0, start) + switched(isOff(number)) + written.slice(end);
    border = start;
  }
  return written;
};
