/**
 * Letters that look like Latin ones, after compatibility normalisation and in lower case.
 * Source: the confusables of Unicode Technical Standard #39, those that readers really take for each other.
 */

const ROWS: readonly (readonly [looksLike: string, characters: string])[] = [
  ['a', 'аαɑᴀꭺ'],
  ['b', 'вβʙɓƀ'],
  ['c', 'сϲᴄƈꮯ'],
  ['d', 'ԁᴅɗđ'],
  ['e', 'еεєᴇɛҽ'],
  ['f', 'ꜰƒ'],
  ['g', 'ɡցɢǥ'],
  ['h', 'һнʜհħ'],
  ['i', 'іιıɪɩ'],
  ['j', 'јϳᴊɉ'],
  ['k', 'кκᴋƙ'],
  ['l', 'ӏʟłƚǀ'],
  ['m', 'мᴍ'],
  ['n', 'пηɴոƞ'],
  ['o', 'оοσᴏօøɵ'],
  ['p', 'рρᴘ'],
  ['q', 'ԛգ'],
  ['r', 'гʀɼ'],
  ['s', 'ѕꜱʂ'],
  ['t', 'тτᴛŧ'],
  ['u', 'υᴜսʋ'],
  ['v', 'νѵᴠ'],
  ['w', 'ԝωᴡѡɯ'],
  ['x', 'хχ'],
  ['y', 'уγʏүყ'],
  ['z', 'ᴢʐƶ'],
  ['ss', 'ß'],
  ['ae', 'æ'],
  ['oe', 'œ'],
  ["'", '’‘‛ʼ′´'],
  ['"', '“”„‟«»″「」『』'],
  ['-', '˗‐‑‒–—−―'],
  ['!', 'ǃ'],
  ['/', '∕⁄'],
  // Letters that writers of Arabic, Persian and Urdu use for one another.
  ['ا', 'أإآٱ'],
  ['ي', 'ىی'],
  ['ك', 'ک'],
  ['ه', 'ة'],
];

/** What a reader takes a character for. */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([looksLike, characters]) => [...characters].map((character) => [character, looksLike] as const)),
);
