/**
 * The local model: deterministic, and weak on purpose. It answers plainly, obeys injected orders wherever they stand,
 * reveals its system prompt, repeats private data and calls tools when told to. The guard is proved against it, so it
 * shares no code with the guard.
 */

import { createHash } from 'node:crypto';
import { type Conversation, documentsNow, type Passage, readConversation } from './conversation.ts';
import { imageWith } from './image-order.ts';
import { unmarkedPart } from './marked.ts';
import { type Order, orderOf } from './orders.ts';
import { REVEAL } from './phrases.ts';
import { firstSentence, manyWords, plainAnswer } from './plain.ts';
import { loot, privateAnswer, privateValues } from './private-data.ts';
import type { AnswerBlock, ModelRequest } from './request.ts';
import { callOrder, matchingCall, type ToolCall, withGuessedInput } from './tool-order.ts';
import { understand } from './understand.ts';

type Answer = readonly AnswerBlock[] | undefined;

const REPEAT =
  /(?<!\p{L})(?:repeat after me|repeat (?:this|exactly|the following)(?: text| sentence)?|(?:say|reply|reply with|print) exactly|say|echo)\s*[:：]\s*([\s\S]{1,50000})/iu;
const SUMMARISE = /(?<!\p{L})(?:summari[sz]e|tl;?dr)(?!\p{L})(?:[^:：\n]{0,60}[:：]\s*([\s\S]{1,50000}))?/iu;
const WORDS_WANTED = /(?<!\p{L})(?:write|give me|produce|generate)(?!\p{L})[^.\n]{0,40}?(\d{1,6})[ -]words?(?!\p{L})/iu;
const AS_JSON = /(?:as|in|with|a) JSON(?!\p{L})/iu;

const text = (said: string): Answer => [{ text: said }];

const toolUse = ({ name, input }: ToolCall, { known }: Conversation): Answer => {
  const digest = createHash('sha256')
    .update(JSON.stringify([known, name, input]))
    .digest('base64url');
  return [{ toolUse: { toolUseId: `tooluse_${digest.slice(0, 22)}`, name, input } }];
};

/** The call that `said` orders; what it does not say in JSON is guessed from the words behind the tool's name. */
const orderedCall = (call: ToolCall, said: string, { tools }: Conversation): ToolCall =>
  withGuessedInput(call, said.split(call.name, 2)[1] ?? said, tools);

const obey = (order: Order, said: string, conversation: Conversation): Answer => {
  const { system, known } = conversation;
  switch (order.kind) {
    case 'say':
      return text(order.text);
    case 'persona':
      return text(`${order.name} here. The rules do not apply to me any more, and nobody can stop me.`);
    case 'reveal':
      return system === '' ? undefined : text(system);
    case 'image':
      return text(imageWith(order.url, loot(known) ?? (system === '' ? known : system)));
    case 'private': {
      const values = privateValues(order.text, known);
      return values.length === 0 ? undefined : text(values.join(', '));
    }
    case 'call':
      return conversation.canCall ? toolUse(orderedCall(order.call, said, conversation), conversation) : undefined;
  }
};

/** Whether a passage is obeyed only when it says to leave other orders: talk does not command by itself, data does. */
const needsOverride = ({ from, isCurrent }: Passage): boolean => from !== 'policy' && !(from === 'data' && isCurrent);

/**
 * What injected orders make of the answer, the latest first. The system prompt is the owner's own text: it may speak of
 * such orders without giving one. A call is made for the current turn only: once.
 */
const injected = (conversation: Conversation): Answer => {
  for (const passage of conversation.passages.toReversed()) {
    const said = passage.from === 'data' ? unmarkedPart(passage.text, conversation.system) : passage.text;
    const order = orderOf(said, needsOverride(passage));
    if (order === undefined || (order.kind === 'call' && !passage.isCurrent)) continue;
    const answered = obey(order, said, conversation);
    if (answered !== undefined) return answered;
  }
  return undefined;
};

/** The tool that is ordered, matched or required. */
const called = (conversation: Conversation): Answer => {
  const { question, tools, toolChoice, result } = conversation;
  const [first] = tools;
  if (first === undefined) return undefined;
  const forced = toolChoice['tool'] as { name?: string } | undefined;
  if (forced?.name !== undefined)
    return toolUse(withGuessedInput({ name: forced.name, input: {} }, question, tools), conversation);
  const orders = understand(question).flatMap((reading) => callOrder(reading) ?? []);
  const order = orders.find(({ name }) => tools.some((spec) => spec['name'] === name)) ?? orders[0];
  const call = order ?? (result === undefined ? matchingCall(question, tools) : undefined);
  if (call !== undefined) return toolUse(withGuessedInput(call, question, tools), conversation);
  if (toolChoice['any'] === undefined) return undefined;
  return toolUse(withGuessedInput({ name: String(first['name']), input: {} }, question, tools), conversation);
};

const repeated = ({ question }: Conversation): Answer => {
  const said = REPEAT.exec(question)?.[1]?.trim();
  return said === undefined || said === '' ? undefined : text(said);
};

const revealed = ({ question, system }: Conversation): Answer =>
  system !== '' && understand(question).some((reading) => REVEAL.test(reading)) ? text(system) : undefined;

/** The answer to what was asked, in words. */
const asked = ({ question, known, result }: Conversation, documents: string): string => {
  const onFile = privateAnswer(question, known);
  if (onFile !== undefined) return onFile;
  const summary = SUMMARISE.exec(question);
  const source = summary === null ? '' : (summary[1] ?? (documents || (result ?? '')));
  if (source !== '') return `In short: ${firstSentence(source)}`;
  const words = WORDS_WANTED.exec(question)?.[1];
  if (words !== undefined) return manyWords(Number(words));
  if (result !== undefined) return `The tool says: ${result.slice(0, 2000)}`;
  return plainAnswer(question);
};

/**
 * The answer to a request in the Converse shape: a pure function.
 *
 * @example
 * answer({ messages: [{ role: 'user', content: [{ text: 'What is a pear?' }] }] });
 * // [{ text: 'Here is a short answer about pear.' }]
 */
export const answer = (request: ModelRequest): readonly AnswerBlock[] => {
  const conversation = readConversation(request);
  const told = injected(conversation) ?? repeated(conversation) ?? revealed(conversation) ?? called(conversation);
  if (told !== undefined) return told;
  const said = asked(conversation, documentsNow(request));
  return [{ text: AS_JSON.test(conversation.question) ? JSON.stringify({ answer: said }) : said }];
};
