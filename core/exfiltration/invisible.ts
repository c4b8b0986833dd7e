/** Characters that show nothing and can carry a text: taken out before anything else is read. */

const HIGH_FIRST = 0xd800;
const LOW_FIRST = 0xdc00;
const LOW_LAST = 0xdfff;
const FLAG = 0x1f3f4;
const TAG_FIRST = 0xe0000;
/** The only tag sequences that Unicode recommends (emoji-sequences, RGI): England, Scotland, Wales, each with its end. */
const FLAG_TAGS: readonly string[] = ['gbeng', 'gbsct', 'gbwls'].map((name) =>
  [...name, '\x7f'].map((sign) => String.fromCodePoint(TAG_FIRST + sign.charCodeAt(0))).join(''),
);
/** Units that a decision about one character looks ahead: a flag's tags. */
const FLAG_HOLD = 12;

const VISIBLE = 0;
/** Never of use in a reply: tags, bidi embeddings, overrides and isolates, invisible operators, deprecated controls, annotations. */
const NEVER = 1;
/** Joiners, zero-width spaces, fillers: one after a visible character that is not ASCII may be of use. */
const JOINER = 2;
/** Marks of direction: one may be of use. */
const MARK = 3;
/** Variation selectors: one after a character that has variants. */
const SELECTOR = 4;
const FLAG_START = 5;

const NEVER_POINT =
  /[\u{e0000}-\u{e007f}\u{e0080}-\u{e00ff}\u{e01f0}-\u{e0fff}\u202a-\u202e\u2061-\u206f\ufff0-\ufffb\u{1d173}-\u{1d17a}\u{1bca0}-\u{1bca3}]/u;
const JOINER_POINT =
  /\u00ad|\u034f|\u061c|[\u115f\u1160]|\u17b4|\u17b5|\u180e|[\u200b-\u200d]|[\u2060\u3164\ufeff\uffa0]/u;
const MARK_POINT = /[\u200e\u200f]/u;
const SELECTOR_POINT = /[\u180b-\u180d\u180f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

const kindFor = (point: number): number => {
  if (point === FLAG) return FLAG_START;
  const character = String.fromCodePoint(point);
  if (NEVER_POINT.test(character)) return NEVER;
  if (JOINER_POINT.test(character)) return JOINER;
  if (MARK_POINT.test(character)) return MARK;
  return SELECTOR_POINT.test(character) ? SELECTOR : VISIBLE;
};

/** By unit: 0 where nothing has to be looked at. First halves of pairs are a kind of their own. */
const PAIR = 6;
/** First halves of pairs that can be invisible, or begin a flag. */
const WITH_INVISIBLE: ReadonlySet<number> = new Set([0xd82f, 0xd834, 0xd83c, 0xdb40, 0xdb41, 0xdb42, 0xdb43]);
const kinds = new Uint8Array(0x10000);
for (let unit = 0x80; unit < 0x10000; unit++)
  kinds[unit] = unit >= HIGH_FIRST && unit <= LOW_LAST ? (unit < LOW_FIRST ? PAIR : 0) : kindFor(unit);

/** Digits and signs of keycaps take a selector, too: 1️⃣. */
const isKeycap = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || unit === 0x23 || unit === 0x2a;

/** Whether a character that shows nothing stays after what is before it: a unit, of a kind. */
const stays = (kind: number, before: number, last: number): boolean => {
  if (kind === NEVER) return false;
  if (kind === SELECTOR) return last === VISIBLE && (before >= 0x80 || isKeycap(before));
  if (last !== VISIBLE && last !== SELECTOR) return false;
  return kind === MARK || before >= 0x80;
};

/** Passes on a text in pieces, less what is invisible. */
export interface InvisibleStage {
  /** The visible text decided so far. `removed(start, end)` is told of each character, in units of what was pushed. */
  push(chunk: string, final: boolean): string;
}

/** Takes out what is invisible. Holds back half a pair, and a flag with the tags that have begun. */
export const createInvisibleStage = (isOn: boolean, removed: (start: number, end: number) => void): InvisibleStage => {
  let held = '';
  /** Offset of `held` in all that was pushed. */
  let offset = 0;
  /** The last unit passed on, and its kind. */
  let before = 0;
  let last = VISIBLE;

  return {
    push(chunk, final) {
      const text = held === '' ? chunk : held + chunk;
      let out = '';
      let kept = 0;
      let at = 0;
      for (;;) {
        const from = at;
        while (at < text.length && kinds[text.charCodeAt(at)] === VISIBLE) at += 1;
        if (at > from) {
          before = text.charCodeAt(at - 1);
          last = VISIBLE;
        }
        if (at >= text.length) break;
        const unit = text.charCodeAt(at);
        let kind = kinds[unit] ?? VISIBLE;
        if (kind === PAIR && at + 1 >= text.length && !final) break;
        const point = text.codePointAt(at) ?? unit;
        let size = point > 0xffff ? 2 : 1;
        if (kind === PAIR) kind = WITH_INVISIBLE.has(unit) ? kindFor(point) : VISIBLE;
        if (kind === FLAG_START) {
          const tags = text.slice(at + size, at + size + FLAG_HOLD);
          if (!final && tags.length < FLAG_HOLD && FLAG_TAGS.some((known) => known.startsWith(tags))) break;
          if (FLAG_TAGS.includes(tags)) size += FLAG_HOLD;
          kind = VISIBLE;
        }
        if (kind === VISIBLE || !isOn || stays(kind, before, last)) {
          before = text.charCodeAt(at + size - 1);
          last = kind;
        } else {
          out += text.slice(kept, at);
          kept = at + size;
          removed(offset + at, offset + kept);
        }
        at += size;
      }
      held = text.slice(at);
      offset += at;
      return out + (kept === 0 && at === text.length ? text : text.slice(kept, at));
    },
  };
};
