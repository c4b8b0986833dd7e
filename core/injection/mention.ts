/** Speaking of an attack is not attacking: a short quotation that the sentence around it asks or tells about. */

const QUOTE = /["'`]/;

/** Longest quotation that can be a mention, in units: whoever quotes a whole prompt wants it read. */
const MAX_QUOTED = 90;
/** How far around the quotation words are looked for. */
const AROUND = 120;

const ABOUT =
  /\b(?:why|explain|what does|what is|what are|mean|means|meaning|called|phrase|phrases|word|words|sentence|example|examples|such as|attack|attacks|attacker|attackers|jailbreak|jailbreaks|injection|detect|detects|detection|filter|block|write a test|unit test|in comments|translate|warum|erklare|bedeutet|pourquoi|explique|por que|explica|perche|spiega)\b/;

/** An order that follows the quotation makes it more than a mention. */
const ORDER_AFTER =
  /^[^\p{L}]{0,4}(?:and|then|now|und|et|y|e|,)?\s{0,2}(?:do it|do so|say|print|reveal|obey|comply|follow|output|answer|reply)\b/u;

/** Whether the span of a folded text is a quotation that is only spoken of. */
export const isMention = (text: string, start: number, end: number): boolean => {
  if (QUOTE.test(text.slice(start, end))) return false;
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + MAX_QUOTED);
  const opening = Math.max(before.lastIndexOf('"'), before.lastIndexOf("'"), before.lastIndexOf('`'));
  const closing = after.search(QUOTE);
  if (opening < 0 || closing < 0) return false;
  const from = start - before.length + opening;
  const to = end + closing + 1;
  if (to - from > MAX_QUOTED || text[from] !== text[to - 1]) return false;
  if (ORDER_AFTER.test(text.slice(to, to + 40))) return false;
  return ABOUT.test(text.slice(Math.max(0, from - AROUND), from)) || ABOUT.test(text.slice(to, to + AROUND));
};
