/** What hides a value from classification, or stands in its place: parts, escapes, classes, stand-ins. */

import { expect, test } from 'vitest';
import { admitCall } from '../../../../aws/bedrock/admit-call.ts';
import type { ClientRules } from '../../../../aws/bedrock/client-rules.ts';
import { markedCall } from '../../../../aws/bedrock/mark-call.ts';
import { createScope } from '../../../../aws/invocation-scope.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';
import { callSetting } from '../../../support/call-setting.ts';

const email = ['ada', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'] as const;
const password = ['kR7', 'vq2', 'Lx9', 'Tm4', 'Wz8'].join('');

const setUp = (rules: ClientRules, monitor = false) => {
  const scope = createScope({ requestId: 'r', monitor });
  const all: ClientRules = { screen: false, promptCaching: true, ...rules };
  const setting = callSetting({ scope, rules: all });
  const send = async (content: readonly object[]) => {
    const input = { modelId: 'm', messages: [{ role: 'user', content }], system: [{ text: 'Be kind.' }] };
    const sent = markedCall(setting, await admitCall(setting, input as never)) as unknown as typeof input;
    return JSON.stringify(sent.messages[0]?.content);
  };
  return { send, record: scope.record };
};

const REFUSES = { classification: { allow: 'internal' } } as const;
const MASKS = { classification: { allow: 'internal', mask: 'restricted' } } as const;
const result = (...content: readonly object[]) => ({ toolResult: { toolUseId: 't', content } });

class Row {
  readonly owner = email;
}

const hidden: readonly (readonly [string, readonly object[], string])[] = [
  ['in two blocks', [{ text: `Pay with ${card[0]}` }, { text: `${card[1]} today` }], '1111'],
  ['in two blocks with an empty one between', [{ text: card[0] }, { text: '' }, { text: card[1] }], '1111'],
  [
    'in two blocks with a cache point between',
    [{ text: card[0] }, { cachePoint: { type: 'default' } }, { text: card[1] }],
    '1111',
  ],
  ['in three blocks', [{ text: card[0] }, { text: card[1].slice(0, 5) }, { text: card[1].slice(5) }], '1111'],
  ['in two texts of a tool result', [result({ text: card[0] }, { text: card[1] })], '1111'],
  ['announced in the block before', [{ text: 'My social security number:' }, { text: '536 22 8145' }], '8145'],
  ['in escapes of JSON', [{ text: '{"to":"ada\\u0040example.com"}' }], 'example'],
  ['in escapes of JSON, beside another', [{ text: `{"to":"ada\\u0040example.com, ${email}"}` }], 'example'],
  ['in escapes of the names of JSON', [{ text: '{"ada\\u0040example.com":"\\n"}' }], 'example'],
  ['in JSON that a tool gives as text', [result({ text: '["ada\\u0040example.com"]' })], 'example'],
  ['in an instance of a class', [result({ json: { rows: [new Row()] } })], 'example'],
  // A text must not be taken for a field of the same letters: its value would be masked elsewhere.
  ['in a text that is written like a field', [result({ json: { a: email } }), { text: `a\u0000${email}` }], 'example'],
  [
    'in fields that are written alike',
    [result({ json: { a: `b\u0000${email}` } }), result({ json: { 'a\u0000b': email } })],
    'example',
  ],
];

test.each(hidden)('a value is found %s, and refused', async (_, content) => {
  await expect(setUp(REFUSES).send(content)).rejects.toMatchObject({ code: 'data_not_allowed' });
});

test.each(hidden)('a value is found %s, and masked', async (_, content, part) => {
  expect(await setUp(MASKS).send(content)).not.toContain(part);
});

test('texts side by side that hold nothing stay as they are', async () => {
  const content = [{ text: 'Buy 4111 pears' }, { text: '1111 plums' }, { text: '{"a":"b\\nc"}' }];
  const { send, record } = setUp(REFUSES);
  expect(await send(content)).toBe(JSON.stringify(content));
  expect(record.dataClass).toMatchObject({ level: 'public', action: 'pass' });
});

const PSEUDONYMS = { pseudonymize: createRedactor() };

test('values that go as stand-ins need no leave, and stay stand-ins', async () => {
  for (const rules of [REFUSES, MASKS]) {
    const { send, record } = setUp({ ...rules, ...PSEUDONYMS });
    const content = [{ text: `Mail ${email}` }, result({ json: { [email]: { password } } })];
    expect(await send(content)).toMatch(
      /^\[\{"text":"Mail (EMAIL_ADDRESS_[a-z]{10})"\},.*\{"\1":\{"password":"SECRET_[a-z]{10}"\}\}/,
    );
    expect(record.dataClass).toMatchObject({ level: 'restricted', action: 'mask' });
  }
});

test('what stand-ins do not stand for is refused or masked as ever', async () => {
  const only = { pseudonymize: createRedactor({ entities: ['CREDIT_CARD'] }) };
  const both = [{ text: `Mail ${email} of ${card.join('')}` }];
  await expect(setUp({ ...REFUSES, ...only }).send(both)).rejects.toMatchObject({ code: 'data_not_allowed' });
  expect(await setUp({ ...MASKS, ...only }).send(both)).toMatch(/Mail \[EMAIL_ADDRESS_1\] of CREDIT_CARD_[a-z]{10}"/);
  const marked = [{ text: `CONFIDENTIAL\n\nMail ${email}` }];
  await expect(setUp({ ...MASKS, ...PSEUDONYMS }).send(marked)).rejects.toMatchObject({ code: 'data_not_allowed' });
});

test('monitor mode says what stand-ins would have done, and gives none', async () => {
  const { send, record } = setUp({ ...REFUSES, ...PSEUDONYMS }, true);
  expect(await send([{ text: email }])).toBe(JSON.stringify([{ text: email }]));
  expect(record.dataClass).toMatchObject({ level: 'confidential', action: 'mask' });
});

test('a value over many blocks takes time in proportion to them', async () => {
  const time = async (count: number): Promise<number> => {
    const content = Array.from({ length: count }, (_, index) => ({ text: `${card[0]}${index % 10}` }));
    const start = performance.now();
    await setUp(MASKS).send(content);
    return performance.now() - start;
  };
  await time(500);
  const [short, long] = [Math.min(await time(500), await time(500)), Math.min(await time(2000), await time(2000))];
  expect(long / short).toBeLessThan(12);
});
