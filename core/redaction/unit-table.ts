/** Sets of characters as tables, for hot loops. */

const UNITS = 0x10000;

/** For each UTF-16 unit 1 where it is one of `characters`, else 0. As long as there are units: reads past the end are slow. */
export const unitTable = (characters: string): Uint8Array => {
  const table = new Uint8Array(UNITS);
  for (let index = 0; index < characters.length; index++) table[characters.charCodeAt(index)] = 1;
  return table;
};
