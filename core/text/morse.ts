/** International Morse code, ITU-R M.1677: the letters, then the digits. */
const CODES: ReadonlyMap<string, string> = new Map(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.'
    .split(' ')
    .map((code, index) => [code, 'abcdefghijklmnopqrstuvwxyz0123456789'[index] ?? '']),
);

/** Letters in Morse code as text; `undefined` where no three of them stand side by side. */
export const textOfMorse = (run: string): string | undefined => {
  const text = run
    .split(/ ?\/ ?| {2,}|\n/)
    .map((word) =>
      word
        .split(' ')
        .map((code) => CODES.get(code) ?? '')
        .join(''),
    )
    .join(' ');
  return /[a-z]{3}/.test(text) ? text : undefined;
};
