import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClassifier, levelOfEntity, MOST_REASONS } from '../../../../core/classification/index.ts';
import { valueFinder } from '../../../../core/classification/value-finder.ts';
import { createRedactor } from '../../../../core/redaction/index.ts';

const email = ['ada', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');
const ssn = ['536-90', '4399'].join('-');
const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
const rule = `SECRET:${createRedactor().detect(token)[0]?.rule}`;
const { classify, classifyEach } = createClassifier();

describe('the level of a text', () => {
  test.each([
    ['nothing of note', 'What is a pear?', 'public', []],
    ['an address', `Mail ${email}.`, 'confidential', ['EMAIL_ADDRESS']],
    ['a card', `Pay with ${card}.`, 'restricted', ['CREDIT_CARD']],
    ['a credential', `The key is ${token}.`, 'restricted', [rule]],
    ['a marker', 'INTERNAL USE ONLY\nThe plan.', 'internal', ['marker:internal']],
    ['code', '```js\nf()\n```', 'internal', ['source-code:fenced-block']],
    ['several things', `${email}\nRESTRICTED\n`, 'restricted', ['marker:restricted', 'EMAIL_ADDRESS']],
  ])('with %s', (_, text, level, ids) => {
    const { reasons, ...found } = classify(text);
    expect(found.level).toBe(level);
    expect(reasons.map(({ id }) => id)).toEqual(ids);
  });

  test('is the highest of several texts', () => {
    expect(classify(['pear', `Mail ${email}`, 'INTERNAL ONLY']).level).toBe('confidential');
    expect(classify([]).level).toBe('public');
  });

  test('tells what masking of values leaves', () => {
    expect(classify(`${card}\nCONFIDENTIAL`)).toMatchObject({ level: 'restricted', unmaskable: 'confidential' });
    expect(classify(card)).toMatchObject({ level: 'restricted', unmaskable: 'public' });
  });

  test('has reasons that hold nothing of it, and not too many', () => {
    const { reasons } = classify([
      email,
      token,
      card,
      ssn,
      ...Array.from({ length: 50 }, (_, at) => `Internal only ${at}`),
    ]);
    expect(JSON.stringify(reasons)).not.toMatch(/ada|ghp_|4111|536/);
    expect(reasons.length).toBeLessThanOrEqual(MOST_REASONS);
  });
});

describe('options', () => {
  test('give entities and rules levels of their own', () => {
    const own = createClassifier({ levels: { EMAIL_ADDRESS: 'public', [rule]: 'internal' } });
    expect(own.classify(email).level).toBe('public');
    expect(own.classify(token).level).toBe('internal');
    expect(own.classify(card).level).toBe('restricted');
  });

  test('give source code another level, or none', () => {
    const code = '```js\nf()\n```';
    expect(createClassifier({ sourceCode: 'restricted' }).classify(code).level).toBe('restricted');
    expect(createClassifier({ sourceCode: false }).classify(code).level).toBe('public');
  });

  test('bring markers', () => {
    const own = createClassifier({
      markers: [{ id: 'falcon', phrases: ['Falcon'], level: 'restricted', anywhere: true }],
    });
    expect(own.classify('about falcon').reasons).toEqual([{ id: 'marker:falcon', level: 'restricted', score: 1 }]);
  });

  test.each([
    ['an unknown one', { level: {} }],
    ['an unknown level', { levels: { EMAIL_ADDRESS: 'secret' } }],
    ['a name that is no entity', { levels: { email: 'public' } }],
    ['a marker without an id', { markers: [{ phrases: ['x'], level: 'public' }] }],
    ['a marker of nothing', { markers: [{ id: 'x', phrases: ['  '], level: 'public' }] }],
    ['an unknown field of a marker', { markers: [{ id: 'x', phrases: ['x'], level: 'public', any: true }] }],
    ['a level of source code that is none', { sourceCode: true }],
  ])('refuse %s', (_, options) => {
    expect(() => createClassifier(options as never)).toThrow(TypeError);
  });
});

test('an entity that nobody has listed is confidential', () => {
  expect(levelOfEntity({ entity: 'BADGE_NUMBER' })).toBe('confidential');
  expect(levelOfEntity({ entity: 'constructor' })).toBe('confidential');
  expect(levelOfEntity({ entity: 'IP_ADDRESS' })).toBe('internal');
});

describe('the value of a field', () => {
  test('is read with its name, and found by its place in the value', () => {
    const [found] = classifyEach([{ text: ssn, field: 'ssn' }]);
    expect(found?.values).toMatchObject([{ entity: 'US_SSN', start: 0, end: ssn.length }]);
  });

  test('is a marker where the field asks for one, or it is a stamp', () => {
    const levels = (field: string, text: string) => classifyEach([{ field, text }])[0]?.level;
    expect(levels('classification', 'restricted')).toBe('restricted');
    expect(levels('header', 'CONFIDENTIAL')).toBe('confidential');
    expect(levels('body', 'Confidential\nThe plan.')).toBe('confidential');
    expect(levels('option', 'Confidential')).toBe('public');
  });

  test('has no bearing on another', () => {
    const digits = ssn.replaceAll('-', '');
    const both = [
      { field: 'note', text: 'my ssn' },
      { field: 'count', text: digits },
    ];
    expect(classifyEach(both)).toEqual(both.flatMap((one) => classifyEach([one])));
  });

  test('is found among many as it is alone', () => {
    const { detect } = createRedactor();
    const finder = valueFinder({ detect });
    const text = fc.oneof(fc.string(), fc.constantFrom(email, card, token, ssn, `a ${email} b`, `${card}.`));
    fc.assert(
      fc.property(
        fc.array(fc.record({ text, field: fc.constantFrom(undefined, 'ssn', 'x') }), { maxLength: 8 }),
        (texts) => {
          expect(finder(texts)).toEqual(texts.flatMap((one) => finder([one])));
        },
      ),
      { numRuns: 100 },
    );
  });
});
