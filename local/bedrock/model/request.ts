/** What the model reads and writes: the Converse shape as it stands on the wire, bytes in base64. */

/** A content block: a union by its one member, e.g. `{ text: 'Hello' }`. */
export type Block = Readonly<Record<string, unknown>>;

/** A turn. */
export interface Message {
  /** `user`, `assistant` or `system`. */
  readonly role: string;
  readonly content: readonly Block[];
}

/** A request to the model. */
export interface ModelRequest {
  readonly messages: readonly Message[];
  readonly system?: readonly Block[];
  readonly inferenceConfig?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
  };
  readonly toolConfig?: { readonly tools?: readonly Block[]; readonly toolChoice?: Block };
}

/** A call of a tool. */
export interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}

/** What the model answers with. */
export type AnswerBlock = { readonly text: string } | { readonly toolUse: ToolUse };

/** A member of a block as an object, empty where it is none. */
export const member = (block: Block, name: string): Block => {
  const value = block[name];
  return typeof value === 'object' && value !== null ? (value as Block) : {};
};

/** A member of a block as a list, empty where it is none. */
export const listOf = (block: Block, name: string): readonly Block[] =>
  Array.isArray(block[name]) ? (block[name] as readonly Block[]) : [];

const decoded = (bytes: unknown): string => (typeof bytes === 'string' ? Buffer.from(bytes, 'base64').toString() : '');

/** Text of a document: plain formats only; of others the model sees the bytes as they are. */
const documentText = (document: Block): string => {
  const source = member(document, 'source');
  const parts = [source['text'], ...listOf(source, 'content').map(({ text }) => text), document['context']];
  return [...parts.filter((part) => typeof part === 'string'), decoded(source['bytes'])].filter(Boolean).join('\n');
};

/** What a block says, as the model reads it; empty for what is no text. */
export const textOf = (block: Block): string => {
  if (typeof block['text'] === 'string') return block['text'];
  if (block['json'] !== undefined) return JSON.stringify(block['json']);
  if (block['document'] !== undefined) return documentText(member(block, 'document'));
  if (block['guardContent'] !== undefined) return textOf(member(member(block, 'guardContent'), 'text'));
  if (block['toolResult'] !== undefined) return listOf(member(block, 'toolResult'), 'content').map(textOf).join('\n');
  if (block['searchResult'] !== undefined)
    return listOf(member(block, 'searchResult'), 'content').map(textOf).join('\n');
  return '';
};
