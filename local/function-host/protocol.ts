/** What a function host and the process that runs its handler say to each other. */

/** An invocation, as Lambda's runtime hands it over. */
export interface Invocation {
  readonly id: string;
  readonly event: unknown;
  /** When the function is stopped, milliseconds since the epoch. */
  readonly deadline: number;
}

/** How an invocation ended. */
export type InvokeResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

/** What the process reports. */
export type Report = { readonly ready: true } | { readonly id: string; readonly result: InvokeResult };

/**
 * Prefix of the line that the process writes to standard output before it reports a result: whatever an invocation
 * printed has then been read before its result is known. No function prints it: it holds a control character.
 */
export const FLUSH_MARK = '\u0001flush ';
