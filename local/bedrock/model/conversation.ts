/** A request as the model reads it: who says what, and what is to be answered now. */

import { type Block, listOf, type ModelRequest, member, textOf } from './request.ts';

/** Somebody's text. For this model they differ little. */
export interface Passage {
  readonly text: string;
  /** `policy` is a turn of the system within the messages; `data` came from tools and documents. */
  readonly from: 'user' | 'assistant' | 'policy' | 'data';
  /** Part of the turn that is to be answered now. */
  readonly isCurrent: boolean;
}

/** A request, read. */
export interface Conversation {
  readonly system: string;
  /** Oldest first. */
  readonly passages: readonly Passage[];
  /** What the user says now. */
  readonly question: string;
  /** What tools answered now; undefined when none did. */
  readonly result: string | undefined;
  /** Specifications of the tools that were offered. */
  readonly tools: readonly Block[];
  readonly toolChoice: Block;
  /** Whether the reply may call tools at all. */
  readonly canCall: boolean;
  /** All that the model was told, to look things up in. */
  readonly known: string;
}

const DATA_BLOCKS: readonly string[] = ['toolResult', 'document', 'searchResult'];

const isData = (block: Block): boolean => DATA_BLOCKS.some((name) => block[name] !== undefined);

const fromOf = (role: string, block: Block): Passage['from'] => {
  if (isData(block)) return 'data';
  return role === 'system' ? 'policy' : role === 'assistant' ? 'assistant' : 'user';
};

const joinedText = (passages: readonly { readonly text: string }[]): string =>
  passages.map(({ text }) => text).join('\n');

/** Reads a request. */
export const readConversation = ({ messages, system = [], toolConfig }: ModelRequest): Conversation => {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const passages = messages.flatMap(({ role, content }, index) =>
    content
      .map((block): Passage => ({ text: textOf(block), from: fromOf(role, block), isCurrent: index === last }))
      .filter(({ text }) => text !== ''),
  );
  const results = (messages[last]?.content ?? []).filter((block) => block['toolResult'] !== undefined);
  const systemText = system.map(textOf).filter(Boolean).join('\n');
  const tools = (toolConfig?.tools ?? [])
    .map((tool) => member(tool, 'toolSpec'))
    .filter(({ name }) => name !== undefined);
  return {
    system: systemText,
    passages,
    question: joinedText(passages.filter(({ from, isCurrent }) => isCurrent && from === 'user')),
    result: results.length === 0 ? undefined : results.map(textOf).join('\n'),
    tools,
    toolChoice: toolConfig?.toolChoice ?? {},
    canCall: tools.length > 0 || results.length > 0,
    known: `${systemText}\n${joinedText(passages)}`,
  };
};

/** Text of the documents that stand beside the question. */
export const documentsNow = ({ messages }: ModelRequest): string =>
  (messages.findLast(({ role }) => role === 'user')?.content ?? [])
    .filter((block) => block['document'] !== undefined || listOf(member(block, 'searchResult'), 'content').length > 0)
    .map(textOf)
    .join('\n');
