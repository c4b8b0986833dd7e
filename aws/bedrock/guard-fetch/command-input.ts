/** What a request says, as the SDK's commands take it. The SDK's own schemas say which members are bytes. */

import { NormalizedSchema } from '@smithy/core/schema';
import { BulwarkError } from '../../../core/errors.ts';
import { membersOf } from '../schema-members.ts';

/** Input of a command by member. */
export type CommandInput = Record<string, unknown>;

/** `aGVsbG8=`: standard base64 (RFC 4648, section 4). Buffer would take anything. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

const notAllowed = (): BulwarkError => new BulwarkError('content_not_allowed', { reason: 'parameter' });

const bytesOf = (base64: string): Uint8Array => {
  if (!BASE64.test(base64)) throw new BulwarkError('malformed_json', { reason: 'base64' });
  return Buffer.from(base64, 'base64');
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value as a member of this schema. Free documents, such as arguments of tools, stay as they are; so does what the schema
 * does not know, for admission to see.
 */
const memberOf = (schema: NormalizedSchema, value: unknown): unknown => {
  if (schema.isBlobSchema()) return typeof value === 'string' ? bytesOf(value) : value;
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    return value.map((element) => memberOf(item, element));
  }
  if (!schema.isStructSchema() || !isObject(value)) return value;
  const known = membersOf(schema);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      // To the SDK, `$unknown` in a union is a member of any other name: nothing that is checked by name may pass as one.
      if (name.startsWith('$')) throw notAllowed();
      const memberSchema = Object.hasOwn(known, name) ? known[name] : undefined;
      return [name, memberSchema === undefined ? member : memberOf(memberSchema, member)];
    }),
  );
};

/**
 * The input that a JSON body stands for.
 *
 * @throws BulwarkError `malformed_json` for what is no object or has bytes that are no base64; `content_not_allowed` for a
 * member of the URL or of a header in the body.
 */
export const inputOfJson = (schema: unknown, text: string): CommandInput => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BulwarkError('malformed_json', { reason: 'syntax' });
  }
  if (!isObject(body)) throw new BulwarkError('malformed_json', { reason: 'object' });
  const request = NormalizedSchema.of(schema as never);
  for (const [name, member] of Object.entries(membersOf(request))) {
    const { httpLabel, httpHeader } = member.getMergedTraits();
    if ((httpLabel !== undefined || httpHeader !== undefined) && Object.hasOwn(body, name)) throw notAllowed();
  }
  return memberOf(request, body) as CommandInput;
};

/** Headers that carry parameters of Bedrock, not of HTTP. */
const BEDROCK_HEADER = 'x-amzn-bedrock-';

/** What any client of HTTP says that has no wish. */
const ANY_TYPE = '*/*';

/**
 * The members that headers stand for.
 *
 * @throws BulwarkError `content_not_allowed` for a header of Bedrock's that the operation does not have.
 */
export const inputOfHeaders = (schema: unknown, headers: Headers): CommandInput => {
  const input: CommandInput = {};
  const read = new Set<string>();
  for (const [name, member] of Object.entries(membersOf(NormalizedSchema.of(schema as never)))) {
    const header = member.getMergedTraits().httpHeader?.toLowerCase();
    const value = header === undefined ? null : headers.get(header);
    if (header === undefined || value === null || value === ANY_TYPE || !member.isStringSchema()) continue;
    input[name] = value;
    read.add(header);
  }
  for (const header of headers.keys()) if (header.startsWith(BEDROCK_HEADER) && !read.has(header)) throw notAllowed();
  return input;
};
