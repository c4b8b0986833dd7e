/** Taking marks out of a reply, also one that comes in pieces. */

/** A reply on its way. */
export interface Unmarking {
  /** What can be passed on after one more piece: all but what may be the beginning of a mark. */
  push(chunk: string): string;
  /** What was held back. Here a text ends. */
  flush(): string;
}

/** Takes marks out. */
export interface Unmarker {
  unmark(text: string): string;
  stream(): Unmarking;
}

/** An unmarker for marks that neither begin nor end within one another. */
export const createUnmarker = (marks: readonly string[]): Unmarker => {
  const unmark = (text: string): string => marks.reduce((rest, mark) => rest.replaceAll(mark, ''), text);
  const beginnings = [
    ...new Set(marks.flatMap((mark) => Array.from(mark, (_, length) => mark.slice(0, length)).slice(1))),
  ].sort((a, b) => b.length - a.length);
  return {
    unmark,
    stream: () => {
      let held = '';
      return {
        push(chunk) {
          const text = unmark(held + chunk);
          held = beginnings.find((beginning) => text.endsWith(beginning)) ?? '';
          return text.slice(0, text.length - held.length);
        },
        flush() {
          const rest = held;
          held = '';
          return rest;
        },
      };
    },
  };
};
