import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sizeProblems, templateOf } from '../../../../tools/template/read.ts';
import { type Report, reportOf } from '../../../../tools/template/report.ts';

const role = (Policies: unknown): string =>
  JSON.stringify({ Resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies } } } });
const nested = (depth: number): string =>
  `{"Resources":{"A":{"Type":"T::U::V","Properties":{"P":${'['.repeat(depth)}${']'.repeat(depth)}}}}}`;

describe('a template', () => {
  test('is read', () => {
    expect(templateOf('{"Resources":{}}')).toEqual({ Resources: {} });
    expect(() => templateOf(nested(90))).not.toThrow();
  });

  test.each([
    ['', 'no JSON'],
    ['null', 'the template is or holds null, which CloudFormation refuses'],
    ['[]', 'the template is no object'],
    ['{}', 'Resources is no object'],
    ['{"Resources":[]}', 'Resources is no object'],
    ['{"Resources":{},"Conditions":[]}', 'Conditions is no object'],
    ['{"Resources":{"A":null}}', 'Resources/A is or holds null, which CloudFormation refuses'],
    ['{"Resources":{"A":1}}', 'Resources/A is no object'],
    ['{"Resources":{"A":{}}}', 'Resources/A has no type'],
    ['{"Resources":{"A":{"Type":"T","Properties":[]}}}', 'Resources/A has properties that are no object'],
    [role([null]), 'Resources/R is or holds null, which CloudFormation refuses'],
    [role(['text']), 'Resources/R has a policy that is no object'],
    [role([{ PolicyDocument: { Statement: ['text'] } }]), 'Resources/R has a policy that is none'],
    [nested(5000), 'Resources/A is nested more than 100 levels deep'],
    [nested(100_000), 'Resources/A is nested more than 100 levels deep'],
  ])('is refused in a sentence: %.60s', (text, problem) => {
    expect(() => templateOf(text)).toThrow(problem);
  });

  test('is larger than CloudFormation takes', () => {
    expect(sizeProblems({ Resources: {} })).toEqual([]);
    expect(sizeProblems({ Resources: {}, Outputs: { A: 'a'.repeat(1_100_000) } })).toHaveLength(1);
  });
});

describe('a report', () => {
  const reported = (text: string): Report => {
    const folder = mkdtempSync(path.join(tmpdir(), 'template-'));
    const file = path.join(folder, 'template.json');
    writeFileSync(file, text);
    try {
      return reportOf(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('steers no terminal with what a template says', () => {
    const { lines, exitCode } = reported(
      JSON.stringify({ Resources: { '\u001b[2J\nA': { Type: 'No::Such::\u009bType' } } }),
    );
    expect(exitCode).toBe(1);
    for (const sign of ['\u001b', '\u009b', '\n']) expect(lines.join('')).not.toContain(sign);
    expect(lines.join(' ')).toContain('?[2J?A: unknown type');
  });

  test.each([
    ['null', /cannot be checked: the template is or holds null/],
    ['{"Resources":[]}', /cannot be checked: Resources is no object/],
  ])('of %s is one line, and no check', (text, line) => {
    expect(reported(text)).toEqual({ lines: [expect.stringMatching(line)], exitCode: 2 });
  });

  test('of a value of another form than a check reads is a problem in one line', () => {
    const { lines, exitCode } = reported(
      '{"Resources":{"A":{"Type":"AWS::CloudWatch::Alarm","Properties":{"Metrics":"text","Dimensions":"text"}}}}',
    );
    expect(exitCode).toBe(1);
    expect(lines).toContainEqual(expect.stringMatching(/^a value has another form than it must/));
  });

  test('of a file that is not there says so', () => {
    expect(reportOf('no-such-file')).toMatchObject({ lines: [expect.stringMatching(/ENOENT/)], exitCode: 2 });
  });
});
