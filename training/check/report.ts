/** The report of the check, to be read. */

import type { DataReport } from './check.ts';
import type { DataLine } from './data-line.ts';
import type { LineFault } from './line-faults.ts';
import type { LinePair } from './pairs.ts';

/** Units of a line that are shown. */
const SHOWN = 90;

const at = ({ file, number }: Pick<DataLine, 'file' | 'number'>): string => (number > 0 ? `${file}:${number}` : file);

const section = (title: string, rows: readonly string[]): readonly string[] => [`${title}: ${rows.length}`, ...rows];

/** Without the line's text: it may show a secret. */
const faultRow = ({ line, why }: LineFault): string => `  ${at(line)}  ${why}`;

const pairRow = ({ first, second, likeness }: LinePair): string =>
  [first, second].reduce(
    (rows, line) => `${rows}\n    ${at(line)}  ${line.raw.slice(0, SHOWN)}`,
    `  ${likeness.toFixed(2)}`,
  );

const countBy = (lines: readonly DataLine[], nameOf: (line: DataLine) => string): string =>
  [...Map.groupBy(lines, nameOf)].map(([name, { length }]) => `${name} ${length}`).join(', ');

const countRows = (lines: readonly DataLine[]): readonly string[] => [
  `lines: ${lines.length} (${countBy(lines, ({ folder }) => folder)})`,
  ...[...Map.groupBy(lines, ({ folder }) => folder)].flatMap(([folder, own]) => [
    `  ${folder}, by language: ${countBy(own, ({ language }) => language)}`,
    `  ${folder}, by technique or kind: ${countBy(own, ({ technique }) => technique)}`,
  ]),
];

/** The report as text. */
export const reportOf = (report: DataReport): string =>
  [
    ...countRows(report.lines),
    `hosts that are not reserved for examples: ${report.ownableHosts}`,
    ...section('near-duplicates', report.nearDuplicates.map(pairRow)),
    ...section('broken lines', report.broken.map(faultRow)),
    ...section('secrets', report.secrets.map(faultRow)),
    ...section('exact duplicates', report.duplicates.map(pairRow)),
    ...section('contradictions', report.contradictions.map(pairRow)),
    ...section(
      'phrases of the lexicon with two concepts',
      report.ambiguous.map(({ file, phrase, concepts }) => `  ${file}  ${phrase}: ${concepts.join(', ')}`),
    ),
    `distinct attack phrases: ${report.distinct.attacks}`,
    `distinct adversarially benign phrases: ${report.distinct.adversariallyBenign}`,
  ].join('\n');
