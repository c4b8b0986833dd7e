/** What intrinsic functions of a packaged template come to, as far as alarms, filters and environments use them. */

import type { Template } from '../../template/template.ts';

/** Properties that name a resource, where a template gives it a name. */
const NAMES = ['FunctionName', 'TableName', 'AlarmName', 'LogGroupName', 'TopicName', 'Name'] as const;

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A resource by what CloudFormation would call it: its own name, or its logical id in place of a generated one. */
const nameOf = (template: Template, id: string): string => {
  const properties = template.Resources[id]?.Properties ?? {};
  const named = NAMES.map((name) => properties[name]).find((value) => typeof value === 'string');
  return PSEUDO[id] ?? (named as string | undefined) ?? id;
};

/**
 * A value with its intrinsic functions resolved: `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`, deeply. What depends on
 * a condition that this reader does not evaluate keeps its first choice.
 */
export const resolved = (template: Template, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolved(template, item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[key, inner] = ['', undefined]] = entries;
  if (entries.length === 1) {
    if (key === 'Ref') return nameOf(template, String(inner));
    if (key === 'Fn::GetAtt')
      return nameOf(template, String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '');
    if (key === 'Fn::Join') {
      const [separator, parts] = resolved(template, inner) as [string, readonly unknown[]];
      return parts.map(String).join(separator);
    }
    if (key === 'Fn::Sub') {
      const [text, values = {}] = (Array.isArray(inner) ? inner : [inner]) as [
        string,
        Readonly<Record<string, unknown>>?,
      ];
      return text.replaceAll(
        /\$\{([\w:.]{1,255})\}/g,
        (
          _,
          name: string, // ${AlarmTopic}
        ) => String(resolved(template, values[name] ?? { Ref: name.split('.')[0] })),
      );
    }
    if (key === 'Fn::If') return resolved(template, (inner as readonly unknown[])[1]);
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, resolved(template, item)]));
};
