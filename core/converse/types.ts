/**
 * The part of Bedrock's Converse API that decisions need, without the SDK.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */

/** A content block: an object with one member that names its type, e.g. `text` or `toolUse`. */
export type ContentBlock = Readonly<Record<string, unknown>>;

/** One turn. */
export interface ConverseMessage {
  readonly role?: string | undefined;
  readonly content?: readonly ContentBlock[] | undefined;
}

/** The input of a Converse call. */
export interface ConverseInput {
  readonly modelId?: string | undefined;
  readonly system?: readonly ContentBlock[] | undefined;
  readonly messages?: readonly ConverseMessage[] | undefined;
  readonly inferenceConfig?: { readonly maxTokens?: number | undefined } | undefined;
  readonly toolConfig?: { readonly tools?: readonly ContentBlock[] | undefined } | undefined;
  readonly serviceTier?: { readonly type?: string | undefined } | undefined;
}

/** The member that a block carries: its type. `undefined` for a block that is none, or that carries several. */
export const blockType = (block: unknown): string | undefined => {
  if (typeof block !== 'object' || block === null) return undefined;
  const members = Object.keys(block).filter((name) => (block as ContentBlock)[name] !== undefined);
  return members.length === 1 ? members[0] : undefined;
};

/** A member of a block when it is an object. */
export const member = (block: unknown, name: string): ContentBlock | undefined => {
  const value = typeof block === 'object' && block !== null ? (block as ContentBlock)[name] : undefined;
  return typeof value === 'object' && value !== null ? (value as ContentBlock) : undefined;
};

/** The text of a text block, or `undefined` for any other block. */
export const textOf = (block: unknown): string | undefined => {
  const value = typeof block === 'object' && block !== null ? (block as ContentBlock)['text'] : undefined;
  return typeof value === 'string' ? value : undefined;
};
