/** The tour as a person reads it. */

import { withoutPrivateData } from '../stack/private-data.ts';
import type { TourCase } from './cases.ts';
import { type Sides, statusesOf } from './judge.ts';
import type { Observation } from './observe.ts';

/** A row that was run. */
export interface TourRow extends Sides {
  readonly row: TourCase;
  readonly problems: readonly string[];
}

/** Metrics that every request has, that differ from run to run, or that say in more words what others say. */
const COMMON = new Set([
  'Requests',
  'RequestsDenied',
  'TotalLatency',
  'GuardLatency',
  'ModelLatency',
  'InputTokens',
  'OutputTokens',
  'TotalTokens',
  'ModelCalls',
  'SpendUsd',
  'SpendPace',
  'FirstByteLatency',
  'Strikes',
  'SecretsRedacted',
  'FinancialRedacted',
  'IdentityRedacted',
  'ContactRedacted',
  'OtherRedacted',
  'DataPublic',
  'DataInternal',
  'DataConfidential',
  'DataRestricted',
]);

const clip = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

const textOfReply = (json: Readonly<Record<string, unknown>>): string => {
  const content = (json['message'] as { content?: readonly Record<string, unknown>[] } | undefined)?.content ?? [];
  return content.map((block) => (typeof block['text'] === 'string' ? block['text'] : JSON.stringify(block))).join(' ');
};

/** What the client saw, in a few words: the statuses, and the code or the start of the reply. */
const seenBy = ({ answers }: Observation, status: number | undefined): string => {
  const statuses = Object.entries(statusesOf(answers)).map(([code, count]) =>
    answers.length > 1 ? `${count}×${code}` : code,
  );
  const answer = answers.find((candidate) => candidate.status === status) ?? answers[0];
  if (answer === undefined) return '';
  const words = answer.json['code'] ?? answer.json['error'] ?? textOfReply(answer.json);
  return `${statuses.join(' ')} ${withoutPrivateData(String(words)).replaceAll(/\s+/g, ' ')}`.trim();
};

const metricsOf = ({ metrics }: Observation): string =>
  [...metrics]
    .filter(([name, value]) => !COMMON.has(name) && value > 0)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

interface Column {
  readonly title: string;
  readonly width: number;
}

const COLUMNS: readonly Column[] = [
  { title: 'control', width: 26 },
  { title: 'request', width: 46 },
  { title: 'unguarded client saw', width: 44 },
  { title: 'guarded client saw', width: 40 },
  { title: 'tokens', width: 12 },
  { title: 'charged', width: 7 },
  { title: 'metrics', width: 40 },
];

/** Columns of up to this width stay as they are on a narrow terminal. */
const RIGID_WIDTH = 26;
const NARROWEST = 14;
const BORDERS = 3 * COLUMNS.length + 1;

/** Columns that fit into a terminal of so many characters: the wide ones give way in proportion. */
const columnsFor = (terminal: number): readonly Column[] => {
  const rigid = COLUMNS.filter(({ width }) => width <= RIGID_WIDTH).reduce((sum, { width }) => sum + width, 0);
  const wide = COLUMNS.reduce((sum, { width }) => sum + width, 0) - rigid;
  const share = Math.min(1, (terminal - BORDERS - rigid) / wide);
  return COLUMNS.map(({ title, width }) => ({
    title,
    width: width <= RIGID_WIDTH ? width : Math.max(NARROWEST, Math.floor(width * share)),
  }));
};

const line = (columns: readonly Column[], cells: readonly string[]): string =>
  `| ${columns.map(({ width }, index) => clip(cells[index] ?? '', width).padEnd(width)).join(' | ')} |`;

/** The attack rows as a Markdown table. Tokens are those that Bedrock billed: unguarded → guarded. */
export const attackTable = (rows: readonly TourRow[], terminal: number): string => {
  const columns = columnsFor(terminal);
  return [
    line(
      columns,
      columns.map(({ title }) => title),
    ),
    `|${columns.map(({ width }) => '-'.repeat(width + 2)).join('|')}|`,
    ...rows.map(({ row, guarded, unguarded }) =>
      line(columns, [
        row.control,
        row.name,
        seenBy(unguarded, row.unguarded?.status),
        seenBy(guarded, row.guarded?.status),
        `${unguarded.billed} → ${guarded.billed}`,
        String(guarded.charged ?? ''),
        metricsOf(guarded),
      ]),
    ),
  ].join('\n');
};

/** How many benign requests were answered the same, by the control whose attacks they look like. */
export const benignTable = (rows: readonly TourRow[]): string => {
  const groups = new Map<string, { same: number; all: number }>();
  for (const { row, problems } of rows) {
    const group = groups.get(row.control) ?? { same: 0, all: 0 };
    groups.set(row.control, { same: group.same + (problems.length === 0 ? 1 : 0), all: group.all + 1 });
  }
  return [...groups]
    .map(([control, { same, all }]) => `  ${control.padEnd(28)} ${same} of ${all} answered the same`)
    .join('\n');
};

/** The rows that went otherwise than they should. */
export const problemList = (rows: readonly TourRow[]): string =>
  rows
    .filter(({ problems }) => problems.length > 0)
    .map(({ row, problems }) => `  ${row.control}: ${clip(row.name, 60)}: ${problems.join('; ')}`)
    .join('\n');
