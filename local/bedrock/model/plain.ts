/** Answers that nobody has to be guarded from. */

import { visible } from './disguises.ts';

const TOPICS = 6;
const STOP_WORDS: ReadonlySet<string> = new Set(
  'the and are for how what why when where who which that this with you your can does did has have was were will would should could from into about there here please tell explain write give show'.split(
    ' ',
  ),
);
/** Scripts without spaces between words: two signs are enough of a topic. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Text that is looked at: a topic is clear soon. */
const MAX_LOOK = 4000;

const topicOf = (word: string): string | undefined => {
  const bare = word.replace(/^\P{L}+/u, '').replace(/\P{L}+$/u, '');
  if (!/^[\p{L}\p{M}]{2,16}$/u.test(bare)) return undefined;
  if (UNSPACED.test(bare)) return [...bare].slice(0, 2).join('');
  const topic = bare.toLowerCase();
  return topic.length < 3 || STOP_WORDS.has(topic) ? undefined : topic;
};

/** A short answer made of topic words of the question: no sentence, number, address or name of it comes back whole. */
export const plainAnswer = (question: string): string => {
  const words = visible(question.slice(0, MAX_LOOK)).split(/\s+/u);
  const topics = [...new Set(words.flatMap((word) => topicOf(word) ?? []))].slice(0, TOPICS);
  return topics.length === 0 ? 'Here is a short answer.' : `Here is a short answer about ${topics.join(', ')}.`;
};

const TEN_WORDS = 'A pear is a pear, and tomorrow is another day.'.split(' ');
const MAX_WORDS = 150_000;

/** So many words about nothing. */
export const manyWords = (count: number): string =>
  Array.from({ length: Math.min(count, MAX_WORDS) }, (_, index) => TEN_WORDS[index % TEN_WORDS.length]).join(' ');

/** The first sentence of a text. */
export const firstSentence = (text: string): string =>
  text
    .trim()
    .slice(0, MAX_LOOK)
    .split(/(?<=[.!?。！？])\s|\n/u, 1)[0] ?? '';
