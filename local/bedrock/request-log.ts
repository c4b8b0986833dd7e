/** What the server received, and what it would have billed. */

/** A request and what became of it. */
export interface ReceivedRequest {
  readonly operation: string;
  readonly modelId: string;
  readonly httpVersion: string;
  readonly body: unknown;
  /** Tokens that were read and written. */
  billed: number;
  /** The client went away before the end. */
  aborted: boolean;
}

const MAX_REQUESTS = 1000;

/** An empty log that keeps the last requests. */
export const createRequestLog = () => {
  const requests: ReceivedRequest[] = [];
  let billed = 0;
  return {
    requests: requests as readonly ReceivedRequest[],
    add(request: Omit<ReceivedRequest, 'billed' | 'aborted'>): ReceivedRequest {
      const entry: ReceivedRequest = { ...request, billed: 0, aborted: false };
      requests.push(entry);
      if (requests.length > MAX_REQUESTS) requests.shift();
      return entry;
    },
    bill(entry: ReceivedRequest, tokens: number): void {
      entry.billed += tokens;
      billed += tokens;
    },
    billedTokens: (): number => billed,
  };
};

/** The log of a server. */
export type RequestLog = ReturnType<typeof createRequestLog>;
