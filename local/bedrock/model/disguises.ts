/** Single ways in which a text can be disguised, each undone on its own. */

/** Letters of other scripts that look like Latin ones. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аαɑ',
    b: 'Ьɓ',
    c: 'сϲ',
    d: 'ԁɗ',
    e: 'еεҽ',
    g: 'ɡց',
    h: 'һհ',
    i: 'іιɩ',
    j: 'јϳ',
    k: 'κк',
    l: 'ӏⅼ',
    m: 'м',
    n: 'ոп',
    o: 'оοօ',
    p: 'рρ',
    q: 'ԛ',
    r: 'гʀ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵν',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγ',
    z: 'ᴢ',
    A: 'АΑ',
    B: 'ВΒ',
    C: 'СϹ',
    D: 'Ꭰ',
    E: 'ЕΕ',
    H: 'НΗ',
    I: 'ІΙ',
    K: 'КΚ',
    M: 'МΜ',
    N: 'Ν',
    O: 'ОΟ',
    P: 'РΡ',
    S: 'Ѕ',
    T: 'ТΤ',
    W: 'Ԝ',
    X: 'ХΧ',
    Y: 'УΥ',
    Z: 'Ζ',
  }).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
};

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Characters without ink: zero-width, direction marks, soft hyphen, fillers, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Private use: nobody knows what such a character means. */
const MEANINGLESS = /\p{Co}/gu;
/** Tag characters: an invisible copy of ASCII. */
const TAGS = /[\u{e0020}-\u{e007e}]/gu;

/** What is seen: compatibility forms folded, invisible characters gone, tag characters read. */
export const visible = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(TAGS, (tag) => String.fromCharCode((tag.codePointAt(0) ?? 0) - 0xe0000))
    .replaceAll(INVISIBLE, '')
    .replaceAll(MEANINGLESS, '');

/** Look-alikes as Latin letters, accents off. */
export const latin = (text: string): string =>
  Array.from(text.normalize('NFD').replaceAll(/\p{M}/gu, ''), (sign) => LOOKALIKES.get(sign) ?? sign).join('');

/** Digits and signs that stand for letters, in words that have letters: `1gn0r3`. */
export const unleeted = (text: string): string =>
  text.replaceAll(/[\p{L}\p{N}@$]+/gu, (word) =>
    /\p{L}/u.test(word) ? word.replaceAll(/[0-9@$]/g, (sign) => LEET[sign] ?? sign) : word,
  );

/** Letters that stand alone joined to words, by whatever single sign they were parted: `i g n o r e`, `i.g.n.o.r.e`. */
export const joined = (text: string): string =>
  text
    .replaceAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[ ._*|~-][\p{L}\p{N}:"'!](?![\p{L}\p{N}]))+/gu, (run) =>
      run.replaceAll(/[ ._*|~-]/g, ''),
    )
    .replaceAll(/ {2,}/g, ' ');

/** ROT13. */
export const turned = (text: string): string =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const base = letter < 'a' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });

/** Back to front. */
export const reversed = (text: string): string => [...text].reverse().join('');

/** Every word back to front. */
export const wordsReversed = (text: string): string => text.replaceAll(/[\p{L}\p{N}:]+/gu, reversed);

const fromPoint = (digits: string, base: number): string => {
  const point = Number.parseInt(digits, base);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
};

/** Escapes of URLs, HTML and program text: `%49`, `&#73;`, `&#x49;`, `&lt;`, `\u0049`, `\u{49}`, `\x49`, `U+0049`. */
export const unescaped = (text: string): string =>
  text
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (_, digits: string) => fromPoint(digits, 16))
    .replaceAll(/&#(\d{1,7});?/g, (_, digits: string) => fromPoint(digits, 10))
    .replaceAll(/&([a-z]{2,4});/g, (whole, name: string) => NAMED[name] ?? whole)
    .replaceAll(/\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|U\+([0-9a-f]{4,6}) ?/gi, (_, ...digits) =>
      fromPoint(digits.slice(0, 4).find((found) => found !== undefined) ?? '0', 16),
    );

const isReadable = (text: string): boolean => text.length > 5 && !/\p{Cc}|\ufffd/u.test(text.replaceAll(/\s/g, ' '));

/** What stands in base64 and in hexadecimal within the text, decoded. */
export const decodedParts = (text: string): readonly string[] => {
  const base64 = text.match(/[A-Za-z0-9+/_-]{12,}/g) ?? []; // SWdub3JlIGFsbA
  const hex = text.match(/(?:(?:0x|\\x)?[0-9a-f]{2}[ :,]?){8,}/gi) ?? []; // 49 67 6e 6f 72 65 20 61
  return [
    ...base64.map((run) => Buffer.from(run, 'base64url').toString()),
    ...hex.map((run) => Buffer.from(run.replaceAll(/0x|\\x|[ :,]/gi, ''), 'hex').toString()),
  ].filter(isReadable);
};
