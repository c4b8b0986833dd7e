import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { macOf } from '../../../../aws/mac.ts';
import type { ConverseInput } from '../../../../core/converse/types.ts';
import {
  createPseudonyms,
  createStandInTable,
  MAX_STAND_INS,
  type PseudonymsOptions,
  sparingStandIns,
} from '../../../../core/pseudonyms/index.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { PRIVATE_VALUES } from '../../../support/private-values.ts';

const mac = macOf('a key of these tests, of some length');
const time = { mac, tenant: 'acme', epoch: 20_000 };
const redactor = createRedactor();
const ADA = ['ada', '@', 'example.com'].join('');
const BOB = ['bob', '@', 'example.com'].join('');
const CARD = ['4111', '1111', '1111', '1111'].join('');

const create = (more: Partial<PseudonymsOptions> = {}) => {
  const table = more.table ?? createStandInTable();
  return { ...createPseudonyms({ ...time, redactor, table, ...more }), table };
};
const says = (...content: readonly object[]): ConverseInput => ({
  messages: [{ role: 'user', content: content as never }],
});
type Sent = { readonly messages: [{ readonly content: [never] }] };
const firstBlock = <Block>(pseudonyms: ReturnType<typeof create>, block: object): Block =>
  (pseudonyms.replace(says(block)) as unknown as Sent).messages[0].content[0];
/** What the model reads of a user's text. */
const sentText = (pseudonyms: ReturnType<typeof create>, text: string): string =>
  firstBlock<{ text: string }>(pseudonyms, { text }).text;
const resultOf = (pseudonyms: ReturnType<typeof create>, item: object): Record<string, unknown> =>
  firstBlock<{ toolResult: { content: [Record<string, unknown>] } }>(pseudonyms, {
    toolResult: { toolUseId: 't', content: [item] },
  }).toolResult.content[0];
/** What this redactor finds: which detectors there are is for their own tests to say. */
const FOUND = PRIVATE_VALUES.filter(({ value }) => redactor.redact(`It is ${value} .`).text.length < value.length + 8);

describe('stand-ins', () => {
  test('differ by key, tenant, epoch, entity and value, and by nothing else', () => {
    const name = (more: Partial<PseudonymsOptions> = {}, entity = 'EMAIL_ADDRESS', value = ADA) =>
      create(more).standIn(entity, value);
    const names = [
      name(),
      name({ tenant: 'other' }),
      name({ tenant: undefined }),
      name({ tenant: 'null' }),
      name({ epoch: 20_001 }),
      name({ mac: macOf('another key of these tests') }),
      name({}, 'SECRET'),
      name({}, 'EMAIL_ADDRESS', BOB),
      name({}, 'EMAIL_ADDRESS', ADA.toUpperCase()),
    ];
    expect(new Set(names.map((each) => each.slice(-10))).size).toBe(names.length);
    for (const each of names) expect(each).toMatch(/^(?:EMAIL_ADDRESS|SECRET)_[bcdfghjkmnpqrtvw]{10}$/);
    expect(name()).toBe(name());
  });

  test('stay the same through the calls of a request, whatever came between', () => {
    const pseudonyms = create();
    const first = sentText(pseudonyms, `I am ${ADA}.`);
    sentText(pseudonyms, `I am ${BOB}.`);
    expect(sentText(pseudonyms, `I am ${ADA}.`)).toBe(first);
    expect(sentText(create(), `I am ${ADA}.`)).toBe(first);
  });

  test('are never shared by two values, though every code of theirs is the same', () => {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq';
    const pseudonyms = create({ mac: () => digits });
    const names = Array.from({ length: 40 }, (_, index) => pseudonyms.standIn('PIN', String(index)));
    const own = names.filter((name) => name !== '[PIN]');
    expect(own.length).toBeGreaterThan(10);
    expect(new Set(own).size).toBe(own.length);
    for (const [index, name] of names.entries())
      expect(pseudonyms.restore(`It is ${name}.`)).toBe(`It is ${name === '[PIN]' ? name : index}.`);
  });

  test('are bounded in number; what comes after them is hidden for good', () => {
    const pseudonyms = create();
    for (let index = 0; index < MAX_STAND_INS; index++) pseudonyms.standIn('PIN', String(index));
    const late = pseudonyms.standIn('EMAIL_ADDRESS', ADA);
    expect(late).toBe('[EMAIL_ADDRESS]');
    expect(pseudonyms.restore(late)).toBe(late);
    expect(pseudonyms.restore(pseudonyms.standIn('PIN', '7'))).toBe('7');
    expect(pseudonyms.table.size).toBe(MAX_STAND_INS);
  });

  test('are words of a custom detector’s name, too', () => {
    const pseudonyms = create();
    const name = pseudonyms.standIn('staff no.', '4711');
    expect(name).toMatch(/^STAFF_NO__[b-w]{10}$/);
    expect(pseudonyms.restore(`(${name})`)).toBe('(4711)');
  });

  test('are nothing private for the redactor', () => {
    for (const { entity, value } of PRIVATE_VALUES) {
      const name = create().standIn(entity, value);
      for (const text of [name, `password: ${name}`, `api_key = "${name}"`, `mailto:${name}?subject=x`])
        expect(redactor.redact(text).text).toBe(text);
    }
  });

  test('stay where anything is private, if the redactor spares them', () => {
    const pseudonyms = create();
    const name = pseudonyms.standIn('SECRET', 'x');
    const url = (password: string): string => `postgres://app:${password}@db.example.com/app`;
    const sparing = sparingStandIns(redactor.session(), pseudonyms.table);
    const stream = sparing.stream();
    expect(redactor.redact(url(name)).text).not.toContain(name);
    expect(sparing.redact(url(name)).text).toBe(url(name));
    expect(stream.push(url(name)) + stream.end()).toBe(url(name));
    const foreign = create({ tenant: 'other' }).standIn('SECRET', 'x');
    expect(sparing.redact(`${url(foreign)} ${ADA}`).text).toBe(`${url('[SECRET_1]')} [EMAIL_ADDRESS_1]`);
  });
});

describe('a call', () => {
  test('has private values that are found', () => {
    expect(FOUND.length).toBeGreaterThan(20);
  });

  test.each(FOUND)('hides a $entity $rule and gets it back', ({ value }) => {
    const pseudonyms = create();
    const text = `It is ${value} .`;
    const sent = sentText(pseudonyms, text);
    expect(sent).not.toContain(value);
    expect(pseudonyms.restore(sent)).toBe(text);
    expect(sentText(pseudonyms, sent)).toBe(sent);
  });

  test('is replaced in turns, tool calls, tool results, documents and guarded text, and the object stays as it was', () => {
    const pseudonyms = create();
    const name = pseudonyms.standIn('EMAIL_ADDRESS', ADA);
    const make = (who: string, system: string): ConverseInput => ({
      system: [{ text: `Mail to ${system}` }],
      messages: [
        {
          role: 'user',
          content: [
            { text: `Mail ${who}` },
            { guardContent: { text: { text: `Mail ${who}` } } },
            { document: { name: 'a', context: who, source: { text: `Mail ${who}` } } },
            { document: { name: 'b', source: { content: [{ text: `Mail ${who}` }] } } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { text: `Mailing ${who}` },
            { toolUse: { toolUseId: 't', name: 'send', input: { to: [who], [who]: 1, note: `{"to":"${who}"}` } } },
          ],
        },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 't',
                content: [
                  { text: `Sent to ${who}` },
                  { json: { to: { [who]: who } } },
                  { document: { name: 'c', source: { text: `Mail ${who}` } } },
                ],
              },
            },
          ],
        },
      ],
    });
    const input = make(ADA, ADA);
    const before = JSON.stringify(input);
    expect(pseudonyms.replace(input)).toEqual(make(name, ADA));
    expect(JSON.stringify(input)).toBe(before);
  });

  test('without private values is the same object', () => {
    const input = says(
      { text: 'A pear.' },
      { toolResult: { toolUseId: 't', content: [{ json: { a: [1, 'b', null] } }] } },
    );
    expect(create().replace(input)).toBe(input);
  });

  test('leaves signed reasoning, images and what it does not know', () => {
    const input = says(
      { reasoningContent: { reasoningText: { text: ADA, signature: 's' } } },
      { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } },
      { novelty: ADA },
    );
    expect(create().replace(input)).toBe(input);
  });

  test('hides a card that is a number, and what JSON writes with escapes', () => {
    const pseudonyms = create();
    const { json } = resultOf(pseudonyms, { json: { card: Number(CARD), rows: 12 } }) as { json: { card: string } };
    expect(json).toEqual({ card: pseudonyms.standIn('CREDIT_CARD', CARD), rows: 12 });
    const escaped = `{"to":"${ADA.replace('@', '\\u0040')}","n":1}`;
    const { text } = resultOf(pseudonyms, { text: escaped });
    expect(JSON.parse(String(text))).toEqual({ to: pseudonyms.standIn('EMAIL_ADDRESS', ADA), n: 1 });
  });

  test('knows values by the names of their fields, and leaves what the redactor only reports', () => {
    const value = ['q8Zr2', 'Lm5Vx9k'].join('');
    const { json } = resultOf(create(), { json: { password: value, tokens: [value], note: value } }) as {
      json: { password: string; note: string };
    };
    expect(json.password).toMatch(/^SECRET_/);
    expect(json.note).toBe(value);
    const reporting = create({ redactor: createRedactor({ modes: { EMAIL_ADDRESS: 'report' } }) });
    expect(sentText(reporting, `${ADA} ${CARD}`)).toMatch(new RegExp(`^${ADA} CREDIT_CARD_`));
  });

  test('keeps fields apart whose names share what hides them', () => {
    const pseudonyms = create();
    for (let index = 0; index < MAX_STAND_INS; index++) pseudonyms.standIn('PIN', String(index));
    const { json } = resultOf(pseudonyms, { json: { [ADA]: 1, [BOB]: 2 } });
    expect(json).toEqual({ '[EMAIL_ADDRESS]': 1, '[EMAIL_ADDRESS] (2)': 2 });
  });
});

describe('restoring', () => {
  const restored = (write: (name: string) => string): string => {
    const pseudonyms = create();
    return pseudonyms.restore(write(pseudonyms.standIn('EMAIL_ADDRESS', ADA)));
  };
  test.each<[string, (name: string) => string, string]>([
    ['lower case', (name) => `to ${name.toLowerCase()}.`, `to ${ADA}.`],
    ['upper case', (name) => `to ${name.toUpperCase()}.`, `to ${ADA}.`],
    ['a title', (name) => name.toLowerCase().replace('e', 'E'), ADA],
    ['markdown’s escapes', (name) => name.replaceAll('_', '\\_'), ADA],
    ['one escape', (name) => name.replace(/_(?=[b-w]{10}$)/, '\\_'), ADA],
    [
      'emphasis, code and a link',
      (name) => `**${name}** \`${name}\` [${name}](mailto:${name})`,
      `**${ADA}** \`${ADA}\` [${ADA}](mailto:${ADA})`,
    ],
    ['a possessive and a plural', (name) => `${name}'s, ${name}s`, `${ADA}'s, ${ADA}s`],
    ['something before it', (name) => `to_${name}, メール${name}`, `to_${ADA}, メール${ADA}`],
    ['pieces of JSON', (name) => `"a\\n${name}\\u003c${name}`, `"a\\n${ADA}\\u003c${ADA}`],
  ])('sees through %s', (_, write, expected) => {
    expect(restored(write)).toBe(expected);
  });

  test.each<[string, (name: string) => string]>([
    ['a letter that is changed', (name) => name.replace(/.$/, (last) => (last === 'b' ? 'c' : 'b'))],
    ['a letter that is missing', (name) => name.slice(0, -1)],
    ['an invisible character in it', (name) => name.replace(/(?=.{4}$)/, '\u200b')],
    ['a hyphen in it', (name) => name.replace(/(?=.{4}$)/, '-')],
    ['another entity before the code', (name) => name.replace('EMAIL_ADDRESS', 'SECRET')],
    ['the code alone', (name) => name.slice(-10)],
    ['letters of its own before it', (name) => `MY${name}`],
    ['look-alikes', (name) => name.replace('A', '\u0410')],
  ])('leaves %s', (_, write) => {
    const pseudonyms = create();
    const text = write(pseudonyms.standIn('EMAIL_ADDRESS', ADA));
    expect(pseudonyms.restore(text)).toBe(text);
  });

  test('writes values as JSON does where a text is JSON, and once only', () => {
    const value = 'a"b\\c\nd';
    const pseudonyms = create();
    const name = pseudonyms.standIn('SECRET', value);
    const inner = JSON.stringify({ [name]: name });
    expect(JSON.parse(pseudonyms.restore(JSON.stringify({ is: name, inner })))).toEqual({
      is: value,
      inner: JSON.stringify({ [value]: value }),
    });
    expect(pseudonyms.restore(`It is ${name}`)).toBe(`It is ${value}`);
    const nested = create();
    const first = nested.standIn('PIN', '1');
    expect(nested.restore(nested.standIn('SECRET', first))).toBe(first);
  });

  test('gives tools their arguments, names of fields too, and the same object where there is nothing', () => {
    const pseudonyms = create();
    const name = pseudonyms.standIn('EMAIL_ADDRESS', ADA);
    const input = { to: [name, 1], [name]: { cc: `<${name.toLowerCase()}>` } };
    expect(pseudonyms.restoreJson(input)).toEqual({ to: [ADA, 1], [ADA]: { cc: `<${ADA}>` } });
    const clean = { to: ['nobody'], at: null, when: new Date(0) };
    expect(pseudonyms.restoreJson(clean)).toBe(clean);
  });

  test('gives back whatever was sent', () => {
    const value = fc.constantFrom(...PRIVATE_VALUES.map((each) => each.value), ADA, ADA.toUpperCase(), BOB);
    const word = fc.constantFrom(
      'pear',
      '"',
      '\\',
      '\n',
      '_',
      'EMAIL_ADDRESS_',
      '{"a":',
      '}',
      'bcdfghjkmn',
      '\u{1f350}',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(value, word), { maxLength: 12 }), (parts) => {
        const pseudonyms = create();
        const text = parts.join(' ');
        expect(pseudonyms.restore(sentText(pseudonyms, text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe('somebody who tries', () => {
  test('a stand-in of another tenant, epoch or value restores nothing', () => {
    const own = create();
    own.standIn('EMAIL_ADDRESS', ADA);
    for (const other of [create({ tenant: 'other' }), create({ epoch: 19_999 })]) {
      const name = other.standIn('EMAIL_ADDRESS', ADA);
      expect(own.restore(name)).toBe(name);
    }
    const name = create().standIn('EMAIL_ADDRESS', BOB);
    expect(own.restore(name)).toBe(name);
  });

  test('to type a stand-in gets no value for it, be it in the prompt, a document, a tool result or the system prompt', () => {
    const replayed = create().standIn('EMAIL_ADDRESS', ADA);
    const places: ((text: string) => ConverseInput)[] = [
      (text) => says({ text: `${ADA} ${text}` }),
      (text) => says({ text: ADA }, { document: { name: 'a', source: { text } } }),
      (text) => says({ text: ADA }, { toolResult: { toolUseId: 't', content: [{ json: { [text]: 1 } }] } }),
      (text) => ({ ...says({ text: ADA }), system: [{ text }] }),
    ];
    for (const typed of [replayed, replayed.toLowerCase(), replayed.replaceAll('_', '\\_')])
      for (const place of places) {
        const pseudonyms = create();
        const sent = JSON.stringify(pseudonyms.replace(place(typed)));
        expect(sent).not.toContain(ADA);
        expect(pseudonyms.restore(typed)).toBe(typed);
        const own = pseudonyms.standIn('EMAIL_ADDRESS', ADA);
        expect(own).not.toBe(replayed);
        expect(pseudonyms.restore(own)).toBe(ADA);
      }
  });

  test('to type a great many stand-ins gets none, and hides every value for good', () => {
    const letters = 'bcdfghjkmnpqrtvw';
    const typed = Array.from({ length: MAX_STAND_INS }, (_, index) =>
      Array.from({ length: 10 }, (__, digit) => letters[(index >> (4 * digit)) & 15]).join(''),
    );
    const pseudonyms = create();
    const sent = sentText(pseudonyms, `${ADA} X_${typed.join(' X_')}`);
    expect(sent.startsWith('[EMAIL_ADDRESS] X_')).toBe(true);
  });

  test('guessing is one in 2^40 a guess: 16 letters, and all of them occur', () => {
    const pseudonyms = create();
    const names = Array.from({ length: 2000 }, (_, index) => pseudonyms.standIn('PIN', String(index)).slice(-10));
    for (let place = 0; place < 10; place++) expect(new Set(names.map((name) => name[place])).size).toBe(16);
    expect(new Set(names).size).toBe(2000);
  });
});

test.each([{ mac: 'key' }, { epoch: -1 }, { redactor: undefined, tabel: {} }])('options of %o are refused', (more) => {
  expect(() => create(more as never)).toThrow(TypeError);
});
