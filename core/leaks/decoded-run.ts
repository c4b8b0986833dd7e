/** A run of decoded text: what is secret in it, and where in the text around it that stands. */

import type { Finding, Redactor, Transducer } from '../redaction/index.ts';

/** A secret in an encoded form. */
export interface FoundSecret {
  readonly finding: Finding;
  readonly value: string;
  /** Where its encoded form stands. While it `goesOn`, as far as is known. */
  readonly start: number;
  end: number;
  goesOn: boolean;
}

/** Takes what is decoded. */
export interface DecodedRun {
  /** One more unit of the run, which is encoded from `start` to `end`. What is not ASCII or a control ends the run. */
  take(unit: number, start: number, end: number): void;
  /** The run ends here. */
  close(): void;
  /** Looks at all that was taken. */
  settle(): void;
  /** Where what is not decided begins: no secret that is found later begins before. */
  readonly from: number;
}

/** Shorter than any secret. */
export const MIN_SECRET = 16;

/** Units that are looked at in one go. */
const BATCH = 1024;

/** By byte: 1 for text in ASCII, line ends and tabs too. */
const IS_TEXT = Uint8Array.from({ length: 0x100 }, (_, unit) =>
  (unit >= 0x20 && unit < 0x7f) || unit === 9 || unit === 10 || unit === 13 ? 1 : 0,
);

/** A run whose secrets are handed to `found`. */
export const createDecodedRun = (redactor: Redactor, found: (secret: FoundSecret) => void): DecodedRun => {
  /** Units that are not decided about, the last one before them too, and where they are encoded. `base` units came before. */
  const units: number[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let count = 0;
  let base = 0;
  let transducer: Transducer | undefined;
  /** How many units the transducer was given, and how many of its findings are known. */
  let given = 0;
  let known = 0;
  let values: string[] = [];
  let open: FoundSecret | undefined;

  const endOf = (unit: number): number => ends[unit - 1 - base] as number;

  /** Reads the findings of the transducer. */
  const read = ({ findings, swallowing, decided }: Transducer, closed: boolean): void => {
    const isOpen = (index: number): boolean => !closed && swallowing && index === findings.length - 1;
    if (open !== undefined) {
      open.end = endOf((findings[known - 1] as Finding).end);
      open.goesOn = isOpen(known - 1);
      if (open.goesOn) open.end = endOf(decided);
      else open = undefined;
    }
    for (; known < findings.length; known++) {
      const finding = findings[known] as Finding;
      if (finding.entity !== 'SECRET') continue;
      const secret = {
        finding,
        value: values[known] ?? '',
        start: starts[finding.start - base] as number,
        end: endOf(isOpen(known) ? decided : finding.end),
        goesOn: isOpen(known),
      };
      if (secret.goesOn) open = secret;
      found(secret);
    }
  };

  const forget = (some: number): void => {
    if (some <= 0) return;
    units.copyWithin(0, some, count);
    starts.copyWithin(0, some, count);
    ends.copyWithin(0, some, count);
    count -= some;
    base += some;
  };

  const clear = (): void => {
    count = 0;
    if (transducer === undefined) return;
    base = 0;
    given = 0;
    known = 0;
    values = [];
    transducer = undefined;
    open = undefined;
  };

  const settle = (closed: boolean): void => {
    if (transducer === undefined && count < MIN_SECRET) return;
    transducer ??= redactor.stream((_, value) => {
      // Not every finding has one: some stay.
      values[(transducer?.findings.length ?? 1) - 1] = value;
      return '';
    });
    const piece = String.fromCharCode(...units.slice(given - base, count));
    given = base + count;
    if (closed) transducer.end(piece);
    else if (piece !== '') transducer.push(piece);
    read(transducer, closed);
    if (!closed) forget(Math.min(transducer.decided, given) - 1 - base);
  };

  const close = (): void => {
    settle(true);
    clear();
  };

  return {
    take(unit, start, end) {
      if (IS_TEXT[unit] === 1) {
        units[count] = unit;
        starts[count] = start;
        ends[count] = end;
        count += 1;
        if (count - (given - base) >= BATCH) settle(false);
      } else if (unit !== 0 && count > 0) close();
    },
    close() {
      if (count > 0) close();
    },
    settle: () => settle(false),
    get from() {
      const next = transducer === undefined ? 0 : Math.max(0, transducer.decided - base);
      return next < count ? (starts[next] as number) : Number.POSITIVE_INFINITY;
    },
  };
};
