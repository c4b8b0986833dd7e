/** What clients send, as the traffic plans it. */

/** What a client shows at the gateway. */
export type Credential = 'valid' | 'expired token' | 'no token' | 'wrong key';

/** A request that will be sent. */
export interface PlannedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly user: string;
  readonly credential: Credential;
  readonly body: string;
}

/** A body of `POST /v1/chat` with these turns, the client's first. */
export const chatBody = (turns: readonly string[], maxTokens = 2048): string =>
  JSON.stringify({
    messages: turns.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content: [{ text }] })),
    maxTokens,
  });
