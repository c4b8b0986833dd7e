/** Calls of tools that the model must not make, or not so. */

import type { ClientRules } from '../../../../../aws/bedrock/index.ts';
import { createScope, type InvocationScope } from '../../../../../aws/invocation-scope.ts';
import type { ToolRules } from '../../../../../core/tools/policy.ts';
import { streamedReply } from '../../../../support/bedrock.ts';
import { type AskedTool, pieces, specs, wholeReply } from '../../../../support/tool-calls.ts';
import { client, converse, converseStream, type Probe, refusal, scope } from './probe.ts';

const probe = (name: string, attempt: Probe['attempt']): Probe => ({ name, attempt });
/** Rules of the one tool. */
export const rulesOf = (rules: ToolRules = {}): ClientRules => ({ tools: { find: { effect: 'read', ...rules } } });

interface Called {
  readonly rules?: ToolRules;
  readonly input?: object;
  readonly code?: string;
  readonly within?: () => InvocationScope;
}

/** The model's calls, whole and in a stream. */
export const called = (
  name: string,
  calls: readonly AskedTool[],
  reason: string | undefined,
  { rules, input = { toolConfig: specs('find') }, code = 'tool_not_allowed', within = scope }: Called = {},
): readonly Probe[] => [
  probe(name, (guard) => {
    const { bedrock } = client(guard, rulesOf(rules), () => wholeReply(calls));
    return refusal(() => converse(bedrock, input, within()), code, reason);
  }),
  probe(`${name}, in a stream`, (guard) => {
    const { bedrock } = client(guard, rulesOf(rules), () => streamedReply(pieces(calls)));
    return refusal(() => converseStream(bedrock, input, within()), code, reason);
  }),
];

/** The model's call with an argument, in one piece. */
const argued = (name: string, input: unknown, reason: string, rules: ToolRules = {}): Probe =>
  called(name, [{ name: 'find', input }], reason, { rules })[0] as Probe;

const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** A schema that admits whatever is called `pear`, or that never says a word. */
const schemaOf = (validate: (value: unknown) => unknown): ToolRules => ({
  input: { '~standard': { version: 1, vendor: 'test', validate } } as never,
});
const pearsOnly = schemaOf((value) =>
  (value as { kind?: string }).kind === 'pear' ? { value } : { issues: [{ message: 'no pear' }] },
);

const filling = schemaOf((value) => ({ value: { ...(value as object), all: true } }));
const faulty = schemaOf((value) => ({ value, issues: [{ message: 'no pear' }] }));

const CALLED: readonly Probe[] = [
  ...called('a call of a tool where none is offered', [{ name: 'wipe', input: {} }], 'called', { input: {} }),
  ...called(
    'more calls than a request has',
    [
      { name: 'find', input: {} },
      { name: 'find', input: {} },
    ],
    'calls',
    { rules: { maxCalls: 1 } },
  ),
  ...called('arguments that the schema does not admit', [{ name: 'find', input: { kind: 'all' } }], 'arguments', {
    rules: pearsOnly,
  }),
  ...called(
    'arguments of which one name comes twice',
    [{ name: 'find', input: [], json: '{"a":1,"a":2}' }],
    'arguments',
  ),
  ...called('a schema that never says a word', [{ name: 'find', input: {} }], undefined, {
    code: 'upstream_timeout',
    rules: schemaOf(() => new Promise(() => {})),
    within: () => createScope({ requestId: 'probe', deadline: Date.now() + 40 }),
  }),
  ...called('a call that cannot be undone', [{ name: 'find', input: {} }], 'approval', {
    code: 'tool_approval_required',
    rules: { effect: 'irreversible' },
  }),
  argued('arguments that nest deeper than any', nested(70), 'arguments'),
  argued('arguments that are too long', { a: 'x'.repeat(70_000) }, 'arguments'),
  ...called(
    'arguments that become a prototype',
    [{ name: 'find', input: {}, json: '{"a":{"__proto__":{"b":1}}}' }],
    'arguments',
  ).slice(1),
  argued('arguments that the schema fills', { kind: 'pear' }, 'arguments', filling),
  argued('arguments that the schema finds fault with, and gives back', { kind: 'pear' }, 'arguments', faulty),
  argued('a number of more digits than any', { a: rawJSON(`1.${'1'.repeat(150)}`) }, 'arguments'),
];

const evil = 'evil.test';

/** By the sign that tells an address. */
const ADDRESSES: readonly Probe[] = [
  ['a host that is not listed', `https://${evil}/a`],
  ['a scheme that is not of the web', `s3://example.com/a`],
  ['a user before a host that is listed', 'https://user@example.com/'],
  ['a host that is listed, with a sign for a sign', 'https://example%2ecom/'],
  ['a port that is none', 'https://example.com:99999/'],
  ['a host that cannot be read', 'https://[::1/'],
  ['an address without a scheme', `//${evil}/a`],
  ['an address by its first word', `www.${evil}`],
  ['a host by its path', `${evil}/a`],
  ['an address in numbers', '10.0.0.1'],
  ['an address of IPv6', '::1'],
  ['a script for an address', 'javascript:alert(1)'],
  ['an address over two lines', `/\n/${evil}/`],
  ['a scheme over two lines', `ht\ntps://${evil}/`],
  ['a host of one word, its scheme over two lines', 'http\ns:intranet/'],
  ['a script over two lines', 'java\nscript:alert(1)'],
  ['a share of a host that is listed', '\\\\example.com/x'],
].map(([name = '', to]) => argued(name, { to }, 'host', { hosts: ['example.com'] }));

/** By what is wrong with them. */
export const CALLS: readonly Probe[] = [...CALLED, ...ADDRESSES];
