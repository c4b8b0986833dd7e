/** An evaluation for people. */

import { harmlessLine } from '../../../cli/output.ts';
import { countText, sizeText } from '../formats.ts';
import type { EntitySets } from './entity-sets.ts';
import type { FileResult, RowsResult } from './evaluate-rows.ts';
import type { BenignResult } from './false-positives.ts';
import type { RedactionResult } from './result.ts';
import type { SplitSummary } from './splits.ts';
import {
  flagSections,
  type Lines,
  labelledSections,
  numeric,
  secretSections,
  section,
  textual,
  vectorSections,
} from './tables.ts';
import type { Throughput } from './throughput.ts';

const brokenLines = ({ file, broken, lines, truncated }: FileResult): Lines => {
  const named = lines.map(({ line, why }) => `${line} (${why})`).join(', ');
  return [
    ...(broken > 0
      ? [
          `  ${harmlessLine(file)}: ${countText(broken)} lines are no rows: ${named}${broken > lines.length ? ' …' : ''}`,
        ]
      : []),
    ...(truncated ? [`  ${harmlessLine(file)} ends too early: it was read as far as it goes`] : []),
  ];
};

const splitLines = (splits: SplitSummary | undefined): Lines =>
  splits === undefined
    ? []
    : [
        '',
        `Streams against the oracle, with ${splits.sets.join(' and ')}`,
        `  ${countText(splits.streams)} streams of ${countText(splits.texts)} texts (${countText(splits.asLabelled)} of them with exactly the labelled spans)`,
        `  differences ${countText(splits.differences)}, leaks ${countText(splits.leaks)}, changed by a second redaction ${countText(splits.changedTwice)}`,
      ];

const rowLines = ({ files, sets, splits, places }: RowsResult, { vectors, usual }: EntitySets): Lines => {
  const broken = files.flatMap(brokenLines);
  return [
    ...section(
      'Files',
      [textual('file'), numeric('rows')],
      files.map(({ file, rows }) => [harmlessLine(file), countText(rows)]),
    ),
    ...(broken.length === 0 ? [] : ['', 'Left out', ...broken]),
    ...vectorSections(sets, vectors.name),
    ...secretSections(sets, usual.name),
    ...flagSections(sets, usual.name, vectors.name),
    ...labelledSections(sets, vectors.name),
    ...splitLines(splits),
    ...section(
      'Where it is wrong',
      [textual('place'), textual('entity or rule'), textual('how')],
      places.map(({ file, line, name, mistake }) => [harmlessLine(`${file}:${line}`), name, mistake]),
    ),
  ];
};

const benignLines = ({ set, kinds, places }: BenignResult, show: boolean): Lines => {
  const sum = (key: 'files' | 'bytes' | 'falsePositives' | 'addresses'): number =>
    kinds.reduce((total, each) => total + each[key], 0);
  const all = { kind: 'all', files: sum('files'), bytes: sum('bytes'), addresses: sum('addresses') };
  const total = { ...all, falsePositives: sum('falsePositives') };
  const detectors = kinds.flatMap(({ kind, detectors: own }) =>
    own.map(([name, count]) => [kind, name, countText(count)] as const),
  );
  return [
    ...section(
      `False positives on harmless texts, with ${set}`,
      [textual('kind'), ...['files', 'MB', 'false positives', 'per MB', 'addresses, not counted'].map(numeric)],
      [...kinds, total].map((each) => [
        each.kind,
        countText(each.files),
        (each.bytes / 1e6).toFixed(2),
        countText(each.falsePositives),
        ((each.falsePositives * 1e6) / Math.max(1, each.bytes)).toFixed(1),
        countText(each.addresses),
      ]),
    ),
    ...section('  by detector', [textual('kind'), textual('detector'), numeric('false positives')], detectors),
    ...(show
      ? section(
          '  where',
          [textual('place'), textual('detector'), numeric('score')],
          places.map(({ file, line, detector, score }) => [`${file}:${line}`, detector, score.toFixed(2)]),
        )
      : []),
  ];
};

const speedLines = (speed: readonly Throughput[]): Lines =>
  section(
    'Speed, the best of several rounds',
    [textual('set'), textual('text'), numeric('size'), numeric('MB/s'), numeric('times a plain scan')],
    speed.map(({ set, kind, bytes, megabytesPerSecond, timesPlainScan }) => [
      set,
      kind,
      sizeText(1024 * Math.round(bytes / 1024)),
      megabytesPerSecond.toFixed(1),
      timesPlainScan.toFixed(1),
    ]),
  );

const LEGEND = [
  'By name: every letter and digit of a value is in findings of its own entity (of a secret: SECRET). Just so: a finding',
  'has its very ends. Hidden: in findings of whatever entity. In part: a finding of its entity reaches it.',
];

/** The evaluation as text, without a last newline. */
export const renderEvaluation = ({ rows, benign, speed }: RedactionResult, sets: EntitySets, show: boolean): string =>
  [
    `Redaction; sets: ${sets.sets.map(({ name }) => name).join('; ')}`,
    ...(rows === undefined ? [] : LEGEND),
    ...(rows === undefined ? [] : rowLines(rows, sets)),
    ...(benign === undefined ? [] : benignLines(benign, show)),
    ...speedLines(speed),
  ].join('\n');
