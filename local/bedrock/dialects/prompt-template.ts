/** Prompts in one text: the marks in it make turns of it, whoever wrote them there. */

import type { Block, Message, ModelRequest } from '../model/request.ts';

/** Whose text follows a mark; `data` is what tools said. */
type TurnRole = 'system' | 'user' | 'assistant' | 'data';

/** How a family writes a conversation as one text. */
export interface PromptTemplate {
  /** What begins a turn, and whose. */
  readonly marks: Readonly<Record<string, TurnRole>>;
  /** What says nothing: beginnings and ends. */
  readonly noise: readonly string[];
  /** Whose the text before the first mark is. */
  readonly first: TurnRole;
}

interface Turn {
  readonly role: TurnRole;
  readonly text: string;
}

const alternatives = (texts: readonly string[]): string =>
  texts.map((text) => text.replaceAll(/[[\]/|$().*+?{}^\\]/g, '\\$&')).join('|');

/** Turns of a prompt, empty ones left out; a prompt without marks is all the user's. */
const turnsOf = (prompt: string, { marks, noise, first }: PromptTemplate): readonly Turn[] => {
  const bare = prompt.replaceAll(new RegExp(alternatives(noise), 'g'), '');
  const [before = '', ...rest] = bare.split(new RegExp(`(${alternatives(Object.keys(marks))})`));
  const turns: Turn[] = [{ role: rest.length === 0 ? 'user' : first, text: before.trim() }];
  for (let at = 0; at < rest.length; at += 2)
    turns.push({ role: marks[rest[at] ?? ''] ?? 'user', text: (rest[at + 1] ?? '').trim() });
  return turns.filter(({ text }) => text !== '');
};

const blockOf = ({ role, text }: Turn): Block =>
  role === 'data' ? { document: { name: 'tool', source: { text } } } : { text };

/** A prompt in the Converse shape. Neighbours of one side are one turn, and the first is the user's. */
export const readPrompt = (prompt: string, template: PromptTemplate): Pick<ModelRequest, 'messages' | 'system'> => {
  const turns = turnsOf(prompt, template);
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => ({ text }));
  const messages: Message[] = [];
  for (const turn of turns.filter(({ role }) => role !== 'system')) {
    const last = messages.at(-1);
    const role = turn.role === 'assistant' && last !== undefined ? 'assistant' : 'user';
    if (last?.role === role) messages[messages.length - 1] = { role, content: [...last.content, blockOf(turn)] };
    else messages.push({ role, content: [blockOf(turn)] });
  }
  return { messages, ...(system.length > 0 && { system }) };
};
