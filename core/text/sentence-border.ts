/** Where a text can be parted so that what belongs together stays together. */

const SPACE = /\s/;
const SENTENCE_END = '.!?…:;';
/** Ends of sentences that no space follows. */
const FULL_WIDTH_END = '。！？';
/** What may stand between the end of a sentence and the space after it. */
const CLOSING = '"\')]}”’»*_';

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** `at`, or just before it where it would part the two halves of a character, be the second there or still to come. */
export const betweenCharacters = (text: string, at: number): number => (isHigh(text.charCodeAt(at - 1)) ? at - 1 : at);

const endsSentence = (text: string, at: number): boolean => {
  const unit = text[at - 1] ?? '';
  if (FULL_WIDTH_END.includes(unit) || unit === '\n') return true;
  if (!SPACE.test(unit)) return false;
  const last = text[at - 2] ?? '';
  return SENTENCE_END.includes(CLOSING.includes(last) ? (text[at - 3] ?? ' ') : last || ' ');
};

const endsParagraph = (text: string, at: number): boolean => text[at - 1] === '\n' && text[at - 2] === '\n';

/**
 * The last border after `from` and not after `to`: of a paragraph, else of a line or sentence, else of a word, else `to`.
 * Only what stands before a border is looked at, so that what follows later changes nothing.
 */
export const sentenceBorder = (text: string, from: number, to: number): number => {
  let sentence: number | undefined;
  let word: number | undefined;
  for (let at = to; at > from; at -= 1) {
    if (endsParagraph(text, at)) return at;
    if (sentence === undefined && endsSentence(text, at)) sentence = at;
    if (word === undefined && SPACE.test(text[at - 1] ?? '')) word = at;
  }
  const border = sentence ?? word ?? betweenCharacters(text, to);
  return border > from ? border : to;
};
