/** What a definition of a tool tells a model. */

import { leavesOf } from './leaves.ts';

/** Words of JSON Schema that every definition has: what somebody wrote into one stands between them. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'name description inputSchema json type properties required items enum const title default additionalProperties ' +
    'format pattern minimum maximum minLength maxLength minItems maxItems anyOf oneOf allOf strict ' +
    'object string number integer boolean array null'
  ).split(' '),
);

/** Every string of a definition, names of fields included, one a line, but for the words that JSON Schema is made of. */
export const definitionText = (spec: object): string =>
  leavesOf(spec)
    .map(({ text }) => text)
    .filter((text) => !KEYWORDS.has(text))
    .join('\n');
