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

/** An invocation that failed. */
export const failure = (errorType: string, errorMessage: string): InvokeResult => ({
  ok: false,
  errorType,
  errorMessage,
});

/** An invocation whose process has ended. */
export const exitFailure = (code: number | null, signal: string | null): InvokeResult =>
  failure('Runtime.ExitError', `Runtime exited with error: ${signal === null ? `exit status ${code}` : signal}`);

/** Told what a streamed answer consists of, as it comes. */
export interface StreamListener {
  /** Content type of the payload, once, before the first piece: {@link PRELUDE_TYPE} announces a prelude. */
  readonly head: (contentType: string) => void;
  readonly chunk: (bytes: Uint8Array) => void;
}

/** A function that can be invoked. */
export interface FunctionHost {
  /** Lambda's `Invoke`. Of a function that streams, the value is the whole payload as a text. */
  readonly invoke: (event: unknown) => Promise<InvokeResult>;
  /** Lambda's `InvokeWithResponseStream`: resolves at the end of the stream. What a function answers in one piece is one. */
  readonly stream: (event: unknown, listener: StreamListener) => Promise<InvokeResult>;
  /**
   * Has processes ready for so many invocations at once, no more and no fewer.
   * @default one process runs them all
   */
  readonly provision?: (invocations: number) => Promise<void>;
  /** Ends the process at once, as a crash does. The next invocation starts a new one. */
  kill(): void;
  close(): Promise<void>;
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
