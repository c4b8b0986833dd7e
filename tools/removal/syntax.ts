/** A source in TypeScript as a tree, as far as checks are looked for in it. */

import { parseSync } from 'vite';

/** A node of the syntax tree. Offsets are UTF-16 units. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A node, the name of the function that it stands in, and the node right above it. */
export interface Placed {
  readonly node: Node;
  readonly within: string;
  readonly owner: Node | undefined;
}

/** Whether a field of a node is a node. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** The name of an identifier; `''` for whatever else. */
export const nameOf = (node: unknown): string => (isNode(node) ? String(node['name'] ?? '') : '');

const FUNCTIONS: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'FunctionDeclaration',
]);
const NAMED: ReadonlySet<string> = new Set(['VariableDeclarator', 'FunctionDeclaration', 'Property']);

/** Whether a node gives its name to what stands in it: a function, or what a function is called in. */
const isNaming = (node: Node): boolean =>
  NAMED.has(node.type) && (isNode(node['init']) || isNode(node['value']) || FUNCTIONS.has(node.type));

function* nodesBelow(value: unknown, within: string, owner: Node | undefined): Generator<Placed> {
  if (Array.isArray(value)) for (const item of value) yield* nodesBelow(item, within, owner);
  else if (isNode(value)) {
    yield { node: value, within, owner };
    const own = isNaming(value) ? nameOf(isNode(value['id']) ? value['id'] : value['key']) : '';
    for (const field of Object.values(value))
      if (typeof field === 'object') yield* nodesBelow(field, own === '' ? within : own, value);
  }
}

/** Every node at or below `value`, from above. */
export const nodesIn = (value: unknown): readonly Placed[] => [...nodesBelow(value, '', undefined)];

/** `a`, `b` and `c` of `a && b && c`, or with another sign. */
export const operandsOf = (node: Node, sign: '&&' | '||'): readonly Node[] => {
  const { left, right, operator, expression } = node as unknown as Record<'left' | 'right' | 'expression', Node> & {
    operator?: string;
  };
  if (node.type === 'ParenthesizedExpression') return operandsOf(expression, sign);
  if (node.type === 'LogicalExpression' && operator === sign)
    return [...operandsOf(left, sign), ...operandsOf(right, sign)];
  return [node];
};

/**
 * The nodes of a source.
 *
 * @throws Error where it cannot be parsed.
 */
export const parsed = (file: string, source: string): readonly Placed[] => {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return nodesIn(program);
};
