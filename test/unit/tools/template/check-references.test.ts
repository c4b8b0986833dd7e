import { describe, expect, test } from 'vitest';
import { checkReferences } from '../../../../tools/template/check-references.ts';
import { resolverOf } from '../../../../tools/template/resolve.ts';
import type { Fields, Template } from '../../../../tools/template/template.ts';

const topic = (DisplayName: unknown, Conditions?: Fields): Template => ({
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName } } },
  ...(Conditions === undefined ? {} : { Conditions }),
});
const inCircle = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::And': [{ Condition: 'A' }, { Condition: 'A' }] } };

describe('conditions', () => {
  test('in a circle are told', () => {
    expect(checkReferences(topic('a', inCircle))).toEqual(['Conditions/A: depends on itself in a circle']);
    expect(checkReferences(topic('a', { A: { Condition: 'A' } }))).toEqual([
      'Conditions/A: depends on itself in a circle',
    ]);
  });

  test('in a circle are decided all the same', () => {
    expect(resolverOf(topic('a', inCircle)).holds('A')).toBeTypeOf('boolean');
  });

  test('that ask for one another twice each are decided once each', () => {
    const Conditions = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `C${index}`,
        index === 59
          ? { 'Fn::Equals': ['a', 'a'] }
          : { 'Fn::And': [{ Condition: `C${index + 1}` }, { Condition: `C${index + 1}` }] },
      ]),
    );
    expect(resolverOf(topic('a', Conditions)).holds('C0')).toBe(true);
  });
});

describe('Fn::Sub', () => {
  test('has names and texts that stay as they are', () => {
    expect(checkReferences(topic({ 'Fn::Sub': `$\${AWS::Region}{ \${!Literal} {}` }))).toEqual([]);
  });

  test.each([`\${`, `\${}`, `a \${AWS::Region`, `\${a\${AWS::Region}`])('that says %s is told', (text) => {
    expect(checkReferences(topic({ 'Fn::Sub': text }))).toEqual([
      `Topic/DisplayName: Sub of a text that opens \${ and names nothing`,
    ]);
  });

  test('that opens a hundred thousand names takes no longer for it', () => {
    const text = `\${`.repeat(100_000);
    const startedAt = performance.now();
    expect(checkReferences(topic({ 'Fn::Sub': [text, {}] }))).toHaveLength(1);
    expect(resolverOf(topic('a')).resolve({ 'Fn::Sub': text })).toBe(text);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});
