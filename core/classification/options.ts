/** How the options of classification are checked. */

import type { OptionCheck } from '../options.ts';
import { DATA_LEVELS, type DataLevel } from './levels.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const LEVELS = DATA_LEVELS.join(', ');

/** Whether a value is a level. */
export const isDataLevel = (value: unknown): value is DataLevel => DATA_LEVELS.includes(value as DataLevel);

/** One of the levels. */
export const dataLevel: OptionCheck = (value) => (isDataLevel(value) ? undefined : `one of ${LEVELS}`);

/** An object whose every value is a level, and whose every name is of a shape. */
export const levelsBy =
  (what: string, isName: (name: string) => boolean): OptionCheck =>
  (value) =>
    isObject(value) && Object.entries(value).every(([name, level]) => isName(name) && isDataLevel(level))
      ? undefined
      : `an object of levels (${LEVELS}) by ${what}`;

const ENTITY = /^[A-Z][A-Z0-9_]{1,60}(?::[\w.-]{1,60})?$/; // SECRET:github-pat
const ID = /^[a-z0-9][\w.-]{0,60}$/i; // project-falcon

/** Longest phrase of a marker, in UTF-16 units. */
const LONGEST_PHRASE = 100;

const isPhrase = (phrase: unknown): boolean =>
  typeof phrase === 'string' && /[\p{L}\d]/u.test(phrase) && phrase.length <= LONGEST_PHRASE;

const isMarker = (marker: unknown): boolean => {
  if (!isObject(marker)) return false;
  const { id, phrases, level, anywhere, ...others } = marker;
  return (
    Object.keys(others).length === 0 &&
    typeof id === 'string' &&
    ID.test(id) &&
    isDataLevel(level) &&
    (anywhere === undefined || typeof anywhere === 'boolean') &&
    Array.isArray(phrases) &&
    phrases.length > 0 &&
    phrases.every(isPhrase)
  );
};

/** How the options of a classifier are checked. */
export const CLASSIFIER_CHECKS: Readonly<Record<'levels' | 'markers' | 'sourceCode', OptionCheck>> = {
  levels: levelsBy('entity, such as EMAIL_ADDRESS or SECRET:github-pat', (name) => ENTITY.test(name)),
  markers: (value: unknown) =>
    Array.isArray(value) && value.every(isMarker)
      ? undefined
      : `a list of { id, phrases, level } with a level of ${LEVELS} and phrases of 1 to ${LONGEST_PHRASE} characters`,
  sourceCode: (value: unknown) => (value === false ? undefined : dataLevel(value)),
};
