/**
 * A call to a model as Bedrock's own log has it. Only ids, names of a shape and counts are taken: prompts and replies stand
 * in these logs, too. Source: Bedrock User Guide, "Monitor model invocation using CloudWatch Logs and Amazon S3".
 */

import { REQUEST_ID_METADATA } from '../../core/converse/parameters.ts';
import { countOf, fieldOf, fieldsOf, MODEL, shaped, timeOf, UPSTREAM_ID, WORD } from './fields.ts';
import { jsonIn, type Wanted } from './json-in.ts';

/** One call that reached Bedrock. */
export interface InvocationEntry {
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
  /** Bedrock's own id. */
  readonly requestId: string | undefined;
  /** The invocation of the function that the kit named in the call. */
  readonly bulwarkId: string | undefined;
  /** Who called. */
  readonly arn: string | undefined;
  readonly region: string | undefined;
  readonly modelId: string | undefined;
  readonly operation: string | undefined;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** Class of the error that it failed with. */
  readonly errorCode: string | undefined;
}

/** Tokens that a call was billed for. */
export const billedTokens = (entry: InvocationEntry): number =>
  entry.inputTokens + entry.outputTokens + entry.cacheReadInputTokens + entry.cacheWriteInputTokens;

const ARN = /^arn:[a-z-]{1,16}:(?:iam|sts)::\d{0,12}:[\w+=,.@/-]{1,256}$/; // arn:aws:sts::123456789012:assumed-role/chat/i-1

const INVOCATION: Wanted = {
  mark: 'schemaType',
  isOne: (fields) => fieldOf(fields, 'schemaType') === 'ModelInvocationLog',
};

/** The call of a log entry; `'other'` for an entry that is none, `'unreadable'` for one that was meant to be. */
export const readInvocation = (text: string): InvocationEntry | 'other' | 'unreadable' => {
  if (!text.includes(INVOCATION.mark)) return 'other';
  const fields = jsonIn(text, INVOCATION);
  if (fields === undefined) return text.includes('ModelInvocationLog') ? 'unreadable' : 'other';
  const input = fieldsOf(fieldOf(fields, 'input'));
  const output = fieldsOf(fieldOf(fields, 'output'));
  const metadata = fieldsOf(fieldOf(fields, 'requestMetadata'));
  return {
    time: timeOf(fieldOf(fields, 'timestamp')),
    requestId: shaped(fieldOf(fields, 'requestId'), UPSTREAM_ID),
    bulwarkId: shaped(fieldOf(metadata, REQUEST_ID_METADATA), UPSTREAM_ID),
    arn: shaped(fieldOf(fieldsOf(fieldOf(fields, 'identity')), 'arn'), ARN),
    region: shaped(fieldOf(fields, 'region'), WORD),
    modelId: shaped(fieldOf(fields, 'modelId'), MODEL),
    operation: shaped(fieldOf(fields, 'operation'), WORD),
    inputTokens: countOf(fieldOf(input, 'inputTokenCount')),
    outputTokens: countOf(fieldOf(output, 'outputTokenCount')),
    cacheReadInputTokens: countOf(fieldOf(input, 'cacheReadInputTokenCount')),
    cacheWriteInputTokens: countOf(fieldOf(input, 'cacheWriteInputTokenCount')),
    errorCode: shaped(fieldOf(fields, 'errorCode'), WORD),
  };
};
