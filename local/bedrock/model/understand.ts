/** The weak model's reading: it sees through every disguise that an attacker may use, as good models do. */

const BASE64 = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const HEX = /(?:[0-9a-fA-F]{2} ?){12,}/g;

const printable = (text: string): boolean => text.length > 5 && !/\p{Cc}|\ufffd/u.test(text);

const tryDecode = (run: string, encoding: 'base64' | 'hex'): string => {
  const clean = encoding === 'hex' ? run.replaceAll(' ', '') : run.replaceAll('-', '+').replaceAll('_', '/');
  const decoded = Buffer.from(clean, encoding).toString();
  return printable(decoded) ? decoded : '';
};

const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ο: 'o',
  α: 'a',
  ι: 'i',
};
const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' };

const visible = (text: string): string =>
  [...text.normalize('NFKC')]
    .map((character) => {
      const point = character.codePointAt(0) ?? 0;
      if (point >= 0xe0020 && point <= 0xe007e) return String.fromCharCode(point - 0xe0000);
      if (
        (point >= 0x200b && point <= 0x200f) ||
        (point >= 0x2060 && point <= 0x2064) ||
        point === 0xfeff ||
        point === 0xad
      )
        return '';
      return character;
    })
    .join('');

const turn13 = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

const unescaped = (text: string): string =>
  text
    .replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d{2,6});/g, (_, decimal) => String.fromCodePoint(Math.min(Number(decimal), 0x10ffff)))
    .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** All that the text says, in any reading, one reading a line. */
export const understand = (text: string): string => {
  const plain = visible(text);
  const readings = [
    plain,
    [...plain].map((character) => LOOKALIKES[character] ?? character).join(''),
    unescaped(plain),
    plain.replaceAll(/(?<=[a-z])[013457](?=[a-z])|\b[013457](?=[a-z])/gi, (sign) => LEET[sign] ?? sign),
    plain.replaceAll(/(?<=\b\w) (?=\w\b)/g, ''),
    ...(plain.match(BASE64) ?? []).map((run) => tryDecode(run, 'base64')),
    ...(plain.match(HEX) ?? []).map((run) => tryDecode(run, 'hex')),
    turn13(plain),
    [...plain].reverse().join(''),
  ];
  return [...new Set(readings)].join('\n');
};
