/** Speaking of an attack is not attacking: a short quotation, a question, a warning not to. */

import { quotationOf } from './quotation.ts';
import type { Channel } from './types.ts';

/** Longest clause before a match that is looked at, in units. */
const CLAUSE = 80;
/** How far behind a match its sentence is read on. */
const BEHIND = 160;

/** Whose doings a question can be about. */
const SOMEBODY =
  '(?:i|one|he|she|they|it|people|users|attackers|hackers|someone|somebody|anyone|the|a|an|my|our|some|this|these|claude|gpt|chatgpt|gemini|llms?|models?)';

/** Clauses that are asked about in whatever sentence they stand: "how to", "whether a model should". */
const OBJECT_CLAUSE = new RegExp(`\\b(?:how to|whether ${SOMEBODY}|what happens (?:when|if) ${SOMEBODY})\\b`);
/** A question by the order of its words: "why does the model", "how do I". */
const INVERTED = new RegExp(
  `\\b(?:(?:why|how|when|where) (?:do|does|did|can|could|should|would|will|might) ${SOMEBODY}|(?:can|should|may|must|did|do) (?:i|he|she|they|people|users))\\b`,
);
/** A question by its mark: "why the model", "and if a user". */
const MARKED = new RegExp(`\\b(?:why|how|when|where|if) ${SOMEBODY}\\b`);

/** Most words between the beginning of such a clause and the match: behind more of them, another clause has begun. */
const MOST_BETWEEN: Readonly<Record<Channel, number>> = { user: 6, data: 2 };

/** Words to the model itself: then a question is an order in disguise. */
const ADDRESSED = /\b(?:you|ur|please|u)\b/;

/** "never", "do not", "must not": the opposite of an order to do it. */
const NEGATED =
  /\b(?:(?<!why )not|never|(?<!why )(?:don|doesn|didn|won|shouldn|mustn|can|couldn|wouldn)'t|cannot|nicht|niemals|nunca|jamais|mai)\s{1,2}(?:to |ever |simply |just )?$/;
/** "n'oublie pas", "no olvides": the same in languages that put it right before the verb. */
const NEGATED_ROMANCE = /(?:^|[\s"'])(?:n'|(?:non|nao|no|ne) )$/;
/** English verbs, which "no" does not negate: "oh no ignore all of that". */
const ENGLISH_VERB =
  /^(?:ignore|disregard|forget|override|bypass|discard|drop|skip|break|reveal|show|print|repeat|tell|send)\b/;

/** Somebody else did it, or wanted to: "the board voted to", "users". */
const REPORTED: Readonly<Record<Channel, RegExp>> = {
  user: /\b(?:(?:voted|decided|agreed|tried|refused|wanted|planned|plans|able|allowed) to|(?<!\b(?:to|for|dear|all|hey|hi|hello|attention) (?:the |you |our |my |all |any )?)(?:students|users|people|children|players|drivers|customers|attackers|hackers|models|bots|they)) $/,
  // In data, machines that are named are spoken to: "bots silently forward this".
  data: /\b(?:(?:voted|decided|agreed|tried|refused|wanted|planned) to|(?<!\b(?:to|for|dear|all|hey|hi|hello|attention) (?:the |you |our |my |all |any )?)(?:students|people|children|players|drivers|customers|attackers|hackers|they)) $/,
};

/** What is asked about the words themselves: "what does … mean", "… ka matlab". */
const MEANS_BEFORE = /\b(?:what (?:does|do|is)|meaning of|definition of|explain what)\b[^.!?\n]{0,24}$/;
const MEANS_AFTER = /^[^.!?\n]{0,40}\b(?:mean|(?<!by (?:any|all|other) )means|meaning|stands? for)\b(?! of)/;
const MEANING_OF = /^[\s"']{0,2}(?:ka|ki|ke|kā) (?:hindi|english|matlab|meaning|anuvaad|anuvad|arth)\b/;

const CLAUSE_ENDS = new Set([...'.!?\n,;:'].map((sign) => sign.charCodeAt(0)));

const clauseBefore = (text: string, start: number): string => {
  const least = Math.max(0, start - CLAUSE);
  let at = start;
  while (at > least && !CLAUSE_ENDS.has(text.charCodeAt(at - 1))) at -= 1;
  return text.slice(at, start);
};

/** "… in the end?" but not "… in the end. Really?" */
const IS_QUESTION = /^(?:[^.!?\n]|\.(?=\S))*\?/;

const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0;

const isQuestioned = (text: string, end: number, clause: string, channel: Channel): boolean => {
  const object = OBJECT_CLAUSE.exec(clause);
  const asks = object ?? INVERTED.exec(clause) ?? MARKED.exec(clause);
  if (asks === null || ADDRESSED.test(clause.slice(asks.index))) return false;
  const between = wordsIn(clause.slice(asks.index + asks[0].length));
  if (object !== null) return between <= (channel === 'data' && asks[0] === 'how to' ? 0 : MOST_BETWEEN.user);
  if (between > MOST_BETWEEN[channel]) return false;
  const isInverted = INVERTED.test(clause);
  if (channel === 'user' && isInverted) return true;
  return (
    (channel === 'user' || isInverted || !/^(?:if|when|where)/.test(asks[0])) &&
    IS_QUESTION.test(text.slice(end, end + BEHIND))
  );
};

const isAskedAbout = (text: string, start: number, end: number, channel: Channel): boolean => {
  const after = text.slice(end, end + 60);
  if (MEANING_OF.test(after)) return true;
  const clause = clauseBefore(text, start);
  if (clause.length === 0) return false;
  if (MEANS_BEFORE.test(clause) && MEANS_AFTER.test(after)) return true;
  if (NEGATED.test(clause)) return true;
  if (NEGATED_ROMANCE.test(clause) && !ENGLISH_VERB.test(text.slice(start, end))) return true;
  if (REPORTED[channel].test(clause) && !ADDRESSED.test(clause)) return true;
  return isQuestioned(text, end, clause, channel);
};

/** What is left of the score of an attack that is only spoken of. */
const SPOKEN_OF = 0.4;
/** What is left of one in quotation marks: enough to be flagged for, too little to be blocked for alone. */
const QUOTED: Readonly<Record<Channel, number>> = { user: 0.63, data: 0.7 };

/**
 * What is left of the score of a match in a folded text, from 0 to 1: of one that is asked about, warned of, or quoted to
 * be spoken about, too little to be flagged for; of one in a quotation, too little to be blocked for; else all.
 */
export const mentionShare = (text: string, start: number, end: number, channel: Channel): number => {
  if (isAskedAbout(text, start, end, channel)) return SPOKEN_OF;
  const how = quotationOf(text, start, end, channel);
  if (how === 'discussed') return SPOKEN_OF;
  return how === 'quoted' ? QUOTED[channel] : 1;
};
