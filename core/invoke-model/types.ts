/** Bodies of InvokeModel, each family's own, read as the Converse call that they stand for. */

import type { ContentBlock, ConverseInput, ConverseMessage } from '../converse/types.ts';

/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The call that a body stands for. Top-level fields that the format does not know are its `additionalModelRequestFields`, as Converse has them: whoever
 * admits the call decides about them by name.
 */
export interface BodyCall extends ConverseInput {
  readonly inferenceConfig?: {
    readonly maxTokens?: number | undefined;
    readonly temperature?: number | undefined;
    readonly topP?: number | undefined;
    readonly stopSequences?: readonly string[] | undefined;
  };
  readonly additionalModelRequestFields?: Fields;
}

/** Tokens that a reply says it used, in the shape of Converse's `usage`. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
  readonly cacheDetails?: readonly { readonly ttl: '5m' | '1h'; readonly inputTokens: number }[];
}

/** What a reply holds. */
export interface BodyReply {
  readonly content: readonly ContentBlock[];
  /** In Converse's words. `undefined` where the reply has no end that is known. */
  readonly stopReason: string | undefined;
  /** The sequence that ended it, where the family says. */
  readonly stopSequence?: string | undefined;
  readonly usage: TokenCounts | undefined;
}

/** An event of a streamed reply, in Converse's words. */
export interface ReplyEvent {
  readonly messageStart?: { readonly role: string };
  readonly contentBlockStart?: { readonly contentBlockIndex: number; readonly start: ContentBlock };
  readonly contentBlockDelta?: { readonly contentBlockIndex: number; readonly delta: ContentBlock };
  readonly contentBlockStop?: { readonly contentBlockIndex: number };
  readonly messageStop?: { readonly stopReason: string };
  readonly metadata?: { readonly usage: TokenCounts | undefined };
}

/** The chunks of one streamed reply. What it reads comes before what it writes. */
export interface ChunkFormat {
  /**
   * The events that a chunk stands for, `metadata` never among them.
   *
   * @throws BulwarkError `output_truncated` for a chunk that cannot be read.
   */
  read(chunk: Fields): readonly ReplyEvent[];
  /** What the chunks so far say was used; `undefined` where they do not. */
  usage(): TokenCounts | undefined;
  /** The chunks that say what `event` does, one of a start, a piece or an end of a block or of the message's start. */
  write(event: ReplyEvent): readonly Fields[];
  /** The chunks that end the reply. */
  end(stopReason: string, usage: TokenCounts | undefined): readonly Fields[];
}

/** One family's way to write a call and its reply. Everything is pure: no argument is changed. */
export interface BodyFormat {
  readonly name: string;
  /**
   * The call that a body stands for, every text in it.
   *
   * @throws BulwarkError `content_not_allowed` for a field, role, block or value that the format does not know.
   */
  read(body: Fields): BodyCall;
  /** Texts of which nobody can tell who wrote them: they are screened like the user's words, whatever else they are. */
  unattributed?(call: BodyCall): readonly ConverseMessage[];
  /**
   * `body` with the texts, the instructions and the token limit of `call`, which is what {@link read} gave, changed by engines.
   *
   * @throws BulwarkError `content_not_allowed` for a call that the format has no words for.
   */
  write(body: Fields, call: BodyCall): Fields;
  /** `undefined` where it cannot be read. */
  readReply(body: Fields): BodyReply | undefined;
  /** The reply less what is not known: what `reply` holds, and ids and times of `body`. */
  writeReply(body: Fields, reply: BodyReply): Fields;
  /** @param stopSequences Those of the call: none but these may a reply name as what ended it. */
  stream(stopSequences?: readonly string[]): ChunkFormat;
}
