/** Bodies of InvokeModel and InvokeModelWithResponseStream, read as Converse calls and written back. */

export { greaterCounts } from './counts.ts';
export { bodyRefused } from './fields.ts';
export { formatOf } from './formats.ts';
export { fieldsIn, MAX_BODY_BYTES, readBody, utf8In } from './json-body.ts';
export { type ChunkLens, createChunkLens, guardrailFields, guardrailIntervened } from './stream.ts';
export type { BodyCall, BodyFormat, BodyReply, ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';
export { unknownBody } from './unknown.ts';
