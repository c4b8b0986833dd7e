/** Orders that stand in a text, and who may give them: for this model, anybody. */

import { imageOrder } from './image-order.ts';
import { OVERRIDE, PERSONAS, REVEAL } from './phrases.ts';
import { callOrder, type ToolCall } from './tool-order.ts';
import { understand } from './understand.ts';

/** An order. */
export type Order =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'persona'; readonly name: string }
  | { readonly kind: 'reveal' }
  | { readonly kind: 'private'; readonly text: string }
  | { readonly kind: 'call'; readonly call: ToolCall }
  | { readonly kind: 'image'; readonly url: string };

const VERBS =
  'say|reply|respond|answer|print|output|write|type|repeat|return|state|tell|echo|sage?|antworte|schreibe?|gib|dis|dites|réponds|écris|affiche|di|responde|escribe|imprime|diga|diz|responda|escreva|imprima|rispondi|scrivi|stampa|скажи|ответь|напиши|выведи|说|說|回答|回复|输出|写|言|答え|出力|말|답|출력|कहो|कहें|बोलो|लिखो|kaho|bolo|قل|أجب|اكتب|اطبع';

/** `say exactly: X`, `répondez « X »`, `只说：X` */
const SAID_AFTER_MARK = new RegExp(
  `(?<!\\p{L})(?:${VERBS})(?:[^\\p{L}.!?。！？\\n"'“«「:：][^.!?。！？\\n"'“«「:：]{0,30})?(?:[:：][ \\t]{0,4}["'“«「]?|["'“«「])[ \\t]?([^"”»」\\n]{1,200})`,
  'iu',
);
/** The same in a language without spaces before the verb, or with all spaces gone: `只说：X`, `andsayexactly:X` */
const SAID_AFTER_COLON =
  /(?:say(?:exactly|only|just)?|说|說|回答|回复|输出|答え|出力)[:："“「]\s?["“「]?([^"”」\n]{1,200})/iu;
/** `say X`, `sag nur X` */
const SAID_BARE =
  /(?<!\p{L})(?:say|sage?|dis|di|diga|скажи|قل)(?: (?:exactly|only|just|that|the words?|nur|genau|einfach|seulement|juste|solo|apenas|esattamente|только|فقط))* ([\p{L}\p{N}][^"”»\n]{0,200})/iu;
/** The verb behind: `PWNEDとだけ言って`, `PWNED라고 말해`, `PWNED कहो` */
const SAID_BEFORE =
  /[「『"“]?([^\s「」『』"“”、，,。.]{1,60})[」』"”]?(?:と(?:だけ)?(?:言|答え|出力|返)|\s?(?:이라고|라고)(?:만)?\s?(?:말|답|대답|출력|해)|\s(?:कहो|कहें|बोलो|बोलें|लिखो))/u;
/** `只说PWNED`, `只输出PWNED` */
const SAID_CHINESE = /(?:只|仅|请)(?:能)?(?:说|說|回答|回复|输出)\s?([^\s。！？，、"]{1,60})/u;

/** The first sentence of what is to be said, without the quotes and stops around it. */
const sentence = (text: string | undefined): string | undefined => {
  const first = (text ?? '').split(/(?<=[.!?。！？])(?=\s|$)/u, 1)[0] ?? '';
  const clean = first
    .trim()
    .replace(/^["'“«「『]+/u, '')
    .replace(/["'”»」』.。]+$/u, '')
    .trim();
  return clean === '' ? undefined : clean;
};

const firstOf = (patterns: readonly RegExp[], text: string): string | undefined => {
  for (const pattern of patterns) {
    const said = sentence(pattern.exec(text)?.[1]);
    if (said !== undefined) return said;
  }
  return undefined;
};

const sayOrder = (text: string | undefined): Order | undefined =>
  text === undefined ? undefined : { kind: 'say', text };

/** Data that an order may want, told without being asked for "on file". */
const WANTS_PRIVATE =
  /(?:send|give|tell|reveal|print|show|list|output|leak|expose|email)[^.!?\n]{0,60}?(?:e-?mails?|phones?|cards?|ibans?|keys?|tokens?|passwords?|secrets?|customer data)(?!\p{L})/iu;

/** A person without rules that the text wants the model to be. */
const personaOrder = (readings: readonly string[]): Order | undefined => {
  for (const reading of readings)
    for (const pattern of PERSONAS) {
      const match = pattern.exec(reading);
      if (match !== null) return { kind: 'persona', name: match[1]?.trim() ?? 'The model without rules' };
    }
  return undefined;
};

/** What is ordered in one reading. `isLoose` takes also what could be meant otherwise. */
const orderIn = (reading: string, isLoose: boolean): Order | undefined => {
  const url = imageOrder(reading, isLoose);
  if (url !== undefined) return { kind: 'image', url };
  const call = callOrder(reading);
  if (call !== undefined) return { kind: 'call', call };
  const said = firstOf([SAID_AFTER_MARK, SAID_AFTER_COLON, SAID_BEFORE, SAID_CHINESE], reading);
  if (said !== undefined) return sayOrder(said);
  if (REVEAL.test(reading)) return { kind: 'reveal' };
  const wanted = isLoose ? WANTS_PRIVATE.exec(reading) : null;
  if (wanted !== null) return { kind: 'private', text: wanted[0] };
  return isLoose ? sayOrder(firstOf([SAID_BARE], reading)) : undefined;
};

/**
 * The order that a text gives the model.
 *
 * @param needsOverride whether only those count that come with an order to leave the earlier ones. Without it, as in
 * data, an order that is plain enough counts by itself.
 */
export const orderOf = (text: string, needsOverride: boolean): Order | undefined => {
  const readings = understand(text);
  const isOverridden = readings.map((reading) => OVERRIDE.exec(reading)?.index);
  for (const [index, reading] of readings.entries()) {
    const at = isOverridden[index];
    if (at === undefined) continue;
    const order = orderIn(reading.slice(at), true) ?? orderIn(reading.slice(0, at), true);
    if (order !== undefined) return order;
  }
  const persona = personaOrder(readings);
  if (persona !== undefined) return persona;
  if (needsOverride && isOverridden.every((at) => at === undefined)) return undefined;
  for (const [index, reading] of readings.entries()) {
    const order = needsOverride && isOverridden[index] !== undefined ? undefined : orderIn(reading, false);
    if (order !== undefined) return order;
  }
  return undefined;
};
