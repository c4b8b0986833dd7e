/** A report for people: tables that fit the terminal, digests in place of names. */

import type { ReadCounts } from '../logs/audit-reader.ts';
import { type Column, tableLines } from '../table.ts';
import type { CallerCount } from './callers.ts';
import { nextSteps } from './next-steps.ts';
import type { ReportRow } from './rows.ts';
import type { ModeReport, Report } from './tally.ts';

const MOST_ROWS = 20;
const MOST_RULES = 5;
const MOST_SERVICES = 3;
/** Characters of a digest that tell callers apart, its version included. */
const DIGEST_SHOWN = 13;

const NUMBERS = new Intl.NumberFormat('en', { useGrouping: true });
const number = (value: number): string => NUMBERS.format(value);
const counted = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;
const share = (part: number, whole: number): string => {
  if (whole === 0) return '';
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 0.1 ? '<0.1%' : `${percent.toFixed(1)}%`;
};
const callersOf = ({ callers, atLeast }: CallerCount): string =>
  callers === 0 ? '' : `${number(callers)}${atLeast ? '+' : ''}`;
const score = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(2));
const minute = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

const numeric = (title: string, expendable = 0): Column => ({ title, kind: 'number', expendable });
const textual = (title: string): Column => ({ title, kind: 'text' });
const COUNTS: readonly Column[] = [
  numeric('requests'),
  numeric('share', 2),
  numeric('callers', 1),
  numeric('highest', 3),
  numeric('median', 4),
];

const countsOf = (row: ReportRow, all: number): readonly string[] => [
  number(row.requests),
  share(row.requests, all),
  callersOf(row),
  score(row.score?.highest),
  score(row.score?.median),
];

/** A row, and under it its rules. */
const withRules = (row: ReportRow, lead: readonly string[], all: number): readonly (readonly string[])[] => {
  const blanks = lead.slice(1).map(() => '');
  const rules = row.rules
    .slice(0, MOST_RULES)
    .map((rule) => [...blanks, `· ${rule.key[0] ?? ''}`, ...countsOf(rule, all)]);
  const more = row.rules.length - MOST_RULES;
  return [
    [...lead, ...countsOf(row, all)],
    ...rules,
    ...(more > 0 ? [[...blanks, `· ${counted(more, 'more rule')}`, ...COUNTS.map(() => '')]] : []),
  ];
};

const section = (
  title: string,
  columns: readonly Column[],
  rows: readonly ReportRow[],
  cells: (row: ReportRow) => readonly (readonly string[])[],
  width: number,
): readonly string[] => {
  if (rows.length === 0) return [];
  const more = rows.length - MOST_ROWS;
  return [
    '',
    title,
    ...tableLines(columns, rows.slice(0, MOST_ROWS).flatMap(cells), width),
    ...(more > 0 ? [`  and ${counted(more, 'more row')}: see --json`] : []),
  ];
};

/** Words of a mode. */
const WORDING = {
  monitor: { title: 'Monitor mode', refused: 'would have been refused', redacted: 'would have been redacted' },
  enforce: { title: 'Enforce mode', refused: 'refused', redacted: 'redacted' },
} as const;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const modeLines = (mode: keyof typeof WORDING, report: ModeReport, width: number): readonly string[] => {
  if (report.requests === 0) return [];
  const { title, refused, redacted } = WORDING[mode];
  const { requests, all, affected } = report;
  const refusedShare = report.refused === 0 ? '' : ` (${share(report.refused, requests)})`;
  const callers =
    all.callers === 0
      ? ''
      : `; ${callersOf(affected) || 'none'} of ${callersOf(all)} ${all.callers === 1 ? 'caller' : 'callers'} affected`;
  return [
    '',
    `${title}: ${counted(requests, 'request')}, ${number(report.refused)}${refusedShare} ${refused}, ${number(report.redacted)} ${redacted}${callers}`,
    ...section(
      capital(refused),
      [textual('code'), textual('control'), textual('reason or rule'), ...COUNTS],
      report.refusals,
      (row) => withRules(row, [row.key[0] ?? '', row.key[1] ?? '', row.key[2] ?? ''], requests),
      width,
    ),
    ...section(
      'Flagged, and let pass',
      [textual('control'), textual('reason or rule'), ...COUNTS],
      report.flagged,
      (row) => withRules(row, [row.key[0] ?? '', row.key[1] ?? ''], requests),
      width,
    ),
    ...section(
      capital(redacted),
      [textual('entity'), textual('rule'), numeric('values'), ...COUNTS],
      report.redactions,
      (row) => [[row.key[0] ?? '', row.key[1] ?? '', number(row.values), ...countsOf(row, requests)]],
      width,
    ),
    ...section(
      'Budgets',
      [textual('budget'), textual('code'), ...COUNTS],
      report.budgets,
      (row) => [[row.key[0] ?? '', row.key[1] ?? '', ...countsOf(row, requests)]],
      width,
    ),
    ...callerLines(`Callers that were most ${mode === 'monitor' ? 'affected' : 'refused'}`, report, width),
  ];
};

const callerLines = (title: string, { callers }: ModeReport, width: number): readonly string[] =>
  callers.length === 0
    ? []
    : [
        '',
        `${title}, by digest`,
        ...tableLines(
          [textual('caller'), numeric('requests'), numeric('refused'), numeric('share')],
          callers.map(({ caller, requests, refused }) => [
            caller.slice(0, DIGEST_SHOWN),
            number(requests),
            number(refused),
            share(refused, requests),
          ]),
          width,
        ),
      ];

/** Lines of at most `width` characters, broken between words; later ones stand under the first. */
export const wrapped = (text: string, width: number, indent: string): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((content, index) => (index === 0 ? content : indent + content));
};

/** Narrowest width that is made use of. */
const NARROWEST = 60;

/** The report as text, without a last newline. */
export const renderReport = (report: Report, read: ReadCounts, columns: number): string => {
  const width = Math.max(NARROWEST, columns);
  const { from, to, services } = report;
  const named = services.slice(0, MOST_SERVICES).map(({ key, requests }) => `${key[0]} (${number(requests)})`);
  const moreServices = services.length - named.length;
  const left = [
    counted(read.counted, 'audit record'),
    ...(read.leftOut > 0 ? [`${number(read.leftOut)} of another time or mode`] : []),
    `${counted(read.other, 'other line')}`,
    ...(read.unreadable > 0 ? [`${number(read.unreadable)} unreadable`] : []),
  ];
  const steps = nextSteps(report).flatMap((step) => wrapped(`- ${step}`, width - 2, '  ').map((line) => `  ${line}`));
  return [
    ...(from === undefined || to === undefined ? [] : [`Period    ${minute(from)} to ${minute(to)} UTC`]),
    `Services  ${named.join(', ')}${moreServices > 0 ? ` and ${counted(moreServices, 'more', 'more')}` : ''}`,
    `Read      ${left.join(', ')}`,
    ...modeLines('monitor', report.monitor, width),
    ...modeLines('enforce', report.enforce, width),
    ...(steps.length === 0 ? [] : ['', 'What next', ...steps]),
  ].join('\n');
};
