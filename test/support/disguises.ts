/** Ways in which a model may write a text so that it is not seen. */

const bytes = (text: string): Buffer => Buffer.from(text);
const each = (text: string, change: (character: string) => string, between = ''): string =>
  Array.from(text, change).join(between);
const hex = (text: string, to: string): string => bytes(text).toString('hex').replaceAll(/../g, to);

/** In base32 (RFC 4648). */
const base32 = (text: string): string => {
  const bits = Array.from(bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
};

/** Letters shifted in the alphabet. */
const shifted =
  (by: number) =>
  (text: string): string =>
    text.replaceAll(/[a-z]/gi, (letter) => {
      const first = letter < 'a' ? 0x41 : 0x61;
      return String.fromCharCode(first + ((letter.charCodeAt(0) - first + by) % 26));
    });

const reversed = (text: string): string => [...text].reverse().join('');
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };

/** Codes: what they say is the text, character by character. */
export const CODED: Readonly<Record<string, (text: string) => string>> = {
  'in base64': (text) => bytes(text).toString('base64'),
  'in URL-safe base64': (text) => bytes(text).toString('base64url'),
  'in wrapped base64': (text) => bytes(text).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  'in base64 with text before it': (text) => bytes(`It is: ${text} and no more.`).toString('base64'),
  'in base32': base32,
  'in hexadecimal': (text) => hex(text, '$&'),
  'in spaced hexadecimal capitals': (text) => hex(text, '$& ').toUpperCase(),
  'in 0x codes': (text) => hex(text, '0x$&, '),
  'in \\x escapes': (text) => hex(text, '\\x$&'),
  'in URL encoding': (text) => hex(text, '%$&'),
  'in \\u escapes': (text) =>
    text.replaceAll(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in decimal HTML entities': (text) => Array.from(bytes(text), (byte) => `&#${byte};`).join(''),
  'in hexadecimal HTML entities': (text) => hex(text, '&#x$&;'),
  'in decimal codes': (text) => [...bytes(text)].join(' '),
  'in binary': (text) => Array.from(bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join(' '),
};

/** Letters in another order, or other ones. */
export const TURNED: Readonly<Record<string, (text: string) => string>> = {
  reversed,
  'in rot13': shifted(13),
  'with spaces between the characters': (text) => each(text, (character) => character, ' '),
  'with characters that nobody sees': (text) => each(text, (character) => `${character}\u200b`),
  'in full width': (text) =>
    text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
};

/** What is done to sentences only. */
export const REWORDED: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'without punctuation': (text) => text.replaceAll(/[^\p{L}\p{N}\s]/gu, ''),
  'as a numbered list in bold': (text) =>
    text
      .split(/(?<=[.,]) /)
      .map((line, index) => `${index + 1}. **${line}**`)
      .join('\n'),
  'without blanks': (text) => text.replaceAll(/\s/g, ''),
  'with dots between the letters': (text) => each(text, (character) => character, '.'),
  'one letter a line': (text) => each(text, (character) => character, '\n'),
  'in JSON': (text) => JSON.stringify(JSON.stringify(text.replaceAll('. ', '.\n'))),
  'in a URL': encodeURIComponent,
  'shifted by three letters': shifted(3),
  'in the mirrored alphabet': (text) =>
    text.replaceAll(/[a-z]/gi, (letter) => String.fromCharCode((letter < 'a' ? 155 : 219) - letter.charCodeAt(0))),
  'in leetspeak': (text) => text.replaceAll(/[aeiost]/gi, (letter) => LEET[letter.toLowerCase()] ?? letter),
  'words in reverse order': (text) => text.split(/\s+/).reverse().join(' '),
  'each word reversed': (text) => text.split(' ').map(reversed).join(' '),
  'in base64 of its reverse': (text) => bytes(reversed(text)).toString('base64'),
  'in hexadecimal of its rot13': (text) => hex(shifted(13)(text), '$&'),
};
