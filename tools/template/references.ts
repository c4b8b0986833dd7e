/** References in the values of a template: what they name, and under which conditions they are looked at. */

import { intrinsicOf, isFields, listOf } from './template.ts';

/** Names that CloudFormation brings. */
export const PSEUDO: RegExp =
  /^AWS::(?:Region|AccountId|Partition|StackName|StackId|URLSuffix|NoValue|NotificationARNs)$/;

/** A reference, and the conditions under which it is looked at. */
export interface Reference {
  readonly path: string;
  readonly kind: 'Ref' | 'GetAtt' | 'Sub' | 'DependsOn' | 'Condition' | 'FindInMap' | 'malformed';
  readonly name: string;
  readonly attribute?: string;
  readonly under: readonly string[];
}

/** What a text of `Fn::Sub` may hold in braces: a name, or what stays as it is. */
const NAMED_IN_TEXT = /\$\{!?[^{}]+\}/g;

const substituted = (argument: unknown, path: string, under: readonly string[]): readonly Reference[] => {
  const [text, own = {}] = Array.isArray(argument) ? argument : [argument];
  // No brace within: a text that opens a thousand and closes none is gone through once.
  const names = new Set([...String(text).matchAll(/\$\{([^!{}][^{}]*)\}/g)].map((match) => match[1] ?? ''));
  const given = new Set(isFields(own) ? Object.keys(own) : []);
  const isBroken = String(text).replaceAll(NAMED_IN_TEXT, ' ').includes('${');
  return [
    ...(isBroken
      ? [{ path, kind: 'malformed', name: 'Sub of a text that opens ${ and names nothing', under } as const]
      : []),
    ...[...names]
      .filter((name) => !given.has(name))
      .map((name): Reference => {
        const [id = '', ...attribute] = PSEUDO.test(name) ? [name] : name.split('.');
        const rest = attribute.length === 0 ? {} : { attribute: attribute.join('.') };
        return { path, kind: 'Sub', name: id, ...rest, under };
      }),
    ...[...given]
      .filter((name) => !names.has(name))
      .map(
        (name): Reference => ({ path, kind: 'malformed', name: `Sub of ${name}, which its text does not name`, under }),
      ),
  ];
};

/** Whether the arguments of a function have its form. */
const FORMS: Readonly<Record<string, (argument: unknown) => boolean>> = {
  'Fn::Join': (argument) =>
    Array.isArray(argument) &&
    argument.length === 2 &&
    typeof argument[0] === 'string' &&
    typeof argument[1] === 'object',
  'Fn::Select': (argument) => Array.isArray(argument) && argument.length === 2,
  'Fn::Split': (argument) => Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string',
  'Fn::If': (argument) => Array.isArray(argument) && argument.length === 3 && typeof argument[0] === 'string',
  'Fn::FindInMap': (argument) => Array.isArray(argument) && argument.length >= 3,
  'Fn::Equals': (argument) => Array.isArray(argument) && argument.length === 2,
  'Fn::Not': (argument) => Array.isArray(argument) && argument.length === 1,
  'Fn::And': (argument) => Array.isArray(argument) && argument.length >= 2 && argument.length <= 10,
  'Fn::Or': (argument) => Array.isArray(argument) && argument.length >= 2 && argument.length <= 10,
};

/** References in a value. */
export const referencesIn = (value: unknown, path: string, under: readonly string[]): readonly Reference[] => {
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesIn(item, `${path}/${index}`, under));
  if (!isFields(value)) return [];
  const [name, argument] = intrinsicOf(value) ?? [];
  if (name === undefined)
    return Object.entries(value).flatMap(([field, inner]) => referencesIn(inner, `${path}/${field}`, under));
  const form = FORMS[name];
  const malformed: readonly Reference[] =
    form === undefined || form(argument) ? [] : [{ path, kind: 'malformed', name: `${name} has not its form`, under }];
  switch (name) {
    case 'Ref':
      return [{ path, kind: 'Ref', name: String(argument), under }];
    // In policies a condition is an object, and no name.
    case 'Condition':
      return typeof argument === 'string'
        ? [{ path, kind: 'Condition', name: argument, under }]
        : referencesIn(argument, `${path}/Condition`, under);
    case 'Fn::GetAtt': {
      const [id = '', ...rest] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return [{ path, kind: 'GetAtt', name: id, attribute: rest.join('.'), under }];
    }
    case 'Fn::Sub':
      return [
        ...substituted(argument, path, under),
        ...(Array.isArray(argument) ? referencesIn(argument[1], path, under) : []),
      ];
    case 'Fn::If': {
      const [condition = '', ...branches] = listOf(argument);
      return [
        ...malformed,
        { path, kind: 'Condition', name: String(condition), under },
        ...branches.flatMap((branch, index) =>
          referencesIn(branch, path, [...under, `${index === 0 ? '' : '!'}${String(condition)}`]),
        ),
      ];
    }
    case 'Fn::FindInMap':
      return [...malformed, { path, kind: 'FindInMap', name: String(listOf(argument)[0]), under }];
    default:
      return [...malformed, ...referencesIn(argument, path, under)];
  }
};
