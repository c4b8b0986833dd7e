/** The published schemas of the audit log, as checks. */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** What is wrong with a value, by place and rule; nothing of the value itself. */
export type SchemaCheck = (value: unknown) => readonly string[];

const checkOf = (file: string): SchemaCheck => {
  let compiled: ReturnType<Ajv['compile']> | undefined;
  return (value) => {
    if (compiled === undefined) {
      const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
      addFormats.default(ajv);
      compiled = ajv.compile(JSON.parse(readFileSync(new URL(`../../core/audit/${file}`, import.meta.url), 'utf8')));
    }
    compiled(value);
    return (compiled.errors ?? []).map(({ instancePath, keyword, params }) =>
      `${instancePath} ${keyword} ${JSON.stringify(params)}`.trim(),
    );
  };
};

/** Checks an audit record. */
export const recordProblems: SchemaCheck = checkOf('record.schema.json');

/** Checks a line of the group for content. */
export const contentProblems: SchemaCheck = checkOf('content.schema.json');
