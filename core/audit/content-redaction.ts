/** Content without private values, for the group that keeps it. What cannot be redacted is left out. */

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

/** Names of members may be written in escapes: read as text, `ada\u0040example.com` is no address. */
const withoutEscapes = (json: string): string =>
  json.replaceAll(ESCAPE, (written: string, backslashes: string | undefined, code = '') => {
    const unit = String.fromCharCode(Number.parseInt(code, 16));
    return backslashes !== undefined || unit < ' ' || unit === '"' || unit === '\\' ? written : unit;
  });

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
 * would stay. Names of members and fields of frames are redacted as text, after the values.
 *
 * @param redactor A session of the request's own.
 * @returns `undefined` where it cannot be redacted: nothing of it is kept then.
 */
export const redactContent = (redactor: Redactor, body: Body, maxUnits: number): RedactedContent | undefined => {
  try {
    const isCut = body.isCut || body.text.length > MAX_READ;
    if (isCut && body.kind === 'json') return undefined;
    const read = isCut ? { ...body, text: body.text.slice(0, MAX_READ) } : body;
    const values = withoutEscapes(isCut ? decidedPart(redactor, read) : wholeOf(redactor, read));
    const room = maxUnits + READ_AHEAD;
    const clean = values.length > room ? redactor.stream().push(values.slice(0, room)) : redactor.redact(values).text;
    return { text: cutAt(clean, maxUnits), truncated: isCut || values.length > room || clean.length > maxUnits };
  } catch {
    return undefined;
  }
};
