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

/** What is known of a text in pieces. */
export interface InvisibleStage {
  readonly isOn: boolean;
  /** Half a pair, or a flag with the tags that have begun. */
  held: string;
  /** Offset of `held` in all that was pushed. */
  offset: number;
  /** The last unit passed on, and its kind. */
  before: number;
  last: number;
  /** Beginnings and ends of what the last push took out, in units of what was pushed. */
  readonly removed: number[];
}

/** A stage at the beginning of a text. */
export const createInvisibleStage = (isOn: boolean): InvisibleStage => ({
  isOn,
  held: '',
  offset: 0,
  before: 0,
  last: VISIBLE,
  removed: [],
});

/** The units of the character at `at`, a flag with its tags; 0 when more text is needed. */
const sizeAt = (text: string, at: number, kind: number, final: boolean): number => {
  if (kind !== PAIR) return 1;
  if (at + 1 >= text.length && !final) return 0;
  const point = text.codePointAt(at) ?? 0;
  if (point <= 0xffff) return 1;
  if (point !== FLAG) return 2;
  const tags = text.slice(at + 2, at + 2 + FLAG_HOLD);
  if (!final && tags.length < FLAG_HOLD && FLAG_TAGS.some((known) => known.startsWith(tags))) return 0;
  return FLAG_TAGS.includes(tags) ? 2 + FLAG_HOLD : 2;
};

const kindAt = (text: string, at: number, kind: number): number => {
  if (kind !== PAIR || !WITH_INVISIBLE.has(text.charCodeAt(at))) return kind === PAIR ? VISIBLE : kind;
  const found = kindFor(text.codePointAt(at) ?? 0);
  return found === FLAG_START ? VISIBLE : found;
};

/** The visible text decided so far. */
export const visibleOf = (stage: InvisibleStage, chunk: string, final: boolean): string => {
  const { isOn, removed, offset } = stage;
  const text = stage.held === '' ? chunk : stage.held + chunk;
  removed.length = 0;
  let out = '';
  let kept = 0;
  let at = 0;
  for (;;) {
    const from = at;
    while (at < text.length && kinds[text.charCodeAt(at)] === VISIBLE) at += 1;
    if (at > from) {
      stage.before = text.charCodeAt(at - 1);
      stage.last = VISIBLE;
    }
    if (at >= text.length) break;
    const first = kinds[text.charCodeAt(at)] as number;
    const size = sizeAt(text, at, first, final);
    if (size === 0) break;
    const kind = kindAt(text, at, first);
    if (kind === VISIBLE || !isOn || stays(kind, stage.before, stage.last)) {
      stage.before = text.charCodeAt(at + size - 1);
      stage.last = kind;
    } else {
      if (at > kept) out += text.slice(kept, at);
      kept = at + size;
      removed.push(offset + at, offset + kept);
    }
    at += size;
  }
  stage.held = at === text.length ? '' : text.slice(at);
  stage.offset += at;
  return out + (kept === 0 && at === text.length ? text : text.slice(kept, at));
};
