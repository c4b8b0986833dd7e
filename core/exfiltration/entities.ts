/** Character references of HTML in an address, read as browsers do: by number with or without `;`, and the names that matter. */

const REFERENCE = /&(?:#(?:x([0-9a-f]{1,16})|([0-9]{1,16}))|([a-z]{2,12}));?/gi; // &#104; &#x68; &colon;
const LAST_POINT = 0x10ffff;

/** Names of characters that schemes, hosts and paths are written with, or that browsers drop. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    AMP: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    colon: ':',
    sol: '/',
    bsol: '\\',
    period: '.',
    commat: '@',
    Tab: '\t',
    NewLine: '\n',
    nbsp: ' ',
    quest: '?',
    num: '#',
    percnt: '%',
    equals: '=',
    lpar: '(',
    rpar: ')',
    lsqb: '[',
    lbrack: '[',
    rsqb: ']',
    rbrack: ']',
    lowbar: '_',
    excl: '!',
    semi: ';',
    comma: ',',
    plus: '+',
    hyphen: '-',
    dash: '-',
    ZeroWidthSpace: '',
    shy: '',
    zwj: '',
    zwnj: '',
    NoBreak: '',
    fjlig: 'fj',
  }),
);

const characterOf = (point: number): string =>
  point > LAST_POINT || (point >= 0xd800 && point <= 0xdfff) ? '\ufffd' : String.fromCodePoint(point);

/** A text with its character references read once. */
export const decodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string) => {
        if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
        if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10));
        return NAMED.get(name ?? '') ?? whole;
      })
    : text;
