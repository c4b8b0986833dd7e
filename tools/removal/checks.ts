/** The checks of a source: each place where it refuses something. */

import { failed, held, leftOut, notCalled, type Switch, type Switched } from './switches.ts';
import { isNode, type Node, nameOf, nodesIn, operandsOf, type Placed, parsed } from './syntax.ts';

/** A place where a source refuses. */
export interface Check extends Switched {
  readonly line: number;
  /** The first line of it. */
  readonly text: string;
  /** The function that it stands in, as far as it has a name. */
  readonly within: string;
}

/** Functions that judge by `true` and `false`, and refuse by the latter. */
const JUDGES = /^(?:is|are)[A-Z]|^(?:matches|namesOnlyHosts|offersOnly|callsOnly|resultsFit|admitsTool)$/;

/** Functions that say `false` where nothing more is to be done: no attempt is made, nothing is taken or charged. */
const ENDS = /^(?:goesOn|take|close|end|useUp\w*)$/;

/** Those among them that tell of what is there: to say `false` is to let it pass. */
const TELLS = /^is(?:Ipv6|In|Media|Opaque|FromData|Host)$/;

/** Those of which each condition is a check of its own: they say what is admitted, sent or called. */
const ADMITS =
  /^core\/converse\/|^aws\/bedrock\/(?:sealed-request|own-reasoning|tools\/)|^core\/tools\/(?:addresses|results|definition|index)\.ts$/;

/** Functions that refuse by `undefined`. */
const READERS = /^(?:routeOf|argumentsText|openApproval|fieldsIn)$/;

/**
 * Conditions that tell types apart, so that the next line can be written: without one nothing passes that passed before, it
 * fails there. The statement behind them is a check like any other.
 */
const NARROWS =
  /^(?:typeof \w+ !== '\w+'|[\w.?]+ === (?:undefined|null)|[\w.?]+ !== undefined|!is(?:Fields|MediaKind|Object)\(\w+\))$/;

const isJudge = (name: string): boolean => JUDGES.test(name) && !TELLS.test(name);

/** Functions whose words say what something is, and not what is wrong with it. */
const NAMES = /(?:Encoding|Kind)$/;

const isUndefined = (node: unknown): boolean => nameOf(node) === 'undefined';

const isReason = (node: unknown): boolean =>
  isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string';

const isFalse = (node: unknown): boolean => isNode(node) && node.type === 'Literal' && node['value'] === false;

/** `{ code: …, reason: … }` */
const isRefusal = (node: unknown): boolean => {
  if (!isNode(node) || node.type !== 'ObjectExpression') return false;
  const names = (node['properties'] as readonly Node[]).map(({ key }) => nameOf(key));
  return names.includes('code') && names.includes('reason');
};

/** Statements that refuse: `throw …`, `return 'reason'`, `return { code, reason }`, and where a function judges, or reads, `return false` and `return undefined`. */
const isRefusing = (node: unknown, within: string): boolean => {
  if (!isNode(node)) return false;
  if (node.type === 'ThrowStatement') return true;
  if (node.type !== 'ReturnStatement') return false;
  const { argument } = node;
  if (isFalse(argument)) return isJudge(within) || ENDS.test(within);
  if (isUndefined(argument)) return READERS.test(within);
  return (isReason(argument) && !NAMES.test(within)) || isRefusal(argument);
};

/** `checked(scope, …)`, `assertOpen()` */
const isCheckCall = (node: Node): boolean =>
  node.type === 'CallExpression' && /^(?:checked(?:Async)?|assert[A-Z]\w*)$/.test(nameOf(node['callee']));

/** Ways to write one more condition under which something is refused: `if (a || b) throw …` has two. */
const reasonsToRefuse = ({ node, within }: Placed, isLeft: (statement: Node) => boolean): readonly Node[] => {
  if (node.type !== 'IfStatement') return [];
  const { test, consequent } = node as unknown as Record<'test' | 'consequent', Node>;
  const last = consequent.type === 'BlockStatement' ? (consequent['body'] as readonly Node[]).at(-1) : consequent;
  const conditions = last !== undefined && isRefusing(last, within) && !isLeft(last) ? operandsOf(test, '||') : [];
  // One alone is the statement that it stands before.
  return conditions.length > 1 ? conditions : [];
};

/** What a function that judges gives, as far as `node` says it: each condition of it. */
const conditionsToPass = ({ node, within, owner }: Placed): readonly Node[] => {
  if (!isJudge(within)) return [];
  if (node.type === 'ReturnStatement' && isNode(node['argument']) && node['argument'].type !== 'Literal')
    return operandsOf(node['argument'], '&&');
  const isBody = owner?.type === 'ArrowFunctionExpression' && owner['body'] === node && node.type !== 'BlockStatement';
  return isBody ? operandsOf(node, '&&') : [];
};

/** The conditions of `a || b ? 'reason' : undefined`, and what else says so. */
const choices = ({ node, within, owner }: Placed): readonly (readonly [Node, Switch])[] => {
  if (node.type !== 'ConditionalExpression' || owner?.type === 'Property' || NAMES.test(within)) return [];
  const { test, consequent, alternate } = node as unknown as Record<'test' | 'consequent' | 'alternate', Node>;
  const isRead = READERS.test(within);
  const refused = isUndefined(alternate) ? isReason(consequent) : isRead && isUndefined(consequent);
  const passed = isUndefined(consequent) ? isReason(alternate) : isRead && isUndefined(alternate);
  if (refused) return operandsOf(test, '||').map((condition) => [condition, failed(condition)]);
  return passed ? operandsOf(test, '&&').map((condition) => [condition, held(condition)]) : [];
};

/** Where a `catch` throws again what it caught: what was refused there was refused before. */
const rethrownIn = (nodes: readonly Placed[]): ReadonlySet<number> =>
  new Set(
    nodes.flatMap(({ node }) => {
      if (node.type !== 'CatchClause') return [];
      const caught = nameOf(node['param']);
      return nodesIn(node['body'])
        .filter(
          (inner) => inner.node.type === 'ThrowStatement' && caught !== '' && nameOf(inner.node['argument']) === caught,
        )
        .map((inner) => inner.node.start);
    }),
  );

/** The blocks of `catch`. */
const caughtIn = (nodes: readonly Placed[]): readonly Node[] =>
  nodes.flatMap(({ node }) => (node.type === 'CatchClause' ? [node['body'] as Node] : []));

/**
 * The checks of a source in TypeScript.
 *
 * @param isSpared Whether a check is left out, by the function that it stands in and its first line; the conditions under
 * which it refuses are then left out, too.
 * @throws Error where the source cannot be parsed.
 */
export const checksOf = (
  file: string,
  source: string,
  isSpared: (within: string, text: string) => boolean = () => false,
): readonly Check[] => {
  const nodes = parsed(file, source);
  const rethrown = rethrownIn(nodes);
  const caught = caughtIn(nodes);
  const statement = ({ node, within }: Placed): readonly (readonly [Node, Switch])[] => {
    if (!isRefusing(node, within) || rethrown.has(node.start)) return [];
    const isCaught = caught.some(({ start, end }) => start < node.start && node.end < end);
    // Behind what a `catch` gives nothing comes: without it the function says nothing, which is as good as `false`.
    if (isCaught && isUndefined(node['argument'])) return [];
    const turned = isCaught && isFalse(node['argument']) ? (node['argument'] as Node) : undefined;
    return [turned === undefined ? [node, leftOut(node)] : [turned, held(turned)]];
  };
  const textOf = ({ start, end }: Node): string => source.slice(start, end);
  return nodes.flatMap((placed): readonly Check[] => {
    const { node, within } = placed;
    const firstLine = (of: Node): string => textOf(of).split('\n')[0] ?? '';
    const isLeft = (refusing: Node): boolean => rethrown.has(refusing.start) || isSpared(within, firstLine(refusing));
    const conditions = ADMITS.test(file) ? conditionsToPass(placed) : [];
    const found: readonly (readonly [Node, Switch])[] = [
      ...statement(placed),
      ...(isCheckCall(node) ? [[node, notCalled(node)] as const] : []),
      ...choices(placed),
      ...reasonsToRefuse(placed, isLeft).map((condition) => [condition, failed(condition)] as const),
      ...conditions.map((condition) => [condition, held(condition)] as const),
    ];
    return found
      .filter(([of]) => !NARROWS.test(textOf(of)) && !isSpared(within, firstLine(of)))
      .map(([of, switched]) => {
        const { start, end } = of;
        const line = source.slice(0, start).split('\n').length;
        return { start, end, line, text: firstLine(of), within, switched };
      });
  });
};
