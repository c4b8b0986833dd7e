/** What a function host and the process that runs its handler say to each other. */

/** An invocation, as Lambda's runtime hands it over. */
export interface Invocation {
  readonly id: string;
  readonly event: unknown;
  /** When the function is stopped, milliseconds since the epoch. */
  readonly deadline: number;
}

/** How an invocation ended. Of an answer that was streamed, the value is `null`. */
export type InvokeResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** Told what a streamed answer consists of, as it comes. */
export interface StreamListener {
  /** Content type of the payload, once, before the first piece: {@link PRELUDE_TYPE} announces a prelude. */
  readonly head: (contentType: string) => void;
  readonly chunk: (bytes: Uint8Array) => void;
}

/** Content type of a payload that begins with status and headers in JSON, and eight zero bytes. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';

/** What the process reports. Pieces of a streamed answer travel in base64. */
export type Report =
  | { readonly ready: true }
  | { readonly id: string; readonly head: string }
  | { readonly id: string; readonly chunk: string }
  | { readonly id: string; readonly result: InvokeResult };

/**
 * Prefix of the line that the process writes to standard output before it reports a result: whatever an invocation
 * printed has then been read before its result is known. No function prints it: it holds a control character.
 */
export const FLUSH_MARK = '\u0001flush ';
