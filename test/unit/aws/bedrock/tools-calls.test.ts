import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { ClientRules } from '../../../../aws/bedrock/index.ts';
import type { ToolRules } from '../../../../core/tools/policy.ts';
import { type AskedTool, type Outcome, type ToolClient, toolClient } from '../../../support/tool-calls.ts';

const rulesOf = (tools: Readonly<Record<string, ToolRules>>): ClientRules => ({ tools });
const read = (rules: ToolRules = {}): ToolRules => ({ effect: 'read', ...rules });
const refusal = (reason: string) => expect.objectContaining({ code: 'tool_not_allowed', reason });

/** Both ways in which a reply comes. */
const WAYS: readonly (readonly [string, (client: ToolClient, more?: object) => Promise<Outcome>])[] = [
  ['in one piece', (client, more) => client.whole(more)],
  ['in events', (client, more) => client.streamed(more)],
];

describe.each(WAYS)('tool calls of a reply that comes %s', (_, ask) => {
  const outcome = (rules: ToolRules, ...calls: readonly (AskedTool | AskedTool['input'])[]) =>
    ask(
      toolClient(
        rulesOf({ find: rules }),
        calls.map((call) =>
          typeof (call as AskedTool).name === 'string' ? (call as AskedTool) : { name: 'find', input: call },
        ),
      ),
    );

  test('reach the handler unaltered', async () => {
    const input = { b: [1, { z: 'Ä', a: null }], a: 'x' };
    expect(await outcome(read(), input)).toMatchObject({ inputs: [input], error: undefined });
    expect(await outcome(read(), {})).toMatchObject({ inputs: [{}], error: undefined });
  });

  test('are held against the schema of their tool', async () => {
    const schema = v.object({ id: v.string() });
    expect(await outcome(read({ input: schema }), { id: 'A-4711' })).toMatchObject({ error: undefined });
    expect(await outcome(read({ input: schema }), { id: 4711 })).toMatchObject({
      inputs: [],
      error: refusal('arguments'),
    });
  });

  test.each<readonly [string, ToolRules['input'], object]>([
    ['an unknown key is left out', v.object({ id: v.string() }), { id: 'a', admin: true }],
    ['a default is filled in', v.object({ id: v.string(), n: v.optional(v.number(), 1) }), { id: 'a' }],
    ['a text becomes a number', v.object({ id: v.pipe(v.string(), v.transform(Number)) }), { id: '1' }],
    [
      'a text becomes a date',
      v.object({
        id: v.pipe(
          v.string(),
          v.transform((text) => new Date(text)),
        ),
      }),
      { id: '2020' },
    ],
  ])('are refused where the schema alters them: %s', async (_what, schema, input) => {
    expect(await outcome(read(schema && { input: schema }), input)).toMatchObject({
      inputs: [],
      error: refusal('arguments'),
    });
  });

  test('wait for a schema that takes its time', async () => {
    const slow = v.objectAsync({
      id: v.pipeAsync(
        v.string(),
        v.checkAsync(async (id) => id === 'a'),
      ),
    });
    expect(await outcome(read({ input: slow }), { id: 'a' })).toMatchObject({ error: undefined });
    expect(await outcome(read({ input: slow }), { id: 'b' })).toMatchObject({
      inputs: [],
      error: refusal('arguments'),
    });
  });

  test('are out of reach of what a schema does to them', async () => {
    const validate = (value: unknown) => {
      (value as { id: string }).id = 'b';
      return { value: { id: 'a' } };
    };
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    expect(await outcome(read({ input: schema }), { id: 'a' })).toMatchObject({ inputs: [{ id: 'a' }] });
  });

  test('fail closed, without a word of theirs, where a schema throws', async () => {
    const validate = (value: unknown) => {
      throw new Error(`no ${JSON.stringify(value)}`);
    };
    const schema = { '~standard': { version: 1 as const, vendor: 'test', validate } };
    const { inputs, error } = await outcome(read({ input: schema }), { id: 'pear' });
    expect(inputs).toEqual([]);
    expect(error).toMatchObject({ code: 'control_unavailable' });
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('pear');
  });

  test.each<readonly [string, AskedTool]>([
    ['a list', { name: 'find', input: [1] }],
    ['more than 64 levels', { name: 'find', input: JSON.parse(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`) }],
    ['65,536 units', { name: 'find', input: { a: 'b'.repeat(66_000) } }],
  ])('are no more than arguments: %s', async (_what, call) => {
    expect(await outcome(read(), call)).toMatchObject({ inputs: [], error: refusal('arguments') });
  });

  test('are counted in a request', async () => {
    const client = toolClient(rulesOf({ find: read({ maxCalls: 3 }) }), [
      { name: 'find', input: { a: 1 } },
      { name: 'find', input: { a: 2 } },
    ]);
    expect(await ask(client)).toMatchObject({ error: undefined });
    expect(await ask(client)).toMatchObject({ inputs: [], error: refusal('calls') });
    const other = toolClient(rulesOf({ find: read({ maxCalls: 3 }) }), [{ name: 'find', input: {} }]);
    expect(await ask(other)).toMatchObject({ error: undefined });
  });

  test('name hosts of the list only, in names of fields too', async () => {
    const hosts = ['example.com'];
    expect(await outcome(read({ hosts }), { url: 'https://example.com/a' })).toMatchObject({ error: undefined });
    expect(await outcome(read({ hosts }), { url: 'https://evil.test/a' })).toMatchObject({
      inputs: [],
      error: refusal('host'),
    });
    expect(await outcome(read(), { '//evil.test': 1 })).toMatchObject({ inputs: [], error: refusal('host') });
  });

  test('are all refused where one of them is', async () => {
    const calls = [
      { name: 'find', input: { a: 1 } },
      { name: 'find', input: { url: 'https://evil.test' } },
    ];
    expect(await outcome(read(), ...calls)).toMatchObject({ inputs: [], error: refusal('host') });
  });

  test('count as denied once', async () => {
    const client = toolClient(rulesOf({ find: read() }), [{ name: 'find', input: { url: 'https://evil.test' } }]);
    await ask(client);
    expect(client.scope.record.metrics.get('ToolsDenied')).toBe(1);
    expect(client.scope.record.metrics.has('UpstreamErrors')).toBe(false);
    expect(client.scope.record.decisions.filter(({ verdict }) => verdict === 'deny')).toHaveLength(1);
  });

  test('are held against nothing where the policy names tools alone', async () => {
    const input = { url: 'https://evil.test', '//a': 1 };
    const client = toolClient({ tools: ['find'] }, [{ name: 'find', input }]);
    expect(await ask(client)).toMatchObject({ inputs: [input], error: undefined });
  });

  test('pass in monitor mode, and what would have been refused is recorded', async () => {
    const input = { url: 'https://evil.test' };
    const client = toolClient(rulesOf({ find: {} }), [{ name: 'find', input }], { monitor: true });
    expect(await ask(client)).toMatchObject({ inputs: [input], error: undefined });
    expect(client.scope.record.refused).toBe('tool_not_allowed');
    expect(client.scope.record.metrics.get('ToolsDenied')).toBe(1);
  });
});

describe('tool calls in events', () => {
  test('are refused where two members have one name: readers take either', async () => {
    const json = '{"id":"a","id":"b"}';
    const client = toolClient(rulesOf({ find: read() }), [{ name: 'find', input: {}, json }]);
    expect(await client.streamed()).toMatchObject({ inputs: [], error: refusal('arguments') });
    const nested = '{"x":[{"a:":1,"\\u0061:":2}]}';
    const other = toolClient(rulesOf({ find: read() }), [{ name: 'find', input: {}, json: nested }]);
    expect(await other.streamed()).toMatchObject({ inputs: [], error: refusal('arguments') });
  });

  test('are refused where they name what objects are made of', async () => {
    const json = '{"__proto__":{"admin":true}}';
    const client = toolClient(rulesOf({ find: read() }), [{ name: 'find', input: {}, json }]);
    expect(await client.streamed()).toMatchObject({ inputs: [], error: refusal('arguments') });
  });

  test('come after the words before them, and with the rest of the reply', async () => {
    const client = toolClient(rulesOf({ find: read() }), [{ name: 'find', input: { a: 1 } }]);
    const { events } = await client.streamed();
    expect(events.map((event) => Object.keys(event)[0])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockStop',
      'contentBlockStart',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
  });

  test('are charged for what they used, also where they are refused', async () => {
    const client = toolClient(rulesOf({ find: {} }), [{ name: 'find', input: { a: 1 } }]);
    expect((await client.streamed()).error).toMatchObject({ code: 'tool_approval_required' });
    expect(client.scope.record.metrics.get('TotalTokens')).toBe(15);
  });
});
