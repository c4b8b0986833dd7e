import { describe, expect, test } from 'vitest';
import { definePolicy } from '../../../../core/policy.ts';
import { admitsTool, hasToolRules, type ToolRules, toolRulesOf } from '../../../../core/tools/policy.ts';

const withTools = (tools: unknown) => () => definePolicy({ model: { tools: tools as never } });

describe('a policy of tools', () => {
  test('is a list of names, or rules by name', () => {
    expect(withTools(['get_order'])).not.toThrow();
    expect(
      withTools({ get_order: {}, 'send-mail': { effect: 'write', hosts: ['example.com', '*.example.org'] } }),
    ).not.toThrow();
  });

  test.each<readonly [string, unknown]>([
    ['a list with something else than names', ['get_order', 1]],
    ['a list with an empty name', ['']],
    ['a function', () => true],
    ['a name that no tool can have', { 'get order': {} }],
    ['rules that are none', { get_order: true }],
    ['rules that are a list', { get_order: [] }],
    ['no rules', { get_order: null }],
    ['an unknown option', { get_order: { maxcalls: 3 } }],
    ['an option that every object has', { get_order: { toString: 1 } }],
    ['a schema that is none', { get_order: { input: { parse: () => 1 } } }],
    ['a schema without a check', { get_order: { input: { '~standard': { version: 1, vendor: 'own' } } } }],
    ['a schema whose check is none', { get_order: { input: { '~standard': { version: 1, validate: true } } } }],
    ['an unknown effect', { get_order: { effect: 'delete' } }],
    ['no calls', { get_order: { maxCalls: 0 } }],
    ['a host with a path', { get_order: { hosts: ['example.com/a'] } }],
    ['a digest of another kind', { get_order: { digest: 'abc' } }],
    ['results without room', { get_order: { maxResultUnits: 0 } }],
    ['a word for data that is none', { get_order: { fromData: 'never' } }],
  ])('refuses %s at cold start', (_, tools) => {
    expect(withTools(tools)).toThrow(TypeError);
  });

  test('names the option that is wrong, and not its value', () => {
    expect(withTools({ get_order: { effect: 'secret-word' } })).toThrow(/get_order must have as effect one of read/);
    expect(withTools({ get_order: { effect: 'secret-word' } })).not.toThrow(/secret-word/);
  });

  test('takes what is not described for the worst', () => {
    expect(toolRulesOf({ get_order: {} }, 'get_order')).toEqual({
      maxCalls: 10,
      effect: 'irreversible',
      hosts: [],
      maxResultUnits: 100_000,
      fromData: 'approve',
    });
    const rules = { effect: undefined, maxCalls: 3 } as unknown as ToolRules;
    expect(toolRulesOf({ get_order: rules }, 'get_order')).toMatchObject({ effect: 'irreversible', maxCalls: 3 });
  });

  test('admits only names of its own', () => {
    expect(admitsTool({ get_order: {} }, 'get_order')).toBe(true);
    expect(admitsTool({ get_order: {} }, 'constructor')).toBe(false);
    expect(admitsTool({ get_order: {} }, '__proto__')).toBe(false);
    expect(admitsTool(['get_order'], 'send_mail')).toBe(false);
    expect(admitsTool(undefined, 'send_mail')).toBe(true);
    expect(toolRulesOf({ get_order: {} }, 'constructor')).toBeUndefined();
  });

  test('has rules only where it is no list', () => {
    expect(hasToolRules({})).toBe(true);
    expect(hasToolRules(['get_order'])).toBe(false);
    expect(hasToolRules(undefined)).toBe(false);
    expect(toolRulesOf(['get_order'], 'get_order')).toBeUndefined();
  });
});
