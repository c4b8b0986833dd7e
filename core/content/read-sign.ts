/** Signs within a line that begin something: code spans, tags, handlers, addresses that run, pipes, options. */

import { BEFORE_VALUE, isTagBlank, TAG_NAME } from '../exfiltration/tag-reading.ts';
import { ruleOf, runEnd } from './line-start.ts';
import {
  decide,
  labelOf,
  pass,
  passOver,
  placeholderOf,
  put,
  putLabel,
  type Reader,
  skipTo,
  tailOf,
} from './reader.ts';
import { DANGEROUS_OPTION, LINE_RULES, PIPE_TO_SHELL } from './rules.ts';
import { toAddressEnd, toElementEnd, toLineEnd, toTagEnd, toValueEnd } from './swallow.ts';
import { CONTENT_HOLD } from './types.ts';

const IN_SPANS = LINE_RULES.filter(({ kind }) => kind !== 'configuration');
/** Elements that run or restyle; of those in the second list the content goes, too. */
const RUNNING: ReadonlySet<string> = new Set(
  'script iframe frame object embed applet style base link portal'.split(' '),
);
const WITH_CONTENT: ReadonlySet<string> = new Set('script iframe object applet style portal'.split(' '));
const LONGEST_NAME = 8;
const HANDLER = /(?:^|[\s"'/])(?:on[a-z]{2,40}|srcdoc)$/i;
const MAX_BLANKS = 64;
const LONGEST_HANDLER = 43;
/** `javascript`, and a sign before it. */
const LONGEST_SCHEME = 11;
const RUNNING_SCHEME = /(?:(?:java|vb|live)script|data)$/i;
const COLON = /&(?:colon;?|#0{0,8}58;?|#x0{0,8}3a;?)/iy;
const BEGUN_COLON = /^&(?:c?o?l?o?n?|#0{0,8}5?8?|#x0{0,8}3?a?)$/i;
const BEGUN_PIPE = /^\|[ \t]{0,8}(?:sudo[ \t]{0,4})?[\w/-]{0,24}$/i;
const FETCHED = /(?:curl|wget|fetch|base64|iwr|irm|invoke-webrequest|echo|printf|cat)\b[^\n]{0,200}$/i;
const BEFORE_OPTION = /(?:\brm|\b(?:powershell|pwsh)(?:\.exe)?)(?:[ \t]{1,4}-[\w-]{1,16}){0,4}[ \t]{1,4}$/i;
const BEGUN_OPTION = /^-[a-z]{0,15}$/i;
const DANGEROUS_DATA =
  /^(?:text\/html|text\/xml|application\/xhtml|image\/svg|application\/x?javascript|text\/javascript)/i;
const MAX_TYPE = 24;

const sticky = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** `code` in one line. */
export const readTicks = (reader: Reader): boolean => {
  const { text, at, final } = reader;
  const end = runEnd(text, at, 0x60, at + CONTENT_HOLD);
  if (end - at === CONTENT_HOLD) {
    pass(reader, end);
    return true;
  }
  if (end >= text.length && !final) return false;
  const limit = Math.min(text.length, end + CONTENT_HOLD);
  let close = end;
  while (close < limit && text.charCodeAt(close) !== 0x0a) {
    if (text.charCodeAt(close) !== 0x60) {
      close += 1;
      continue;
    }
    const after = runEnd(text, close, 0x60, end + CONTENT_HOLD);
    if (after >= text.length && !final && after - end < CONTENT_HOLD) return false;
    // A run that goes on to the limit has no end that is known.
    if (after - close === end - at && after - end < CONTENT_HOLD) break;
    close = after;
  }
  if (close >= limit && limit === text.length && !final && close - end < CONTENT_HOLD) return false;
  if (text.charCodeAt(close) !== 0x60 || close >= limit) {
    pass(reader, end);
    return true;
  }
  const whole = close + end - at;
  const rule =
    reader.isQuiet || reader.rules.length === 0 ? undefined : ruleOf(text.slice(end, close).trim(), IN_SPANS);
  if (rule !== undefined) {
    const { kind, language } = rule;
    const action = decide(reader, { kind, language, start: at, end: whole });
    if (action === 'block') return true;
    if (action === 'strip') {
      put(reader, text.slice(at, end) + placeholderOf(language) + text.slice(at, end));
      skipTo(reader, whole);
      return true;
    }
    if (action === 'label') putLabel(reader, language, ' ');
  }
  pass(reader, whole);
  return true;
};

/** `<script>` and its like; every tag is followed from here on. */
export const readLess = (reader: Reader): boolean => {
  const { text, at, final } = reader;
  let end = at + 1;
  while (end < text.length && end <= at + 1 + LONGEST_NAME && /[A-Za-z]/.test(text.charAt(end))) end += 1;
  if (end >= text.length && !final) return false;
  const name = text.slice(at + 1, end).toLowerCase();
  if (name !== '' && RUNNING.has(name) && !/[\w-]/.test(text.charAt(end))) {
    const action = decide(reader, { kind: 'script', language: 'html', start: at, end });
    if (action === 'block') return true;
    if (action === 'strip') {
      put(reader, placeholderOf('html'));
      const tag = toTagEnd(TAG_NAME);
      const element = WITH_CONTENT.has(name) ? toElementEnd(name) : undefined;
      let inTag = true;
      passOver(reader, end, (unit) => {
        if (!inTag && element !== undefined) return element(unit);
        const state = tag(unit);
        if (state !== 'after' || element === undefined) return state;
        inTag = false;
        return 'on';
      });
      return true;
    }
    if (action === 'label') putLabel(reader, 'html', ' ');
  }
  pass(reader, at + 1);
  if (name !== '') reader.tags |= TAG_NAME;
  return true;
};

/** The index behind the last sign that is not white space, `MAX_BLANKS` at most before `end`; -1 when there is none. */
const behindBlanks = (text: string, end: number): number => {
  for (let at = end; at > 0 && at >= end - MAX_BLANKS; at--) if (!/\s/.test(text.charAt(at - 1))) return at;
  return -1;
};

/** Whether a value whose tag reads so far belongs to an attribute that is known, and runs nothing. */
const isHarmless = (tail: string): boolean => {
  const equals = behindBlanks(tail, tail.length);
  if (equals < 1 || tail[equals - 1] !== '=') return false;
  const end = behindBlanks(tail, equals - 1);
  if (end < 1 || tail[end - 1] === '=') return false;
  const from = Math.max(0, end - LONGEST_HANDLER);
  return !HANDLER.test(tail.slice(from, end));
};

/** A value that begins here, of an attribute that runs. Undefined when none does, false when more text is needed. */
export const readHandler = (reader: Reader): boolean | undefined => {
  const { text, at, final } = reader;
  const unit = text.charCodeAt(at);
  if ((reader.tags & BEFORE_VALUE) === 0 || isTagBlank(unit) || unit === 0x3e) return undefined;
  // With more blanks than are looked back over, the name is unknown.
  if (isHarmless(tailOf(reader))) return undefined;
  const sign = text.charAt(at);
  const quote = sign === '"' || sign === "'" ? sign : '';
  const given = `${quote === '' ? '"' : quote}${placeholderOf('html')}${quote === '' ? '"' : quote}`;
  const next = text.slice(at, at + given.length);
  if (next === given) {
    pass(reader, at + given.length);
    return true;
  }
  if (!final && given.startsWith(next)) return false;
  const action = decide(reader, { kind: 'script', language: 'html', start: at, end: at + 1 });
  if (action === 'allow') return undefined;
  if (action === 'block') return true;
  // A label has no place in a tag: what would be labelled goes, too.
  put(reader, quote === '' ? given : given.slice(0, -1));
  passOver(reader, quote === '' ? at : at + 1, toValueEnd(quote));
  return true;
};

/** `javascript:`, its colon written in any way. */
export const readColon = (reader: Reader): boolean => {
  const { text, at, final } = reader;
  const isLikely = at === 0 || 'tTaA'.includes(text.charAt(at - 1));
  const scheme = isLikely ? RUNNING_SCHEME.exec(tailOf(reader).slice(-LONGEST_SCHEME))?.[0] : undefined;
  const isSign = text[at] === ':';
  let end = at + 1;
  if (scheme !== undefined && !isSign) {
    if (!final && BEGUN_COLON.test(text.slice(at, at + 14))) return false;
    end = sticky(COLON, text, at);
    if (end === text.length && !final) return false;
  }
  if (scheme === undefined || end < 0) {
    pass(reader, at + 1);
    return true;
  }
  const isData = scheme.toLowerCase() === 'data';
  const next = text.slice(end, end + (isData ? MAX_TYPE : 1));
  if (next.length < (isData ? MAX_TYPE : 1) && !final && !/\s/.test(next)) return false;
  const runs = isData ? DANGEROUS_DATA.test(next) : /^[^\s:=]/.test(next) && !next.startsWith('[');
  const found = { kind: 'script', language: 'html', start: at, end } as const;
  const action = runs ? decide(reader, found) : 'allow';
  if (action === 'block') return true;
  if (action === 'allow') pass(reader, at + 1);
  else {
    put(reader, placeholderOf('html'));
    passOver(reader, end, toAddressEnd());
  }
  return true;
};

/** The rest of a line of a command that shows only here. */
const readCommand = (reader: Reader): boolean => {
  const { at } = reader;
  const action = decide(reader, { kind: 'command', language: 'shell', start: at, end: at + 1 });
  if (action === 'block') return true;
  if (action === 'strip') {
    put(reader, placeholderOf('shell'));
    passOver(reader, at, toLineEnd);
    return true;
  }
  if (action === 'label') {
    putLabel(reader, 'shell', ' ');
    reader.isQuiet = true;
  }
  pass(reader, at + 1);
  return true;
};

/** `| sh` after something fetched, `-rf` after `rm`. */
export const readCommandSign = (reader: Reader): boolean => {
  const { text, at, final, isQuiet } = reader;
  const isPipe = text[at] === '|';
  if (!isPipe && at > 0 && text.charCodeAt(at - 1) !== 0x20 && text.charCodeAt(at - 1) !== 0x09) {
    pass(reader, at + 1);
    return true;
  }
  const tail = isQuiet ? '' : tailOf(reader);
  const before = tail.endsWith(`${labelOf('shell')} `) ? tail.slice(0, -labelOf('shell').length - 1) : tail;
  if (isQuiet || !(isPipe ? FETCHED : BEFORE_OPTION).test(before)) {
    pass(reader, at + 1);
    return true;
  }
  const pattern = isPipe ? PIPE_TO_SHELL : DANGEROUS_OPTION;
  const begun = isPipe ? BEGUN_PIPE : BEGUN_OPTION;
  if (!final && begun.test(text.slice(at, at + 48))) return false;
  if (sticky(pattern, text, at) >= 0) return readCommand(reader);
  pass(reader, at + 1);
  return true;
};
