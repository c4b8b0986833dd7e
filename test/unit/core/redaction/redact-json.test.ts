import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';

const { redactJson } = createRedactor();
const email = ['ada', 'example.com'].join('@');

const nested = (depth: number, inner: string): string => '["]",'.repeat(depth) + inner + ']'.repeat(depth);

describe('a value is redacted', () => {
  test('as JSON would write it', () => {
    const value = { at: new Date(0), owner: { toJSON: () => ({ mail: email }) }, none: undefined };
    expect(redactJson(value).value).toEqual({ at: '1970-01-01T00:00:00.000Z', owner: { mail: '[EMAIL_ADDRESS_1]' } });
  });

  test('as text where it is JSON in a string that nests too deep to be written again', () => {
    const { value } = redactJson({ deep: nested(100_000, `"${email}"`) });
    expect(value).toEqual({ deep: nested(100_000, '"[EMAIL_ADDRESS_1]"') });
  });

  test('however deep it nests', () => {
    let value: unknown = email;
    for (let depth = 0; depth < 50_000; depth++) value = [value];
    expect(redactJson(value).findings).toHaveLength(1);
  });

  test('with more findings than a call takes arguments', () => {
    expect(redactJson([`${email} `.repeat(200_000)]).findings).toHaveLength(200_000);
  });
});

test('a value that holds itself is refused', () => {
  const value: Record<string, unknown> = { email };
  value['self'] = value;
  value['list'] = [value];
  expect(() => redactJson(value)).toThrow(TypeError);
});
