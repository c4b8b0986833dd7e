/** Every reading of a text that an attacker may have meant: plain, disguised letters, decoded payloads. Linear, bounded. */

import { decodedPayloads } from './decode.ts';
import { type Disguise, fold, type View } from './fold.ts';

/** Payloads within payloads are decoded this deep. */
const MAX_DEPTH = 2;
/** Units that all decoded payloads of one text may come to. */
const MAX_DECODED = 200_000;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const LEET_WORD = /[a-z013457@$!]+/g; // 1gn0re
const LEET_SIGN = /[013457@$!]/g;

/** Digits and signs within words read as the letters they look like. */
const leetView = (view: View): View | undefined => {
  const text = view.text.replaceAll(LEET_WORD, (word) =>
    /[a-z]/.test(word) ? word.replaceAll(LEET_SIGN, (sign) => LEET[sign] ?? sign) : word,
  );
  return text === view.text ? undefined : { text, offsets: view.offsets, disguise: 'leetspeak' };
};

const SPACED_RUN = /(?<![a-z])[a-z](?:[ .\-_*|/,]{1,3}[a-z](?![a-z])){7,}/g; // i g n o r e  a l l

/** Single letters with something between them read as words. */
const spacedView = (view: View): View | undefined => {
  let text = '';
  const offsets: number[] = [];
  let found = false;
  const keep = (from: number, to: number, lettersOnly: boolean): void => {
    for (let index = from; index < to; index++) {
      const unit = view.text[index] ?? '';
      if (lettersOnly && !/[a-z]/.test(unit)) continue;
      text += unit;
      offsets.push(view.offsets[index] ?? 0);
    }
  };
  let last = 0;
  for (const { index, 0: run } of view.text.matchAll(SPACED_RUN)) {
    found = true;
    keep(last, index, false);
    keep(index, index + run.length, true);
    last = index + run.length;
  }
  keep(last, view.text.length, false);
  offsets.push(view.offsets.at(-1) ?? 0);
  return found ? { text, offsets, disguise: 'spaced-letters' } : undefined;
};

/** Words of attacks as rot13 writes them, and as they read backwards: only then is the whole text turned. */
const ROT13_SIGNS = ['vafgehpgvba', 'vtaber', 'cebzcg', 'qvfertneq', 'sbetrg', 'erirny'];
const REVERSED_SIGNS = ['noitcurtsni', 'erongi', 'tpmorp', 'dragersid', 'tegrof', 'laever'];

const rot13 = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));

const turnedViews = (view: View): readonly View[] => {
  const views: View[] = [];
  if (ROT13_SIGNS.some((sign) => view.text.includes(sign)))
    views.push({ text: rot13(view.text), offsets: view.offsets, disguise: 'rot13' });
  if (REVERSED_SIGNS.some((sign) => view.text.includes(sign))) {
    const end = view.offsets.at(-1) ?? 0;
    const offsets = Array<number>(view.text.length + 1).fill(0);
    offsets[view.text.length] = end;
    views.push({ text: view.text.split('').reverse().join(''), offsets, disguise: 'reversed' });
  }
  return views;
};

/** The readings of letters that stand in the text itself. */
const letterViews = (view: View): readonly View[] =>
  [view, leetView(view), spacedView(view), ...turnedViews(view)].filter((reading) => reading !== undefined);

/** A view of a decoded payload: whatever stands in it came from the payload's span. */
const within = ({ text }: View, start: number, end: number, disguise: Disguise): View => ({
  text,
  offsets: [...Array<number>(text.length).fill(start), end],
  disguise,
});

/** A text to look for payloads in, and the span of the original that it came from. */
interface Source {
  readonly text: string;
  readonly span?: { readonly start: number; readonly end: number };
}

/** All readings of `text`, the plain one first. */
export const viewsOf = (text: string): readonly View[] => {
  const views: View[] = [...letterViews(fold(text))];
  let budget = MAX_DECODED;
  let level: readonly Source[] = [{ text }];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const inner: Source[] = [];
    for (const source of level)
      for (const payload of decodedPayloads(source.text)) {
        budget -= payload.text.length;
        if (budget < 0) return views;
        const span = source.span ?? { start: payload.start, end: payload.end };
        for (const view of letterViews(fold(payload.text)))
          views.push(within(view, span.start, span.end, payload.disguise));
        inner.push({ text: payload.text, span });
      }
    level = inner;
  }
  return views;
};
