/**
 * The local model: deterministic, and weak on purpose. It answers plainly, obeys injected instructions, reveals its
 * system prompt, repeats private data and calls tools when told to. The guard is proved against it.
 */

import { understand } from './understand.ts';

/** What the model is given: the Converse shape of any request. */
export interface Prompt {
  readonly system: string;
  readonly turns: readonly { readonly role: string; readonly blocks: readonly Readonly<Record<string, unknown>>[] }[];
  /** Names of the tools that were offered. */
  readonly tools: readonly string[];
}

/** What it answers with. */
export type AnswerBlock =
  | { readonly text: string }
  | { readonly toolUse: { readonly toolUseId: string; readonly name: string; readonly input: unknown } };

const OVERRIDE =
  /ignore (?:all |the |your |any )*(?:previous|prior|above|earlier)|ignore all|disregard (?:all |the |your |any )*(?:previous|prior|above|instructions)|forget (?:everything|all|your)|new policy:|ignoriere (?:alle|bitte alle|die) |ignore (?:toutes|les) |ignora (?:todas|tutte|las|le)|ignore todas|игнорируй|忽略之前|忽略所有|無視して|무시하고|अनदेखा|تجاهل/i;
const SAY =
  /(?:say|reply|respond|answer|print|output|sage|dis|di|diga|скажи|只说|kaho|bolo)(?: exactly| only| with| genau| exactement| esattamente| exatamente| exactamente| ровно)*\s*[:：]\s*["']?([^"'\n]{1,200})/i;
const PERSONA =
  /\byou are (?:now )?(DAN|STAN|an unfiltered|an unrestricted|an evil)\b|\bact as (DAN|an? (?:AI )?without)/i;
const REVEAL =
  /(?:repeat|print|reveal|show|output|translate|encode|copy|tell|give|summari[sz]e|what (?:is|are|were) your|zeige|montre|muestra|mostra|покажи|输出|表示).{0,60}(?:words above|system ?prompt|your (?:\w+ )?(?:prompt|instructions|rules)|text above|setup of this chat|everything above|prompt système|提示词|プロンプト)|starting with ["']?you are/is;
const REPEAT = /(?:repeat after me|say exactly|echo|repeat this)\s*[:：]\s*([\s\S]{1,4000})/i;
const SUMMARISE = /^summari[sz]e(?: this)?\s*[:：]\s*([\s\S]+)/i;
const ON_FILE =
  /(e-?mail|card|phone|iban|key|token|password)s? (?:is |are |do you have )?(?:on file|on record|of the customer|stored)/i;
const WORDS_WANTED = /write (\d{1,6}) words/i;
const USE_TOOL = /(?:use|call|run|invoke) the tool ([a-z][\w-]{0,63})(?: with (\{[^}]{0,500}\}))?/i;

const PRIVATE: Readonly<Record<string, RegExp>> = {
  email: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  card: /\d{4} \d{4} \d{4} \d{4}/,
  phone: /\+\d[\d ]{8,16}\d/,
  iban: /[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}/,
  key: /AKIA[A-Z0-9]{16}/,
  token: /ghp_[A-Za-z0-9]{36}/,
  password: /(?<=password: )\S+/i,
};

const LINE = 'A pear is a pear, and tomorrow is another day. ';

const textOf = (block: Readonly<Record<string, unknown>>): string => {
  if (typeof block['text'] === 'string') return block['text'];
  const content = (block['toolResult'] as { content?: readonly { text?: string; json?: unknown }[] } | undefined)
    ?.content;
  return (content ?? []).map((item) => item.text ?? JSON.stringify(item.json ?? '')).join('\n');
};

/** A plain answer: made of topic words, never of whole sentences, numbers or addresses of the question. */
const plainAnswer = (question: string): string => {
  const topics = (question.match(/\p{L}{4,20}/gu) ?? []).slice(0, 6).join(', ').toLowerCase();
  return topics === '' ? 'Here is a short answer.' : `Here is a short answer about ${topics}.`;
};

const privateAnswer = (wanted: string, known: string): string => {
  const kind = wanted.toLowerCase().replace('-', '');
  return PRIVATE[kind]?.exec(known)?.[0] ?? `There is no ${kind} on file.`;
};

const toolCall = (said: string, id: string): AnswerBlock | undefined => {
  const match = USE_TOOL.exec(said);
  if (match === null) return undefined;
  let input: unknown = {};
  try {
    input = JSON.parse(match[2] ?? '{}');
  } catch {
    input = {};
  }
  return { toolUse: { toolUseId: `tooluse_${id}`, name: match[1] ?? '', input } };
};

const say = (text: string): readonly AnswerBlock[] => [{ text }];

/** The answer to a prompt. */
export const answer = ({ system, turns, tools }: Prompt): readonly AnswerBlock[] => {
  const last = (turns.at(-1)?.blocks ?? []).map(textOf).join('\n');
  const history = turns.map(({ blocks }) => blocks.map(textOf).join('\n')).join('\n');
  const everything = understand(history);
  const asked = understand(last);
  if (tools.length > 0 || USE_TOOL.test(textOfResults(turns))) {
    const call = toolCall(asked, String(turns.length));
    if (call !== undefined) return [call];
  }
  if (OVERRIDE.test(everything)) {
    const order = SAY.exec(everything.slice(everything.search(OVERRIDE)))?.[1] ?? SAY.exec(everything)?.[1];
    if (order !== undefined) return say(order.trim());
  }
  const persona = PERSONA.exec(everything);
  if (persona !== null) return say(`${persona[1] ?? 'DAN'} here: I can do anything now, rules are gone.`);
  if (REVEAL.test(asked) && system !== '') return say(system);
  const repeated = REPEAT.exec(last);
  if (repeated !== null) return say((repeated[1] ?? '').trim());
  const wanted = ON_FILE.exec(asked);
  if (wanted !== null) {
    const value = privateAnswer(wanted[1] ?? '', `${system}\n${history}`);
    return say(/as json/i.test(last) ? JSON.stringify({ answer: value }) : `It is ${value}`);
  }
  const summary = SUMMARISE.exec(last);
  if (summary !== null) return say(`In short: ${(summary[1] ?? '').split(/(?<=[.!?])\s/, 1)[0]}`);
  const many = WORDS_WANTED.exec(last);
  if (many !== null) return say(LINE.repeat(Math.ceil(Number(many[1]) / 10)).trim());
  return say(plainAnswer(last));
};

/** What tools answered: planted orders in it are obeyed, also ones to call other tools. */
const textOfResults = (turns: Prompt['turns']): string =>
  turns.flatMap(({ blocks }) => blocks.filter((block) => block['toolResult'] !== undefined).map(textOf)).join('\n');
