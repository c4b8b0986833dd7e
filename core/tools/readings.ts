/** What a text may be read as by whoever gets it: without its invisible characters, its escapes decoded. */

import { decodeEntities } from '../exfiltration/entities.ts';

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Dots that host names are also written with (UTS 46), and signs that look like those of an address. */
const DOTS = /[\u3002\uff0e\uff61]/g;
const SLASHES = /[\u2044\u2215\u29f8]/g;
const COLONS = /[\u02d0\ua789\u2236]/g;
const PLAIN = /^[\t\n\r -~]*$/;

const PERCENTS = /(?:%[0-9a-f]{2})+/gi; // %3A%2f
const ESCAPES = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([/:.]))/gi; // \u003a \x3a \/

/** Encodings within encodings are decoded this deep. */
const MOST_ROUNDS = 3;

const shown = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.normalize('NFKC').replace(INVISIBLE, '').replace(DOTS, '.').replace(SLASHES, '/').replace(COLONS, ':');

const byteOf = (percent: string): string => String.fromCharCode(Number.parseInt(percent.slice(1), 16));

const percentsDecoded = (text: string): string =>
  text.replace(PERCENTS, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%../g, byteOf);
    }
  });

const LAST_POINT = 0x10ffff;

const escapesDecoded = (text: string): string =>
  text.replace(ESCAPES, (whole, braced?: string, unicode?: string, hex?: string, sign?: string) => {
    if (sign !== undefined) return sign;
    const point = Number.parseInt(braced ?? unicode ?? hex ?? '', 16);
    return point <= LAST_POINT ? String.fromCodePoint(point) : whole;
  });

/** The text itself, first, and whatever else it may be read as: at most five readings, none much longer than the text. */
export const readingsOf = (text: string): readonly string[] => {
  const readings = [text];
  const add = (reading: string): void => {
    if (!readings.includes(reading)) readings.push(reading);
  };
  let reading = shown(text);
  add(reading);
  for (let round = 0; round < MOST_ROUNDS && /[%&\\]/.test(reading); round++) {
    reading = shown(escapesDecoded(decodeEntities(percentsDecoded(reading))));
    add(reading);
  }
  return readings;
};
