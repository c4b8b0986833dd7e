/** Tokens that only this service can make: `prefix.payload.mac`, compared in constant time. */

import type { OptionCheck } from './options.ts';

/** A keyed digest of `text` (HMAC-SHA-256, base64url). The key stays with whoever passes this function. */
export type Mac = (text: string) => string;

/** One digest, or those of several keys while they rotate: the first seals, and what any of them has sealed opens. */
export type Macs = Mac | readonly [Mac, ...Mac[]];

/** Says what was expected where a value is no {@link Macs}. */
export const macs: OptionCheck = (value) => {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return given.length > 0 && given.every((mac) => typeof mac === 'function')
    ? undefined
    : 'a function, or a list of them';
};

const listOfMacs = (given: Macs): readonly [Mac, ...Mac[]] => (typeof given === 'function' ? [given] : given);

/** Compares two strings without telling by time where they differ. */
export const sameText = (a: string, b: string): boolean => {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index % b.length);
  return difference === 0;
};

/** Longest token that is looked at, in characters. */
export const MAX_TOKEN_LENGTH = 512;

/** `prefix.fields….mac` over the fields and a context that is not part of the token (who and what it is for). */
export const seal = (given: Macs, prefix: string, fields: readonly string[], context: string): string => {
  const [mac] = listOfMacs(given);
  const body = [prefix, ...fields].join('.');
  return `${body}.${mac(`${body}\n${context}`)}`;
};

/** The fields of a token made by {@link seal} with the same prefix and context, or `undefined`. */
export const unseal = (given: Macs, prefix: string, token: string, context: string): readonly string[] | undefined => {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const end = token.lastIndexOf('.');
  const body = token.slice(0, Math.max(0, end));
  if (!body.startsWith(`${prefix}.`)) return undefined;
  const sealed = token.slice(end + 1);
  const isGood = listOfMacs(given).some((mac) => sameText(mac(`${body}\n${context}`), sealed));
  return isGood ? body.split('.').slice(1) : undefined;
};
