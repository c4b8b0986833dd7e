import { describe, expect, test } from 'vitest';
import { toolResultContent } from '../../../../../aws/bedrock/agent/tool-result.ts';

const CUT = /\[The result is cut here: it has more than \d+ characters\.\]$/;
const one = (value: unknown, most = 1000): { text?: string | undefined; json?: unknown } =>
  toolResultContent(value, most)[0] ?? {};

class Order {
  readonly id = 'A-1';
  #note = 'hidden';
  get note() {
    return this.#note;
  }
}

const cycle: Record<string, unknown> = { name: 'loop' };
cycle['self'] = cycle;
const deep = (levels: number): unknown => (levels === 0 ? 'end' : { in: deep(levels - 1) });

describe('a tool result', () => {
  test.each<[string, unknown, object]>([
    ['a text', 'Shipped.', { text: 'Shipped.' }],
    ['an object', { status: 'shipped' }, { json: { status: 'shipped' } }],
    ['a list, as its text', [1, 'two'], { text: '[1,"two"]' }],
    ['a number, as its text', 42, { text: '42' }],
    ['a number that JSON has none of', Number.NaN, { text: 'null' }],
    ['null', null, { text: 'null' }],
    ['nothing', undefined, { text: 'The tool returned nothing.' }],
    ['a function', () => {}, { text: 'The tool returned nothing.' }],
    ['a blank text', ' \n', { text: 'The tool returned nothing.' }],
    ['an empty list', [], { text: '[]' }],
    ['a BigInt', { total: 2n ** 70n }, { json: { total: '1180591620717411303424' } }],
    ['a cycle', cycle, { json: { name: 'loop', self: '[circular]' } }],
    ['the same object twice', [cycle['x'], [1], [1]], { text: '[null,[1],[1]]' }],
    ['bytes', Buffer.from('secret'), { text: '"[6 bytes]"' }],
    ['bytes in an object', { photo: new Uint8Array(3) }, { json: { photo: '[3 bytes]' } }],
    ['a class instance, by its fields', new Order(), { json: { id: 'A-1' } }],
    ['a date', { at: new Date(0) }, { json: { at: '1970-01-01T00:00:00.000Z' } }],
    ['a map and a set', { by: new Map([['a', 1]]), of: new Set(['b']) }, { json: { by: { a: 1 }, of: ['b'] } }],
    ['an error, without its message', new Error('password'), { json: {} }],
    ['undefined fields', { a: undefined, b: [undefined, () => {}] }, { json: { b: [null, null] } }],
    ['half a surrogate pair', 'pear \ud83c', { text: 'pear \ufffd' }],
    ['half a pair in a field', { text: 'pear', is: '\udf50' }, { json: { text: 'pear', is: '\ufffd' } }],
    ['a proto key', JSON.parse('{"__proto__": {"a": 1}}'), { json: JSON.parse('{"__proto__": {"a": 1}}') }],
  ])('says %s', (_, value, block) => {
    expect(toolResultContent(value, 1000)).toEqual([block]);
  });

  test('passes blocks of the Converse API as they are', () => {
    const image = { image: { format: 'png', source: { bytes: new Uint8Array(1) } } };
    expect(toolResultContent([{ text: 'See:' }, { json: { a: 1 } }, image], 100)).toEqual([
      { text: 'See:' },
      { json: { a: 1 } },
      image,
    ]);
  });

  test('takes a list of other objects for JSON', () => {
    expect(one([{ text: 'a', id: 1 }])).toEqual({ text: '[{"text":"a","id":1}]' });
    expect(one([{ text: 7 }])).toEqual({ text: '[{"text":7}]' });
  });

  test('is cut at its limit, with a note', () => {
    expect(one('p'.repeat(50), 10).text).toMatch(/^p{10}\n\[The result is cut here/);
    expect(one({ pears: 'p'.repeat(50) }, 12).text).toMatch(/^\{"pears":"pp\n/);
    expect(one({ pears: 'p'.repeat(50) }, 10).text).toMatch(CUT);
  });

  test('is not cut at a limit that it keeps', () => {
    expect(one('p'.repeat(10), 10)).toEqual({ text: 'p'.repeat(10) });
    expect(one({ a: 1 }, 7)).toEqual({ json: { a: 1 } });
    expect(one({ a: 1 }, 6).text).toMatch(CUT);
  });

  test('never parts a surrogate pair', () => {
    for (const value of ['🍐🍐🍐🍐', ['🍐🍐🍐🍐'], { '🍐🍐': '🍐🍐' }])
      for (let most = 1; most < 12; most += 1) {
        const { text = '' } = one(value, most);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toContain('\ufffd');
      }
  });

  test('shares the limit between its blocks', () => {
    const content = toolResultContent([{ text: 'p'.repeat(8) }, { text: 'q'.repeat(8) }, { text: 'r' }], 10);
    expect(content).toHaveLength(2);
    expect(content[1]?.text).toMatch(/^qq\n/);
  });

  test('is written no further than its limit, however large the value', () => {
    const startedAt = performance.now();
    const wide: unknown[] = [new Array(2 ** 31), { a: 'x'.repeat(50_000_000) }, Array(500_000).fill({ text: 'x' })];
    for (const value of wide) expect((one(value).text ?? '').length).toBeLessThan(1100);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('does not follow what is nested without end', () => {
    expect(JSON.stringify(one(deep(100)))).toContain('[too deep]');
    const endless = { toJSON: (): unknown => ({ next: endless }) };
    expect(JSON.stringify(one(endless))).toContain('[too deep]');
  });

  test('throws what a getter throws', () => {
    const value = {
      get secret(): string {
        throw new Error('no');
      },
    };
    expect(() => toolResultContent(value, 100)).toThrow('no');
  });
});
