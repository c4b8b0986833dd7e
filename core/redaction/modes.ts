/** What stands in place of a value, by its entity. */

import type { OptionCheck } from '../options.ts';
import type { Numbering } from './numbering.ts';
import type { Finding } from './types.ts';

/**
 * `placeholder`: `[EMAIL_ADDRESS_1]`, the same for the same value throughout a request. `mask`: `***`, of numbers from
 * twelve digits on the last four stay. `hash`: `[EMAIL_ADDRESS:kbdmpcah…]`, the same for the same value wherever the same key
 * is used. `drop`: nothing. `block`: a placeholder, and whoever sends the text is told to withhold it. `report`: the value
 * itself, which is found and no more.
 */
export type RedactionMode = 'placeholder' | 'mask' | 'hash' | 'drop' | 'block' | 'report';

/** Modes by entity; `'*'` is for all that are not named. */
export type RedactionModes = Readonly<Record<string, RedactionMode>>;

/** Options of what stands in place of values. */
export interface ModeOptions {
  /** @default 'placeholder' for all */
  readonly modes?: RedactionModes;
  /** Keyed digest of a text in hexadecimal digits, e.g. an HMAC: for `hash`. The key is the caller's. @default none */
  readonly digest?: (text: string) => string;
}

const MODES: readonly unknown[] = ['placeholder', 'mask', 'hash', 'drop', 'block', 'report'];

/** How `modes` is checked. */
export const modesCheck: OptionCheck = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every((mode) => MODES.includes(mode))
    ? undefined
    : `modes by entity: ${MODES.join(', ')}`;

/** The mode of each entity, and what it writes. */
export interface Replacement {
  /** What stands in place of a value, given its placeholder. */
  write(entity: string, value: string, placeholder: Numbering): string;
  /** Whether values of an entity stay where they are. */
  reports(entity: string): boolean;
  /** Whether a text with these findings must not be sent. */
  blocks(findings: readonly Finding[]): boolean;
}

/** Shortest number of which the last digits stay. */
const LONG_NUMBER = 12;
const SHOWN_DIGITS = 4;

const maskOf = (value: string): string => {
  const digits = value.replaceAll(/\D/g, '');
  return digits.length >= LONG_NUMBER && !/[a-z]/.test(value) ? `***${digits.slice(-SHOWN_DIGITS)}` : '***';
};

/** Hexadecimal digits of a hash that are shown: 48 bits. */
const HASH_DIGITS = 12;

/** Letters for hexadecimal digits: digits might be taken for a number. */
const LETTERS = 'bcdfghjkmnpqrstv';
const lettersOf = (hex: string): string =>
  [...hex.slice(0, HASH_DIGITS)].map((digit) => LETTERS[Number.parseInt(digit, 16)] ?? 'z').join('');

/** Spellings of one value count as one. */
const spelledAlike = (value: string): string => value.replaceAll(/[ -]/g, '').toLowerCase();

/** @throws TypeError for `hash` without a digest. */
export const createReplacement = ({ modes = {}, digest }: ModeOptions): Replacement => {
  const modeOf = (entity: string): RedactionMode =>
    (Object.hasOwn(modes, entity) ? modes[entity] : modes['*']) ?? 'placeholder';
  if (digest === undefined && Object.values(modes).includes('hash'))
    throw new TypeError("createRedactor: the mode 'hash' needs a digest");

  return {
    write(entity, value, placeholder) {
      const mode = modeOf(entity);
      if (mode === 'mask') return maskOf(value);
      if (mode === 'hash') return `[${entity}:${lettersOf(digest?.(`${entity} ${spelledAlike(value)}`) ?? '')}]`;
      if (mode === 'drop') return '';
      return mode === 'report' ? value : placeholder(entity, value);
    },
    reports: (entity) => modeOf(entity) === 'report',
    blocks: (findings) => findings.some(({ entity }) => modeOf(entity) === 'block'),
  };
};
