/** Examples of what a model reads while it works: documents, clean and with something planted in them. */

import { pick, type Random, seeded, shuffled } from '../random.ts';
import { dataFiles } from './data-files.ts';
import { dealOf, type Example, type Kind, OWN } from './example.ts';
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
  readonly weight: number;
}

const ownOf = (folder: string): readonly Document[] =>
  dataFiles(folder).flatMap(({ name, lines }) => lines.map((text) => ({ text, source: name, group: OWN })));

const sharedOf = (name: string, group: string): readonly Document[] =>
  rowsOf(name).map(({ text }) => ({ text, source: name, group }));

/** Rows that stand together are from the same project: so many are left out together. */
const PROJECT_ROWS = 425;

const projectDocs = (): readonly Document[] =>
  rowsOf('repo_docs').map(({ text }, index) => ({
    text,
    source: 'repo_docs',
    group: `docs ${Math.floor(index / PROJECT_ROWS)}`,
  }));

const documents = (): readonly Document[] => [
  ...ownOf('documents'),
  ...projectDocs(),
  ...sharedOf('repo_docs_zh', 'docs 0'),
  ...sharedOf('bipia_ctx_email_train', 'bipia'),
  ...sharedOf('bipia_ctx_table_train', 'bipia'),
];

/**
 * What callers try that is tried in documents too. It counts little: it would teach that whatever is said to an assistant
 * is harmful, and rules know most of it.
 */
const TRIED_ANYWHERE = /^attack\/(?:en\/(?:override|hijack|authority|tools|extraction|controls-off)|[a-z-]+\/mixed)$/;
const ASIDE = 0.1;
/** What is planted counts more than a sentence of a document: there is less of it. */
const PLANTED = 3;

const planted = (): readonly Planted[] => [
  ...ownOf('planted').map((each) => ({ ...each, copies: 3, weight: PLANTED })),
  ...ownOf('tasks').map((each) => ({ ...each, copies: 2, weight: PLANTED })),
  ...ownOf('attack')
    .filter(({ source, text }) => TRIED_ANYWHERE.test(source) && text.length < 600)
    .map((each) => ({ ...each, copies: 1, weight: ASIDE })),
  ...sharedOf('bipia_text_attack_train', 'bipia').map((each) => ({ ...each, copies: 6, weight: PLANTED })),
  ...sharedOf('bipia_code_attack_train', 'bipia').map((each) => ({ ...each, copies: 3, weight: PLANTED })),
];

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

/** Documents that are written to be taken for attacks: full of orders to their readers. */
const HARD = /^documents\/(?!articles|encyclopaedia|correspondence|records)/;

const kindOf = ({ source }: Document, isAttack: boolean): Kind => {
  if (isAttack) return 'attack';
  return HARD.test(source) ? 'hard' : 'document';
};

/** @param from What the example is about: it is dealt by that, whatever stands round it. */
const example = (
  from: Document,
  text: string,
  { isAttack, use, weight = 1 }: Pick<Example, 'isAttack' | 'use' | 'weight'>,
): Example => ({
  text,
  isAttack,
  channel: 'data',
  source: from.source,
  group: from.group,
  kind: kindOf(from, isAttack),
  use,
  weight,
  deal: dealOf(from.text),
});

/** Share of planted passages that stand alone: the result of a tool can be nothing else. */
const ALONE = 0.15;
/** Most pieces of one document that are learned from. */
const MAX_PIECES = 40;

/** Pieces of a document: each sentence or line, and each with the next. */
const piecesOf = (random: Random, text: string): readonly string[] => {
  const sentences = text.split(SEAM).filter((sentence) => sentence.trim() !== '');
  const pairs = sentences.slice(1).map((sentence, index) => `${sentences[index]} ${sentence}`);
  return shuffled(random, [...sentences, ...pairs]).slice(0, MAX_PIECES);
};

/**
 * Examples of the data channel. A plain request is an attack here, since documents ask nothing of a model. Learned from: pieces of clean documents, and passages alone. Tried on: documents as they
 * are, and passages planted in documents of the same hand and deal, so that what is left out is all that is met.
 */
export const dataExamples = (seed = 11): readonly Example[] => {
  const random = seeded(seed);
  const all = documents();
  const poolKey = ({ group, text }: Document): string => `${group} ${group === OWN ? dealOf(text) : ''}`;
  const pools = Map.groupBy(all, poolKey);
  const natural = pools.get('docs 0 ') ?? all;
  const around = (from: Document): string => {
    if (random() < ALONE) return from.text;
    return putInto(random, someOf(random, pools.get(poolKey(from)) ?? natural), from.text);
  };
  const clean = all.flatMap((document) => {
    const longer = `${document.text}\n\n${someOf(random, pools.get(poolKey(document)) ?? natural)}`;
    return [
      ...piecesOf(random, document.text).map((piece) => example(document, piece, { isAttack: false, use: 'learn' })),
      ...[document.text, longer].map((text) => example(document, text, { isAttack: false, use: 'try' })),
    ];
  });
  const attacks = planted().flatMap((each) => [
    example(each, each.text, { isAttack: true, use: 'learn', weight: each.weight }),
    ...Array.from({ length: each.copies }, () => example(each, around(each), { isAttack: true, use: 'try' })),
  ]);
  return shuffled(random, [...clean, ...attacks]);
};
