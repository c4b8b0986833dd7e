/** Redacting a streamed answer on its way, by the kind of its body. */

import { BulwarkError } from '../../core/errors.ts';
import { createFramedRedactor, type Finding, type Redactor, redactJsonBody } from '../../core/redaction/index.ts';
import type { BodyKind } from '../proxy-response.ts';
import type { TextTransform } from '../stream-pump.ts';
import { redactSniffedText } from './sniffed-text.ts';

/** A transform that tells what it found. */
export interface RedactingTransform extends TextTransform {
  readonly findings: readonly Finding[];
}

/** Largest JSON answer, in UTF-16 units: it is one value, and read as a whole. What Lambda sends in one piece is less. */
const MAX_JSON = 6_291_456;

const redactJsonStream = (redactor: Redactor): RedactingTransform => {
  const pieces: string[] = [];
  let length = 0;
  let findings: readonly Finding[] = [];
  return {
    push(text) {
      length += text.length;
      if (length > MAX_JSON) throw new BulwarkError('output_blocked', { reason: 'too-large' });
      pieces.push(text);
      return '';
    },
    end() {
      const clean = redactJsonBody(pieces.join(''), redactor);
      findings = clean.findings;
      return clean.text;
    },
    get findings() {
      return findings;
    },
  };
};

/**
 * `transform`, of which nothing more leaves once it has found what the mode of an entity blocks: not even what it has passed
 * together with that.
 *
 * @param refusal What the stream ends with.
 */
export const untilBlocked = (
  transform: RedactingTransform,
  redactor: Redactor,
  refusal: () => BulwarkError,
): RedactingTransform => {
  let seen = 0;
  let refused: BulwarkError | undefined;

  const passed = (work: () => string): string => {
    if (refused !== undefined) throw refused;
    const text = work();
    const fresh = transform.findings.slice(seen);
    seen += fresh.length;
    if (!redactor.blocks(fresh)) return text;
    refused = refusal();
    throw refused;
  };

  return {
    push: (text) => passed(() => transform.push(text)),
    end: () => passed(() => transform.end()),
    get findings() {
      return transform.findings;
    },
  };
};

/** A transform for a body of `kind`. */
export const redactStream = (kind: Exclude<BodyKind, 'bytes'>, redactor: Redactor): RedactingTransform => {
  if (kind === 'json') return redactJsonStream(redactor);
  return kind === 'text' ? redactSniffedText(redactor) : createFramedRedactor(redactor, kind);
};
