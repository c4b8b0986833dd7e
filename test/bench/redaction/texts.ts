/** Harmless texts of any size, the same each time: out of those that `npm run eval -- redaction` counts false positives on. */

import type { BenignFile, BenignKind } from '../../../tools/eval/redaction/benign/benign-file.ts';
import { benignCorpus } from '../../../tools/eval/redaction/benign/corpus.ts';

/** What a text is. */
export const KINDS = ['prose', 'readmes', 'code', 'logs', 'json'] as const;

export type Kind = (typeof KINDS)[number];

/** Where a text of a kind comes from, and how it is cut. */
const SOURCES: Readonly<Record<Kind, { readonly kind: BenignKind; readonly only?: RegExp }>> = {
  prose: { kind: 'prose' },
  readmes: { kind: 'prose' },
  code: { kind: 'code' },
  logs: { kind: 'logs' },
  json: { kind: 'logs', only: /json|cloudtrail/ },
};

/** UTF-16 units of each file: a text is to be of many hands. */
const OF_FILE = 40_000;

/** Share of letters, spaces and the commonest marks from which on a paragraph is prose, without markup, names and addresses. */
const PLAIN = 0.95;
const PLAIN_UNITS = /[A-Za-z ,.\n]/g;
/** Shorter paragraphs are titles and lists. */
const SHORTEST = 120;

/** Paragraphs of running prose, each once. */
const paragraphsOf = (text: string): string =>
  [...new Set(text.split(/\n\s*\n/))]
    .filter((each) => each.length > SHORTEST && (each.match(PLAIN_UNITS)?.length ?? 0) > PLAIN * each.length)
    .join('\n\n');

let corpus: readonly BenignFile[] | undefined;

const cache = new Map<Kind, string>();

/** All there is of a kind; JSON as one array of records. */
const allOf = (kind: Kind): string => {
  corpus ??= benignCorpus();
  const known = cache.get(kind);
  if (known !== undefined) return known;
  const { kind: source, only = /./ } = SOURCES[kind];
  const files = corpus.filter((file) => file.kind === source && only.test(file.name));
  const joined = files.map((file) => file.text.slice(0, OF_FILE)).join('\n\n');
  const text =
    kind === 'json'
      ? `[${files.flatMap((file) => file.text.trim().split('\n')).join(',')}]`
      : kind === 'prose'
        ? paragraphsOf(joined)
        : joined;
  cache.set(kind, text);
  return text;
};

/** A text of so many UTF-16 units; what there is, again and again, where there is not enough. @param from Where it begins. */
export const harmlessText = (kind: Kind, units: number, from = 0): string => {
  const all = allOf(kind);
  const start = from % all.length;
  let text = all.slice(start, start + units);
  while (text.length < units) text += all.slice(0, units - text.length);
  return text;
};
