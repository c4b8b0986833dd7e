/** Examples of what a model reads while it works: documents, clean and with something planted in them. */

import { pick, type Random, seeded, shuffled } from '../random.ts';
import { dataFiles } from './data-files.ts';
import { dealOf, type Example, OWN } from './example.ts';
import { rowsOf } from './shared-corpora.ts';

/** A document, and where it is from. */
interface Document {
  readonly text: string;
  readonly source: string;
  readonly group: string;
}

/** Something to plant. */
interface Planted extends Document {
  /** Copies of it, each in another document. */
  readonly copies: number;
}

const ownOf = (folder: string): readonly Document[] =>
  dataFiles(folder).flatMap(({ name, lines }) => lines.map((text) => ({ text, source: name, group: OWN })));

const sharedOf = (name: string, group: string): readonly Document[] =>
  rowsOf(name).map(({ text }) => ({ text, source: name, group }));

const documents = (): readonly Document[] => [
  ...ownOf('documents'),
  ...sharedOf('repo_docs', 'docs'),
  ...sharedOf('repo_docs_zh', 'docs'),
  ...sharedOf('bipia_ctx_email_train', 'bipia'),
  ...sharedOf('bipia_ctx_table_train', 'bipia'),
];

const planted = (): readonly Planted[] => [
  ...ownOf('planted').map((each) => ({ ...each, copies: 3 })),
  ...ownOf('tasks').map((each) => ({ ...each, copies: 2 })),
  ...ownOf('attack').map((each) => ({ ...each, copies: each.text.length < 600 ? 1 : 0 })),
  ...sharedOf('bipia_text_attack_train', 'bipia').map((each) => ({ ...each, copies: 6 })),
  ...sharedOf('bipia_code_attack_train', 'bipia').map((each) => ({ ...each, copies: 3 })),
];

/** Texts that look like orders and stand in documents by right. */
const harmless = (): readonly Document[] =>
  dataFiles('benign')
    .filter(({ name }) => /\/(?:security|trigger-words|quoted|mixed)$/.test(name))
    .flatMap(({ name, lines }) => lines.map((text) => ({ text, source: name, group: OWN })));

/** Ends of sentences and lines: where something can be put in. */
const SEAM = /(?<=[.!?。！？:])\s+|\n+/g;

/** Puts a passage into a document: at its start, at its end, or between two sentences. */
const putInto = (random: Random, document: string, passage: string): string => {
  const seams = [...document.matchAll(SEAM)].map(({ index }) => index);
  const at = pick(random, [0, document.length, ...seams, ...seams]);
  const around = pick(random, [' ', '\n', '\n\n']);
  return [document.slice(0, at).trimEnd(), passage, document.slice(at).trimStart()].filter(Boolean).join(around);
};

/** A document, or some of the same hand one after the other: real ones have any length. */
const someOf = (random: Random, pool: readonly Document[]): string =>
  Array.from({ length: pick(random, [1, 1, 1, 2, 3]) }, () => pick(random, pool).text).join('\n\n');

/** @param from What the example is about: it is dealt by that, whatever stands round it. */
const example = (from: Document, text: string, isAttack: boolean): Example => ({
  text,
  isAttack,
  channel: 'data',
  source: from.source,
  group: from.group,
  kind: isAttack ? 'attack' : 'document',
  deal: dealOf(from.text),
});

/** Share of planted passages that stand alone: the result of a tool can be nothing else. */
const ALONE = 0.15;

/**
 * Examples of the data channel: each document alone and within a longer one, and each passage planted in other
 * documents, mostly of the project's own.
 */
export const dataExamples = (seed = 11): readonly Example[] => {
  const random = seeded(seed);
  const all = documents();
  const pools = Map.groupBy(all, ({ group, text }) => `${group} ${group === OWN ? dealOf(text) : ''}`);
  /** Documents of the same hand, and of the same deal: what is left out with a passage is all that it stands in. */
  const poolOf = ({ group, text }: Document): readonly Document[] =>
    pools.get(`${group} ${group === OWN ? dealOf(text) : ''}`) ?? all;
  const around = (from: Document): string => {
    const passage = from.text;
    if (random() < ALONE) return passage;
    return putInto(random, someOf(random, poolOf(from)), passage);
  };
  const clean = all.flatMap((document) => [
    example(document, document.text, false),
    ...(random() < 0.5 ? [example(document, `${document.text}\n\n${someOf(random, poolOf(document))}`, false)] : []),
  ]);
  const looks = harmless().map((each) => example(each, around(each), false));
  const attacks = planted().flatMap((each) =>
    Array.from({ length: each.copies }, () => example(each, around(each), true)),
  );
  return shuffled(random, [...clean, ...looks, ...attacks]);
};
