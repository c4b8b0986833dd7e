/** Tags that load, run or link: told at the values of their attributes, in every reading of the tags around. */

import { IMAGE_REMOVED, isPlaceholderAt, REMOVED } from './brackets.ts';
import { UNSETTLED } from './destination.ts';
import { isNear, tagOver } from './openers.ts';
import { type Cut, type Reader, type Step, type Swallow, snapshotOf } from './reader.ts';
import { BEFORE_VALUE, isTagBlank, TAG_NAME } from './tag-reading.ts';
import { attributeTarget, type Target } from './target.ts';
import { LINK_HOLD } from './types.ts';
import { type Verdict, verdictOf, verdictOn } from './verdict.ts';

export const HTML_REMOVED = '[html removed]';

/** Tags that go as a whole. Of others, only the value goes. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    'a area img image picture source video audio track iframe frame object embed applet param script style link base meta ' +
    'form input button body table td th tr div span p b i svg use foreignobject animate set portal bgsound isindex math'
  ).split(' '),
);
/** Tags whose content runs or loads, whatever their attributes. */
const RUNNING: ReadonlySet<string> = new Set(['script', 'style']);
const IMAGES: ReadonlySet<string> = new Set(['img', 'image', 'picture', 'source', 'svg', 'input', 'video']);
const LINKS: ReadonlySet<string> = new Set(['a', 'area']);

const NAME = /<([a-z][a-z0-9]{0,15})/iy; // <img
const NAME_HOLD = 18;
const HARMLESS = /^(?:xmlns(?::[\w-]{1,64})?|alt|title|class|id|d|points|aria-[\w-]{1,64})$/i;
const HANDLER = /^on[a-z]{1,40}$/i;
const LOOK_BACK = 64;
const GREATER = 0x3e;
const LESS = 0x3c;
const BACKTICK = 0x60;
const OPEN_BRACKET = 0x5b;
const ELSEWHERE: Target = { place: 'elsewhere', data: true };

/** The name of the attribute whose value begins at `at`; undefined when it is too far back. */
const attributeName = (text: string, at: number): string | undefined => {
  const first = Math.max(0, at - LOOK_BACK);
  let end = at - 1;
  while (end >= first && isTagBlank(text.charCodeAt(end))) end -= 1;
  if (text[end] === '=') end -= 1;
  while (end >= first && isTagBlank(text.charCodeAt(end))) end -= 1;
  let start = end;
  while (start >= first && /[\w:.-]/.test(text.charAt(start))) start -= 1;
  return start < first || end === start ? undefined : text.slice(start + 1, end + 1);
};

/** The end of a value without quotes. */
const unquotedEnd = (text: string, from: number, limit: number, final: boolean): number | typeof UNSETTLED => {
  let at = from;
  for (; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (isTagBlank(unit) || unit === GREATER || unit === LESS || unit === BACKTICK) break;
    if (unit !== OPEN_BRACKET) continue;
    // Where `<` began something that was taken out, the value ends as it did before.
    const stands = isPlaceholderAt(text, at, final);
    if (stands === undefined) return UNSETTLED;
    if (stands) break;
  }
  return at;
};

const verdictOnValue = (
  reader: Reader,
  name: string | undefined,
  value: string,
  isLink: boolean,
): Verdict | undefined => {
  const { policy } = reader;
  if (value === '' || (name !== undefined && HARMLESS.test(name))) return undefined;
  if (name === undefined || HANDLER.test(name) || /^srcdoc$/i.test(name)) return verdictOn(policy, 'html');
  // An escape of CSS can write any sign of an address.
  const hidden = /^style$/i.test(name) && value.includes('\\');
  const target = hidden ? ELSEWHERE : attributeTarget(reader.targets, value);
  return verdictOf(policy, isLink && /^href$/i.test(name) ? 'link' : 'html', target);
};

const placeholder = (name: string): string => {
  if (LINKS.has(name)) return '<a>';
  return IMAGES.has(name) ? IMAGE_REMOVED : HTML_REMOVED;
};

/** A cut of the tag that is open, its rest swallowed. */
const cutTag = (reader: Reader, verdict: Verdict): Cut | undefined => {
  const { tag, next, origin, reading } = reader;
  if (tag === undefined || (reading & BEFORE_VALUE) === 0 || !isNear(tag.at, next + origin)) return undefined;
  const instead = verdict.action === 'defang' ? placeholder(tag.name) : REMOVED;
  const { before, openers } = tag;
  return { ...verdict, from: tag.at - origin, to: next, instead, before, openers, swallow: { reading } };
};

/** A value that begins at the place of reading, in one reading at least. */
export const readValue = (reader: Reader): Step => {
  const { text, next, origin, final, tags, reading, tag } = reader;
  const unit = text.charCodeAt(next);
  if (((tags | reading) & BEFORE_VALUE) === 0 || isTagBlank(unit) || unit === GREATER) return undefined;
  const quote = text.charAt(next);
  const quoted = quote === '"' || quote === "'";
  const start = quoted ? next + 1 : next;
  const limit = Math.min(text.length, start + LINK_HOLD);
  const close = quoted ? text.slice(start, limit).indexOf(quote) : -1;
  const end = quoted ? (close < 0 ? limit : start + close) : unquotedEnd(text, start, limit, final);
  if (end === UNSETTLED || (end === text.length && !final)) return UNSETTLED;
  const overflow = end === limit && limit < text.length && close < 0;
  const name = attributeName(text, next);
  const isLink =
    (reading & BEFORE_VALUE) !== 0 && tag !== undefined && isNear(tag.at, next + origin) && LINKS.has(tag.name);
  const harmless = name !== undefined && HARMLESS.test(name);
  const verdict =
    overflow && !harmless
      ? verdictOn(reader.policy, 'html')
      : verdictOnValue(reader, name, text.slice(start, end), isLink);
  if (verdict === undefined) {
    // What links and images may do is said of them; a bare address has no more to add.
    if (!overflow && !harmless) reader.covered = Math.max(reader.covered, end + origin);
    return undefined;
  }
  const whole = cutTag(reader, verdict);
  if (whole !== undefined) return whole;
  const swallow: Swallow = quote === '"' ? 'double' : quote === "'" ? 'single' : 'value';
  return {
    ...verdict,
    from: next,
    to: end,
    instead: quoted ? quote : '""',
    before: snapshotOf(reader),
    openers: reader.openers,
    swallow: overflow ? swallow : undefined,
  };
};

/** A `<`: a tag may begin here, in some reading. True in place of nothing when one does. */
export const openTag = (reader: Reader): Step | true => {
  const { text, next, origin, final } = reader;
  if (next + 1 >= text.length && !final) return UNSETTLED;
  if (!/[A-Za-z]/.test(text.charAt(next + 1))) return undefined;
  NAME.lastIndex = next;
  const name = NAME.exec(text.slice(0, next + NAME_HOLD))?.[1]?.toLowerCase() ?? '';
  const end = next + 1 + name.length;
  if (end >= text.length && !final) return UNSETTLED;
  if (!KNOWN.has(name) || !(end >= text.length || /[\s/>]/.test(text.charAt(end)))) return true;
  const before = snapshotOf(reader);
  const { openers } = reader;
  const verdict = RUNNING.has(name) ? verdictOn(reader.policy, 'html') : undefined;
  if (verdict !== undefined) {
    const instead = verdict.action === 'defang' ? HTML_REMOVED : REMOVED;
    return { ...verdict, from: next, to: end, instead, before, openers, swallow: { reading: TAG_NAME } };
  }
  if (reader.tag === undefined || !isNear(reader.tag.at, next + origin)) {
    reader.tag = tagOver(openers, next + origin, name, { ...before, tag: undefined, reading: 0 });
    reader.reading = 0;
  }
  return true;
};
