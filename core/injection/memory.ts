/** Results that were found before. A memory holds digests in place of texts, and no more than so many of them. */

import { remember } from '../bounded-map.ts';
import type { Digest } from './allow-list.ts';
import { detectionVersion } from './model/weights.ts';
import type { Segment } from './segments.ts';
import type { SettledSettings } from './settings.ts';
import type { ScreenResult } from './types.ts';

/**
 * Results by text, to be kept by whoever screens a growing conversation again and again: `createScreenCache`, or a
 * `Map`. Its keys are digests where the screen has a `digest`, else texts. Screens with rules, scorers or models of
 * their own need caches of their own.
 */
export type ScreenCache = Pick<Map<string, ScreenResult>, 'get' | 'set'>;

/** Most texts that a cache remembers: a result is some hundred bytes. */
const MOST = 1000;

/** A cache that the oldest result leaves when it is full. @param most Results. */
export const createScreenCache = (most: number = MOST): ScreenCache => {
  const results = new Map<string, ScreenResult>();
  const cache: ScreenCache = {
    get: (key) => results.get(key),
    set(key, result) {
      remember(results, key, result, most);
      return results;
    },
  };
  return cache;
};

/** Names a text in a cache. */
export type TextKey = (segment: Segment) => string;

/**
 * Names texts by channel, text, settings and version of rules and weights.
 *
 * A text with half a surrogate pair has no digest of its own, and stays as it is: else it could pass for another.
 */
export const createKeys = (settings: SettledSettings, digest: Digest | undefined): TextKey => {
  const { modes, ruleModes, cutPoints } = settings;
  const under = JSON.stringify([detectionVersion, modes, [...ruleModes].sort(), cutPoints]);
  return ({ channel, text }) => {
    const whole = `${under}\n${channel}\n${text}`;
    return digest !== undefined && text.isWellFormed() ? digest(whole) : whole;
  };
};
