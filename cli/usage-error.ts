/** What is wrong with a command line, in words. */
export interface UsageError {
  readonly usage: string;
}
