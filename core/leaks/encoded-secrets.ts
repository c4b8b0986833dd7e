/**
 * Secrets that a text holds in an encoded form. The placeholder stands in place of the code; the rest of the text stays
 * as it is. A left-to-right transducer, as that of redaction: every way to split a text gives the same result.
 */

import { checkOptions, object } from '../options.ts';
import type { Finding, Redactor } from '../redaction/index.ts';
import { createDecodedRun, type DecodedRun, type FoundSecret } from './decoded-run.ts';
import { base32Secrets, base64Secrets } from './encoded-rows.ts';
import { tokenSecrets } from './encoded-tokens.ts';
import { binarySecrets, decimalSecrets, hexSecrets, octalSecrets } from './encoded-units.ts';
import { spacedSecrets, wideSecrets } from './spaced-secrets.ts';

/** Options of {@link createEncodedSecretCheck}. */
export interface EncodedSecretOptions {
  /** What is looked for: its `SECRET`s. Placeholders are those of its session. */
  readonly redactor: Redactor;
}

/** Finds and replaces secrets in encoded forms. */
export interface EncodedSecretCheck {
  /** `text` with placeholders; a clean text is the same string. Offsets of findings are those of the code. */
  redact(text: string): { text: string; findings: readonly Finding[] };
  /** A text that comes in pieces: holds back what may become the code of a secret, at most {@link ENCODED_HOLD} units. */
  stream(): EncodedSecretStream;
}

/** Takes text in pieces, gives it back without encoded secrets. */
export interface EncodedSecretStream {
  /** What can be passed on after one more piece. */
  push(chunk: string): string;
  /** The rest, after one last piece. Nothing may be pushed afterwards. */
  end(chunk?: string): string;
  readonly findings: readonly Finding[];
}

/**
 * Most units that are held back: those of `MAX_MATCH` decoded characters in the widest code, ten each. In base64 it is
 * some 1,000, in text without a code the word that has begun.
 */
export const ENCODED_HOLD = 4096;

const KINDS = [
  base64Secrets,
  base32Secrets,
  hexSecrets,
  decimalSecrets,
  binarySecrets,
  octalSecrets,
  spacedSecrets,
  wideSecrets,
] as const;

/** Where several stand at one place, the lowest rank counts: when each was found is a matter of how the text is split. */
interface WaitingSecret {
  readonly secret: FoundSecret;
  readonly rank: number;
}

const createStream = (redactor: Redactor): EncodedSecretStream => {
  const runs: DecodedRun[] = [];
  /** Secrets that are found and not replaced yet, by where they start. */
  const waiting: WaitingSecret[] = [];
  const foundBy =
    (rank: number) =>
    (secret: FoundSecret): void => {
      const isBefore = (other: WaitingSecret): boolean =>
        other.secret.start < secret.start || (other.secret.start === secret.start && other.rank <= rank);
      let at = waiting.length;
      while (at > 0 && !isBefore(waiting[at - 1] as WaitingSecret)) at -= 1;
      waiting.splice(at, 0, { secret, rank });
    };
  const run = (): DecodedRun => {
    const made = createDecodedRun(redactor, foundBy(runs.length));
    runs.push(made);
    return made;
  };
  const readings = [...KINDS.map((kind) => kind(run)), tokenSecrets(redactor, foundBy(Number.POSITIVE_INFINITY))];
  const findings: Finding[] = [];
  /** Text that was not passed on, which begins at `passed`, and how much was pushed. */
  let held = '';
  let passed = 0;
  let pushed = 0;
  /** The secret that is replaced, while it goes on. */
  let open: FoundSecret | undefined;

  const drop = (to: number): string => {
    const cut = Math.max(0, to - passed);
    const text = held.slice(0, cut);
    held = held.slice(cut);
    passed += cut;
    return text;
  };

  const spanOf = ({ finding, start, end }: FoundSecret): Finding => ({ ...finding, start, end });

  /** A code that is found and no more. */
  const stays = redactor.reports('SECRET');

  /** Passes over the secret that is being replaced. @returns What of it stays. */
  const swallow = (secret: FoundSecret): string => {
    findings[findings.length - 1] = spanOf(secret);
    const code = drop(secret.end);
    open = secret.goesOn ? secret : undefined;
    return stays ? code : '';
  };

  const emit = (limit: number): string => {
    let out = '';
    if (open !== undefined) out += swallow(open);
    while (open === undefined) {
      const secret = waiting[0]?.secret;
      if (secret === undefined || secret.start >= limit) return out + drop(limit);
      waiting.shift();
      if (secret.start < passed) continue; // within another one
      out += drop(secret.start);
      if (!stays) out += redactor.placeholder('SECRET', secret.value);
      findings.push(spanOf(secret));
      out += swallow(secret);
    }
    return out;
  };

  const limit = (): number => {
    let from = pushed;
    for (const reading of readings) from = Math.min(from, reading.from);
    for (const decoded of runs) from = Math.min(from, decoded.from);
    return from;
  };

  const read = (chunk: string): void => {
    for (const reading of readings) reading.read(chunk, pushed);
    held += chunk;
    pushed += chunk.length;
  };

  return {
    push(chunk) {
      read(chunk);
      for (const decoded of runs) decoded.settle();
      return emit(limit());
    },
    end(chunk = '') {
      read(chunk);
      for (const { end } of readings) end?.();
      for (const decoded of runs) decoded.close();
      return emit(pushed);
    },
    findings,
  };
};

/**
 * A check for secrets in encoded forms: in base64, base32, hexadecimal, decimal and binary codes, escapes, backwards, in
 * rot13, spaced, in full width.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * const redactor = createRedactor().session();
 * createEncodedSecretCheck({ redactor }).redact(`In base64: ${btoa(token)}`).text; // 'In base64: [SECRET_1]'
 */
export const createEncodedSecretCheck = (options: EncodedSecretOptions): EncodedSecretCheck => {
  checkOptions('createEncodedSecretCheck', options, { redactor: object });
  const { redactor } = options;
  return {
    redact(text) {
      const stream = createStream(redactor);
      const out = stream.end(text);
      return { text: stream.findings.length === 0 ? text : out, findings: stream.findings };
    },
    stream: () => createStream(redactor),
  };
};
