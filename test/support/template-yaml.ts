/** CloudFormation's YAML, with its short forms of intrinsic functions. */

import {
  CORE_SCHEMA,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  load,
  mergeTag,
  type TagDefinition,
} from 'js-yaml';
import type { Template } from '../../tools/template/template.ts';

/** Short forms that the kit's templates use. Source: CloudFormation user guide, "Intrinsic function reference". */
const FUNCTIONS = ['Ref', 'Condition', 'Sub', 'GetAtt', 'If', 'Not', 'Equals', 'And', 'Or', 'Join', 'Select', 'Split'];

const longNameOf = (name: string): string => (['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`);

const tagsOf = (name: string): readonly TagDefinition[] => {
  const [tag, long] = [`!${name}`, longNameOf(name)];
  const none = { identify: () => false };
  return [
    defineScalarTag(tag, { ...none, resolve: (text) => ({ [long]: text }) }),
    defineSequenceTag(tag, {
      ...none,
      create: (): unknown[] => [],
      addItem: (items, item) => {
        items.push(item);
        return '';
      },
      finalize: (items) => ({ [long]: items }),
    }),
    defineMappingTag(tag, {
      ...none,
      create: () => new Map<unknown, unknown>(),
      addPair: (pairs, key, value) => {
        pairs.set(key, value);
        return '';
      },
      has: (pairs, key) => pairs.has(key),
      keys: (result) => Object.keys(result),
      get: (result, key) => result[String(key)],
      finalize: (pairs): Record<string, unknown> => ({ [long]: Object.fromEntries(pairs) }),
    }),
  ];
};

const SCHEMA = CORE_SCHEMA.withTags(mergeTag, ...FUNCTIONS.flatMap(tagsOf));

/** Reads a template. */
export const readTemplateYaml = (text: string): Template => load(text, { schema: SCHEMA }) as Template;
