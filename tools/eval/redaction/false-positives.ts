/** What is found in harmless texts, where nothing is to be found. */

import type { Redactor } from '../../../core/redaction/index.ts';
import type { BenignFile, BenignKind } from './benign/benign-file.ts';
import { isRealAddress } from './benign/real-address.ts';

/** A finding that is none: where it stands, and nothing of what is there. */
export interface FalsePositive {
  readonly file: string;
  readonly line: number;
  readonly detector: string;
  readonly score: number;
}

/** Counts of one kind of texts. */
export interface BenignSummary {
  readonly kind: BenignKind;
  readonly files: number;
  /** Of UTF-8. */
  readonly bytes: number;
  readonly falsePositives: number;
  /** For 10⁶ bytes. */
  readonly perMegabyte: number;
  /** E-mail addresses that are some, of authors and of nobody: found rightly, and not counted. */
  readonly addresses: number;
  /** False positives by what found them, the most first. */
  readonly detectors: readonly (readonly [detector: string, count: number])[];
}

/** What was found in all of them. */
export interface BenignResult {
  readonly set: string;
  readonly kinds: readonly BenignSummary[];
  readonly places: readonly FalsePositive[];
}

const lineOf = (text: string, index: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
};

const createKind = (kind: BenignKind) => {
  const detectors = new Map<string, number>();
  const counts = { files: 0, bytes: 0, falsePositives: 0, addresses: 0 };
  return {
    counts,
    detectors,
    summary: (): BenignSummary => ({
      kind,
      ...counts,
      perMegabyte: counts.bytes === 0 ? 0 : (counts.falsePositives * 1e6) / counts.bytes,
      detectors: [...detectors].sort(([a, few], [b, many]) => many - few || (a < b ? -1 : 1)),
    }),
  };
};

/** Counts what a set finds in harmless texts. */
export const countFalsePositives = (
  { name, redactor }: { readonly name: string; readonly redactor: Pick<Redactor, 'detect'> },
  files: readonly BenignFile[],
): BenignResult => {
  const kinds = new Map<BenignKind, ReturnType<typeof createKind>>();
  const places: FalsePositive[] = [];
  for (const { kind, name: file, text } of files) {
    const into = kinds.get(kind) ?? createKind(kind);
    kinds.set(kind, into);
    into.counts.files += 1;
    into.counts.bytes += Buffer.byteLength(text);
    for (const { entity, rule, start, end, score } of redactor.detect(text)) {
      if (entity === 'EMAIL_ADDRESS' && isRealAddress(text.slice(start, end))) {
        into.counts.addresses += 1;
        continue;
      }
      const detector = rule === undefined ? entity : `${entity} ${rule}`;
      into.counts.falsePositives += 1;
      into.detectors.set(detector, (into.detectors.get(detector) ?? 0) + 1);
      places.push({ file, line: lineOf(text, start), detector, score });
    }
  }
  return { set: name, kinds: [...kinds.values()].map((each) => each.summary()), places };
};
