/** Values that logs are full of, and that belong to nobody: made at random, the same each time. */

import { pick, type Random } from '../../../../training/random.ts';

/** A whole number from `low` up to `high`, both possible. */
export const integer = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

/** So many characters out of an alphabet. */
export const characters = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

export const digits = (random: Random, length: number): string => characters(random, '0123456789', length);

export const hex = (random: Random, length: number): string => characters(random, '0123456789abcdef', length);

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export const base64 = (random: Random, length: number): string => characters(random, BASE64, length);

/** Version 4 (RFC 9562). */
export const uuid = (random: Random): string =>
  [
    hex(random, 8),
    hex(random, 4),
    `4${hex(random, 3)}`,
    `${characters(random, '89ab', 1)}${hex(random, 3)}`,
    hex(random, 12),
  ].join('-');

/** Crockford's base32, as time-sorted ids are written. */
export const ulid = (random: Random): string => `01${characters(random, '0123456789ABCDEFGHJKMNPQRSTVWXYZ', 24)}`;

/** Of the private range 10/8 (RFC 1918). */
export const address = (random: Random): string =>
  `10.${integer(random, 0, 255)}.${integer(random, 0, 255)}.${integer(random, 1, 254)}`;

const FIRST = Date.UTC(2025, 0, 1);
const YEAR = 365 * 24 * 3600 * 1000;

/** Some time within a year. */
export const moment = (random: Random): Date => new Date(FIRST + Math.floor(random() * YEAR));

const WORDS =
  'account amber basket batch beacon billing birch bridge cache canyon catalog cedar checkout cluster copper delivery ember export falcon feature finance garden gateway harbor import index invoice jasper ledger lumen maple market meadow media mirror notify orchard orders otter payment pebble pixel portal profile queue report river search session shard signal stream summit sync tablet ticket tracker upload valley vendor widget worker'.split(
    ' ',
  );

/** A word as services and tables are called. */
export const word = (random: Random): string => pick(random, WORDS);
