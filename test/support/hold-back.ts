/** How much of a streamed text a redactor holds back. */

import type { Redactor } from '../../core/redaction/index.ts';

/** Replies as a model writes them, with nothing private in them. */
export const PLAIN_REPLIES: Readonly<Record<string, string>> = {
  prose:
    'The orchard has three rows of pears and a well, and on Sunday we went there to see it. “It was 1914,” she said ' +
    '(the year of the frost), “and token gestures were all we had: no secret, no password.” Prices rose by 12 % to ' +
    '$1,299.95 between 2019-2024; see chapter 7.2, pages 110–115, e.g. the well-known table. Don’t worry, it isn’t hard. ',
  markdown:
    '## Steps\n\n1. **Open** the `settings` page\n2. Choose *Access* -> *Keys*\n3. Run `npm install --save-dev tool@7.9.2`\n\n' +
    '| name | rows |\n|------|-----:|\n| pear | 1,204 |\n| plum | 36 |\n\n- [the guide](https://example.org/guide/start#keys)\n',
  code:
    'export const total = (items: readonly Item[]): number => {\n  let sum = 0;\n  for (const { price, count = 1 } of items)' +
    ' sum += price * count; // in cents\n  return Math.round(sum * 1.19) / 100;\n};\nconst token = request.headers.get("x-token");\n',
  json: '{"id":"a7f3","name":"pear","rows":[1204,36,7],"at":"2024-11-05T10:15:00.000Z","ok":true,"note":"two\\nlines"}\n',
  German:
    'Der Garten hat drei Reihen Birnen und einen Brunnen. Am 24.12.2023 wurden 1.204 Stück geerntet – früher als üblich. ',
  Japanese: '果樹園には梨の木が三列と井戸があります。2024年11月5日に120個収穫しました。とても甘いです。',
};

/** A text in pieces of `size` units. */
export const inChunks = (text: string, size: number): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

/** A text word by word, each with the space before it, as a model's tokens often are. */
export const inWords = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/** What a stream showed and what it held back of the text, after each piece. */
export interface Progress {
  readonly pushed: number;
  readonly shown: string;
  /** UTF-16 units that are neither shown nor replaced. */
  readonly held: number;
}

/** Feeds pieces to a stream. A placeholder stands for its whole value, however much of that has come. */
export const progressOf = (redactor: Redactor, pieces: readonly string[]): readonly Progress[] => {
  const { text: whole, findings } = redactor.redact(pieces.join(''));
  /** Units of the text that the first `length` units of the output stand for. */
  const decided = (length: number): number => {
    let shift = 0;
    for (const { start, end } of findings) {
      const close = whole.indexOf(']', start + shift) + 1;
      if (close > length) break;
      shift = close - end;
    }
    return length - shift;
  };
  const stream = redactor.stream();
  let pushed = 0;
  let shown = '';
  return pieces.map((piece) => {
    pushed += piece.length;
    shown += stream.push(piece);
    return { pushed, shown, held: Math.max(0, pushed - decided(shown.length)) };
  });
};
