/** The texts of a conversation, and whose words they are. */

import { documentReadings } from '../converse/document-text.ts';
import { type ContentBlock, type ConverseMessage, member, textOf } from '../converse/types.ts';
import type { Channel } from './types.ts';

/** A text of a conversation. */
export interface Segment {
  readonly channel: Channel;
  readonly text: string;
  /** The name or kind of what follows it: nobody reads from it on into the next text. */
  readonly label?: true;
}

/** Numbers from which on a run of them may spell a text, by the codes of its letters. */
const MIN_RUN = 2;

/**
 * Every string of a JSON value, names of fields included, and every run of numbers, one a line. Iterative: nesting
 * cannot exhaust the stack.
 */
const textOfJson = (value: unknown): string => {
  const lines: string[] = [];
  const pending: unknown[] = [value];
  let run: number[] = [];
  const endRun = (): void => {
    if (run.length >= MIN_RUN) lines.push(run.join(', '));
    run = [];
  };
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'number') run.push(next);
    else if (typeof next === 'string') {
      endRun();
      lines.push(next);
    } else if (Array.isArray(next)) for (let index = next.length - 1; index >= 0; index--) pending.push(next[index]);
    else if (typeof next === 'object' && next !== null)
      for (const [name, field] of Object.entries(next).reverse()) pending.push(field, name);
  }
  endRun();
  return lines.join('\n');
};

const blocksOf = (value: unknown): readonly ContentBlock[] => (Array.isArray(value) ? value : []);

/** Texts of one author side by side are read together, as the model reads them: an order may be split over blocks. */
const joined = (channel: Channel, texts: readonly (string | undefined)[]): readonly Segment[] => {
  const said = texts.filter((text) => text !== undefined && text !== '');
  return said.length === 0 ? [] : [{ channel, text: said.join('\n') }];
};

/** Names and ids stand between the texts of others: each is read for itself. */
const labels = (...names: readonly unknown[]): readonly Segment[] =>
  names
    .filter((name) => typeof name === 'string' && name !== '')
    .map((name) => ({ channel: 'data', text: name as string, label: true }));

/** Name, context and text of a document, also where its bytes are text: what cannot be read cannot be screened. */
const textOfDocument = (document: ContentBlock): string => {
  const source = member(document, 'source');
  const said = [source?.['text'], ...blocksOf(source?.['content']).map(textOf), ...documentReadings(document)];
  const texts = [document['name'], document['context'], ...said];
  return texts.filter((text) => typeof text === 'string').join('\n');
};

const textOfResultItem = (item: ContentBlock): string => {
  const document = member(item, 'document');
  return document === undefined ? (textOf(item) ?? textOfJson(item['json'])) : textOfDocument(document);
};

/** What a block carries that its author did not say: documents, names, arguments and results of tools. */
const carriedBy = (block: ContentBlock): readonly Segment[] => {
  const document = member(block, 'document');
  const toolUse = member(block, 'toolUse');
  const toolResult = member(block, 'toolResult');
  return [
    ...joined('data', [document && textOfDocument(document)]),
    ...(toolUse === undefined ? [] : labels(toolUse['name'], toolUse['toolUseId'])),
    ...joined('data', [toolUse && textOfJson(toolUse['input'])]),
    ...(toolResult === undefined ? [] : labels(toolResult['toolUseId'])),
    ...joined('data', blocksOf(toolResult?.['content']).map(textOfResultItem)),
  ];
};

const saidIn = (block: ContentBlock): string | undefined =>
  textOf(block) ?? textOf(member(member(block, 'guardContent'), 'text'));

/**
 * The texts of a conversation. The user's turns are the caller's words. Turns of the assistant are data, since whoever
 * sends the history can have written them; so are documents, and the names, arguments and results of tools.
 */
export const segmentsOf = (messages: readonly ConverseMessage[]): readonly Segment[] =>
  messages.flatMap(({ role, content = [] }) => [
    ...joined(role === 'user' ? 'user' : 'data', content.map(saidIn)),
    ...content.flatMap(carriedBy),
  ]);
