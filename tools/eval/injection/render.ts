/** An evaluation for people. */

import { harmlessLine } from '../../../cli/output.ts';
import { type Column, tableLines } from '../../../cli/table.ts';
import { CUT_POINTS, detectionVersion } from '../../../core/injection/index.ts';
import { countText, shareText, sizeText } from '../formats.ts';
import { MAX_DISGUISED } from './disguised.ts';
import type { FileResult, InjectionResult } from './evaluate.ts';
import type { Miss } from './misses.ts';
import type { OutcomeSummary } from './outcomes.ts';

type Lines = readonly string[];

const textual = (title: string): Column => ({ title, kind: 'text' });
const numeric = (title: string): Column => ({ title, kind: 'number' });

const OUTCOMES: readonly Column[] = [
  numeric('attacks'),
  numeric('flagged'),
  numeric('blocked'),
  numeric('benign'),
  numeric('flagged'),
  numeric('blocked'),
];

const cellsOf = ({ attacks, benign, recall, falsePositives }: OutcomeSummary): Lines => [
  countText(attacks),
  shareText(recall.flag),
  shareText(recall.block),
  countText(benign),
  shareText(falsePositives.flag),
  shareText(falsePositives.block),
];

const areaOf = ({ auc }: OutcomeSummary): string => auc?.toFixed(4) ?? '';

/** Wider than most terminals: numbers are never cut, and a table that wraps can still be read. */
const WIDTH = 160;

const section = (title: string, columns: readonly Column[], rows: readonly Lines[]): Lines =>
  rows.length === 0 ? [] : ['', title, ...tableLines(columns, rows, WIDTH)];

const fileRows = ({ file, outcomes, sources }: FileResult): readonly Lines[] => [
  [harmlessLine(file), ...cellsOf(outcomes), areaOf(outcomes)],
  ...sources.map(([word, summary]) => [`· ${word}`, ...cellsOf(summary), '']),
];

const brokenLines = ({ file, broken: { count, lines, truncated } }: FileResult): Lines => {
  const named = lines.map(({ line, why }) => `${line} (${why})`).join(', ');
  return [
    ...(count > 0
      ? [`  ${harmlessLine(file)}: ${countText(count)} lines are no rows: ${named}${count > lines.length ? ' …' : ''}`]
      : []),
    ...(truncated ? [`  ${harmlessLine(file)} ends too early: it was read as far as it goes`] : []),
  ];
};

const missLines = (title: string, misses: readonly Miss[]): Lines =>
  misses.length === 0
    ? []
    : [
        '',
        title,
        ...misses.map(
          ({ score, file, line, text }) =>
            `  ${score.toFixed(4)}  ${harmlessLine(file)}:${line}  ${harmlessLine(text.replaceAll(/\s+/g, ' '))}`,
        ),
      ];

const cutPointText = (channel: keyof typeof CUT_POINTS): string =>
  `${channel} flag ${CUT_POINTS[channel].flag}, block ${CUT_POINTS[channel].block}`;

const fileSection = ({ files, total }: InjectionResult): Lines => {
  const all = files.length > 1 ? [['all files', ...cellsOf(total), areaOf(total)]] : [];
  const broken = files.flatMap(brokenLines);
  return [
    ...section('Files', [textual('file'), ...OUTCOMES, numeric('AUC')], [...files.flatMap(fileRows), ...all]),
    ...(broken.length === 0 ? [] : ['', 'Left out', ...broken]),
  ];
};

/** The evaluation as text, without a last newline. */
export const renderEvaluation = (result: InjectionResult, trainingData: boolean): string => {
  const { named, disguised, languages, latency, misses } = result;
  return [
    `Injection screen, version ${detectionVersion}; cut points: ${cutPointText('user')}; ${cutPointText('data')}`,
    ...(trainingData
      ? ['TRAINING DATA: the model learned from these rows. The numbers say nothing about texts it has not seen.']
      : []),
    'Attacks flagged or blocked are recall, benign rows flagged or blocked false positives; flagged counts blocked too.',
    ...fileSection(result),
    ...section(
      'By disguise, as the rows name it',
      [textual('disguise'), ...OUTCOMES],
      named.map(([word, summary]) => [word, ...cellsOf(summary)]),
    ),
    ...section(
      `In disguise: every row of at most ${countText(MAX_DISGUISED)} units that the disguise changes`,
      [textual('disguise'), textual('to the model'), ...OUTCOMES],
      disguised.map(({ disguise, learned, ...summary }) => [disguise, learned ? '' : 'new', ...cellsOf(summary)]),
    ),
    ...section(
      'By language',
      [textual('language'), ...OUTCOMES],
      languages.map(([word, summary]) => [word, ...cellsOf(summary)]),
    ),
    ...section(
      'Latency',
      [textual('text of'), numeric('rows'), numeric('p50 µs'), numeric('p99 µs'), numeric('mean µs a KB')],
      latency.map(({ upTo, rows, p50, p99, perKb }) => [
        upTo === undefined ? 'more' : `up to ${sizeText(upTo)}`,
        countText(rows),
        countText(Math.round(p50)),
        countText(Math.round(p99)),
        countText(Math.round(perKb)),
      ]),
    ),
    ...missLines('Benign rows with the highest scores', misses.benign),
    ...missLines('Attacks with the lowest scores', misses.attacks),
  ].join('\n');
};
