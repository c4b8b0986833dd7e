/** Content without private values, for the group that keeps it. What cannot be redacted is left out. */

import { createEncodedSecretCheck } from '../leaks/index.ts';
import { createFramedRedactor } from '../redaction/framed/index.ts';
import { redactJsonBody } from '../redaction/framed/json-body.ts';
import type { Redactor } from '../redaction/redactor.ts';
import type { ContentKind } from './content-texts.ts';

/** A body, as much of it as was kept. */
export interface Body {
  readonly text: string;
  readonly kind: ContentKind;
  /** Whether it goes on beyond `text`. */
  readonly isCut: boolean;
}

/** One direction of a request. */
export interface RedactedContent {
  /** Without private values. */
  readonly text: string;
  /** Whether there was more. */
  readonly truncated: boolean;
}

/** Most units of a body that are read. What of JSON is longer is left out: only whole JSON says where its strings are. */
export const MAX_READ = 262_144;

/** Units that are read as text beyond those that are kept: what goes over the end of these is not said. */
const READ_AHEAD = 8192;

const ESCAPE = /(\\\\)|\\u([\da-f]{4})/gi; // \u0061

/** Names of members, and what shows nothing, may be written in escapes: read as text, `ada\u0040example.com` is no address. */
const withoutEscapes = (json: string): string =>
  json.replaceAll(ESCAPE, (written: string, backslashes: string | undefined, code = '') => {
    const unit = String.fromCharCode(Number.parseInt(code, 16));
    return backslashes !== undefined || unit < ' ' || unit === '"' || unit === '\\' ? written : unit;
  });

/** What shows nothing stands between the letters of a value as well as anywhere else. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu; // ada\u200b@example.com
/** Full-width forms of ASCII, without those that JSON gives a meaning. Source: Unicode, "Halfwidth and Fullwidth Forms". */
const FULL_WIDTH = /[\uff01\uff03-\uff3b\uff3d-\uff5e]/g; // ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ
const FULL_WIDTH_OFFSET = 0xfee0;

/** A text as a reader has it: detectors know values by their letters, and readers take these for the same. */
const asRead = (text: string): string =>
  withoutEscapes(text)
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (unit) => String.fromCharCode(unit.charCodeAt(0) - FULL_WIDTH_OFFSET));

/** Half a surrogate pair at the end of a cut is left out. */
const cutAt = (text: string, units: number): string => text.slice(0, units).replace(/[\uD800-\uDBFF]$/, '');

/**
 * What of a body can be said for sure when more may follow: a value that goes over the end is not in it, nor any part of
 * it.
 */
const decidedPart = (redactor: Redactor, { text, kind }: Body): string =>
  kind === 'sse' || kind === 'ndjson' ? createFramedRedactor(redactor, kind).push(text) : redactor.stream().push(text);

const wholeOf = (redactor: Redactor, { text, kind }: Body): string => {
  if (kind === 'json') return redactJsonBody(text, redactor).text;
  if (kind === 'text') return redactor.redact(text).text;
  const frames = createFramedRedactor(redactor, kind);
  return frames.push(text) + frames.end();
};

/**
 * A body without private values, cut to `maxUnits`: it is redacted first, since the first half of a key is no key, and
 * would stay. Characters that show nothing are left out, and those in full width are written as others are. Names of members and fields of frames are redacted as text, after the values, and
 * secrets in an encoded form last.
 *
 * @param redactor A session of the request's own.
 * @returns `undefined` where it cannot be redacted: nothing of it is kept then.
 */
export const redactContent = (redactor: Redactor, body: Body, maxUnits: number): RedactedContent | undefined => {
  try {
    const isCut = body.isCut || body.text.length > MAX_READ;
    if (isCut && body.kind === 'json') return undefined;
    const read = { ...body, text: asRead(isCut ? body.text.slice(0, MAX_READ) : body.text) };
    const values = withoutEscapes(isCut ? decidedPart(redactor, read) : wholeOf(redactor, read));
    const room = maxUnits + READ_AHEAD;
    const clean = values.length > room ? redactor.stream().push(values.slice(0, room)) : redactor.redact(values).text;
    const goesOn = isCut || values.length > room;
    const codes = createEncodedSecretCheck({ redactor });
    const text = goesOn ? codes.stream().push(clean) : codes.redact(clean).text;
    return { text: cutAt(text, maxUnits), truncated: goesOn || text.length > maxUnits };
  } catch {
    return undefined;
  }
};
