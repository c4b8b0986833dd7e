/** Where a command writes to. */

/** Standard output and error of a command. Nothing that would steer a terminal gets through. */
export interface Output {
  print(text: string): void;
  error(text: string): void;
  /** Width of the terminal, if it is one. */
  readonly columns: number | undefined;
}

/** What is no letter, sign or space of a line, a newline apart: controls, marks that turn the direction, separators. */
const STEERING = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu; // ESC, U+202E

/** A text that steers no terminal. */
export const harmlessText = (text: string): string => text.replaceAll(STEERING, '?');

/** A text that steers no terminal, and stays on its line. */
export const harmlessLine = (text: string): string => harmlessText(text).replaceAll('\n', '?');

/** The output of this process. A reader that goes away (`| head`) ends nothing with an error. */
export const processOutput = (): Output => {
  process.stdout.on('error', () => {});
  return {
    print: (text) => void process.stdout.write(harmlessText(text)),
    error: (text) => void process.stderr.write(harmlessText(text)),
    columns: process.stdout.columns,
  };
};
