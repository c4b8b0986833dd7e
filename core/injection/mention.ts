/** Speaking of an attack is not attacking: a short quotation, a question, a warning not to. */

const QUOTE = /["'`]/;

/** Longest quotation, in units, before and after the match: whoever quotes a whole prompt wants it read. */
const MAX_QUOTED = 160;
/** Longest quotation that can be spoken about, and how far into it the match may stand. */
const MAX_DISCUSSED = 90;
const MAX_LEAD = 24;
/** How far around the quotation words are looked for. */
const AROUND = 120;

const ABOUT =
  /\b(?:why|explain|what does|what is|what are|mean|means|meaning|called|phrase|phrases|word|words|sentence|example|examples|such as|attack|attacks|attacker|attackers|jailbreak|jailbreaks|injection|detect|detects|detection|filter|block|write a test|unit test|in comments|translate|convert|warum|erklare|bedeutet|pourquoi|explique|por que|explica|perche|spiega)\b/;

/** An order that follows the quotation makes it more than a mention. */
const ORDER_AFTER =
  /^[^\p{L}]{0,4}(?:and|then|now|und|et|y|e|,)?\s{0,2}(?:do it|do so|say|print|reveal|obey|comply|follow|output|answer|reply)\b/u;

/** What is quoted is to be done or said: "start with …", "follow this: …". */
const ORDER_BEFORE =
  /\b(?:with|say|saying|print|output|reply|respond|answer|do|obey|follow|follows|execute|run)[^\p{L}]{0,4}$/u;

/** Words outside a quotation that make it one: whoever sends nothing else wants it read. */
const MIN_OUTSIDE = 4;
const WORD = /[\p{L}\p{N}]+/gu;

const wordsIn = (text: string): number => text.match(WORD)?.length ?? 0;

/** How a span is quoted: not at all, in passing, or to be spoken about. */
const quotation = (text: string, start: number, end: number): 'none' | 'quoted' | 'discussed' => {
  if (QUOTE.test(text.slice(start, end))) return 'none';
  const before = text.slice(Math.max(0, start - MAX_QUOTED), start);
  const after = text.slice(end, end + MAX_QUOTED);
  const opening = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'"), before.lastIndexOf('`'));
  const closing = after.search(QUOTE);
  if (opening < 0 || closing < 0) return 'none';
  const from = start - before.length + opening;
  const to = end + closing + 1;
  if (text[from] !== text[to - 1] || ORDER_AFTER.test(text.slice(to, to + 40))) return 'none';
  const [ahead, behind] = [text.slice(Math.max(0, from - AROUND), from), text.slice(to, to + AROUND)];
  if (ORDER_BEFORE.test(ahead)) return 'none';
  const isShort = to - from <= MAX_DISCUSSED && start - from <= MAX_LEAD;
  if (isShort && (ABOUT.test(ahead) || ABOUT.test(behind))) return 'discussed';
  return wordsIn(ahead) + wordsIn(behind) < MIN_OUTSIDE ? 'none' : 'quoted';
};

/** Longest clause before a match that is looked at, in units. */
const CLAUSE = 80;

/** A question or a condition about somebody else: "why does the model", "how do I", "if a user asks it to". */
const ASKS =
  /(?:^|\b)(?:how to|(?:why|how|when|where|whether|if|what happens when) (?:(?:do|does|did|can|could|should|would|will|might) )?(?:i|one|he|she|they|it|people|users|attackers|hackers|someone|somebody|anyone|the|a|an|my|our|some|this|these|claude|gpt|chatgpt|gemini|llms?|models?)|(?:can|should|may|must|did|do) (?:i|he|she|they|people|users))\b/;
/** Words to the model itself: then a question is an order in disguise. */
const ADDRESSED = /\b(?:you|ur|please|u)\b/;
/** "never", "do not", "must not": the opposite of an order to do it. */
const NEGATED =
  /\b(?:(?<!why )not|never|(?<!why )(?:don|doesn|didn|won|shouldn|mustn|can|couldn|wouldn)'t|cannot|nicht|niemals|nunca|jamais|mai)\s{1,2}(?:to |ever |simply |just )?$/;

/** "n'oublie pas", "no olvides": the same in languages that put it right before the verb. */
const NEGATED_ROMANCE = /(?:^|[\s"'])(?:n'|(?:non|nao|no|ne) )$/;
/** Somebody else did it, or wanted to: "the board voted to", "users". */
const REPORTED =
  /\b(?:(?:voted|decided|agreed|tried|refused|wanted|planned|plans|able|allowed) to|students|users|people|children|players|drivers|customers|attackers|hackers|models|bots|they) $/;

/** What is asked about the words themselves: "what does … mean", "… ka matlab". */
const MEANS_BEFORE = /\b(?:what (?:does|do|is)|meaning of|definition of|explain)\b[^.!?\n]{0,24}$/;
const MEANS_AFTER = /^[^.!?\n]{0,40}\b(?:mean|means|meaning|stands? for)\b/;
const MEANING_OF = /^[\s"']{0,2}(?:ka|ki|ke|kā) (?:hindi|english|matlab|meaning|anuvaad|anuvad|arth)\b/;

const clauseBefore = (text: string, start: number): string => {
  const before = text.slice(Math.max(0, start - CLAUSE), start);
  const cut = before.search(/[.!?\n,;:][^.!?\n,;:]*$/);
  return cut < 0 ? before : before.slice(cut + 1);
};

const isAskedAbout = (text: string, start: number, end: number): boolean => {
  const clause = clauseBefore(text, start);
  const after = text.slice(end, end + 60);
  if (MEANING_OF.test(after) || (MEANS_BEFORE.test(clause) && MEANS_AFTER.test(after))) return true;
  if (NEGATED.test(clause) || NEGATED_ROMANCE.test(clause)) return true;
  const asks = ASKS.exec(clause) ?? REPORTED.exec(clause);
  return asks !== null && !ADDRESSED.test(clause.slice(asks.index));
};

/** What is left of the score of an attack that is only spoken of, and of one that stands in quotation marks. */
const SPOKEN_OF = 0.4;
const QUOTED = 0.5;

/**
 * What is left of the score of a match in a folded text, from 0 to 1: of one that is asked about, warned of, or quoted to
 * be spoken about, too little to be flagged for; of one in a quotation, too little to be blocked for; else all.
 */
export const mentionShare = (text: string, start: number, end: number): number => {
  if (isAskedAbout(text, start, end)) return SPOKEN_OF;
  const how = quotation(text, start, end);
  if (how === 'discussed') return SPOKEN_OF;
  return how === 'quoted' ? QUOTED : 1;
};
