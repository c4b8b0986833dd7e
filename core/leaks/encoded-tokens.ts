/** Secrets that are a token whose characters are turned: backwards, in rot13, some of them escaped. */

import type { Redactor, Transducer } from '../redaction/index.ts';
import { type FoundSecret, MIN_SECRET } from './decoded-run.ts';
import { createEscapeReader } from './escape-reader.ts';
import type { SecretReading } from './secret-reading.ts';

/** Longest token that is read as one. Of a longer one the first such piece is read, backwards the rest of it at its end. */
export const MOST_TOKEN = 512;

/** What ends a token. */
const ENDS = new Set([...'"\'`<>(){}[],'].map((sign) => sign.charCodeAt(0)));
const isToken = (unit: number): boolean => unit > 0x20 && unit < 0x7f && !ENDS.has(unit);

const LETTERS = /[A-Za-z]/g;
const turned = (letter: string): string => {
  const first = letter < 'a' ? 0x41 : 0x61;
  return String.fromCharCode(first + ((letter.charCodeAt(0) - first + 13) % 26));
};

const LETTER = /[A-Za-z]/;
const DIGIT = /[0-9]/;
const MIXED = /[a-z][A-Z]/;
/** Tokens without a digit are names, up to that length. */
const LONG_NAME = 30;

/** Whether a token may be a secret: those are made by machines. */
const isLikely = (token: string): boolean =>
  token.length >= MIN_SECRET &&
  LETTER.test(token) &&
  (DIGIT.test(token) || (token.length >= LONG_NAME && MIXED.test(token)));

const ESCAPE = /%[0-9A-Fa-f]{2}|\\[ux][0-9A-Fa-f{]|&#?[A-Za-z0-9]{2,8};/; // %5F, \u005f, &#95;

/** Where offsets of a text that was turned stand in the token. */
type Places = (start: number, end: number) => readonly [start: number, end: number];

const straight: Places = (start, end) => [start, end];

/** A token with its escapes undone, and where its characters stand. */
const unescaped = (token: string): { readonly text: string; readonly places: Places } => {
  let text = '';
  const ats: number[] = [];
  const take = (point: number, at: number): void => {
    if (at === token.length) return;
    text += String.fromCodePoint(point);
    while (ats.length < text.length) ats.push(at);
  };
  createEscapeReader({ takePoint: take, takeByte: take }).read(`${token} `, 0);
  ats.push(token.length);
  return { text, places: (start, end) => [ats[start] as number, ats[end] as number] };
};

/** Rules by the shape of a text, whatever letters it has: a turned text has it, too. */
const BY_SHAPE = new Set(['connection-string']);

/** Reads tokens. What it finds goes to `found`. */
export const tokenSecrets = (redactor: Redactor, found: (secret: FoundSecret) => void): SecretReading => {
  /** A token, or a piece of one that is longer, and where it begins. */
  let token = '';
  let begin = 0;
  let isFirst = true;
  /** A secret in the former piece of a token, which goes on with it. */
  let open: FoundSecret | undefined;

  /** Reads a token that was turned. The secret that goes on, if the token does. */
  const look = (text: string, places: Places): FoundSecret | undefined => {
    const values: string[] = [];
    const transducer: Transducer = redactor.stream((_, value) => {
      // Not every finding has one: some stay.
      values[transducer.findings.length - 1] = value;
      return '';
    });
    transducer.push(text);
    const { swallowing } = transducer;
    transducer.end();
    /** What is found in the token as it is: not what is turned, and redaction's own. */
    const plain = transducer.findings.length === 0 ? [] : redactor.detect(token);
    let last: FoundSecret | undefined;
    for (const [index, finding] of transducer.findings.entries()) {
      last = undefined;
      if (finding.entity !== 'SECRET' || BY_SHAPE.has(finding.rule ?? '')) continue;
      const [start, end] = places(finding.start, finding.end);
      if (plain.some((other) => other.start < end && other.end > start)) continue;
      last = { finding, value: values[index] ?? '', start: begin + start, end: begin + end, goesOn: false };
      found(last);
    }
    // What reaches to the end of a piece goes on with the next one.
    return swallowing || last?.finding.end === text.length ? last : undefined;
  };

  const readPiece = (isFirst: boolean, isLast: boolean): void => {
    const { length } = token;
    if (!isLikely(token)) return;
    if (isLast) look([...token].reverse().join(''), (start, end) => [length - end, length - start]);
    if (!isFirst) return;
    open = look(token.replaceAll(LETTERS, turned), straight);
    // Of a longer one a piece may end within an escape.
    if (!isLast || !ESCAPE.test(token)) return;
    const { text, places } = unescaped(token);
    open = look(text, places) ?? open;
  };

  /** The piece is complete, and the token goes on with another one or not. */
  const endPiece = (goesOn: boolean): void => {
    if (open === undefined) readPiece(isFirst, !goesOn);
    else open.end = begin + token.length;
    if (open !== undefined) open.goesOn = goesOn;
    if (!goesOn) open = undefined;
    isFirst = !goesOn;
    token = '';
  };

  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; ) {
        let end = index;
        const most = Math.min(piece.length, index + MOST_TOKEN - token.length);
        while (end < most && isToken(piece.charCodeAt(end))) end += 1;
        if (token === '') begin = at + index;
        token += piece.slice(index, end);
        index = end;
        if (token.length === MOST_TOKEN) endPiece(true);
        else if (index < piece.length) {
          endPiece(false);
          index += 1;
        }
      }
    },
    end: () => endPiece(false),
    get from() {
      return token === '' ? Number.POSITIVE_INFINITY : begin;
    },
  };
};
