/** Cut points for people, and for a policy. */

import type { ReadCounts } from '../logs/audit-reader.ts';
import { wrapped } from '../report/render.ts';
import { type Column, tableLines } from '../table.ts';
import type { Caution } from './cautions.ts';
import type { CountedShare, CutPointName } from './cut-point.ts';
import type { FoundCut, FoundCuts } from './find-cuts.ts';

const number = (value: number): string => value.toLocaleString('en');
const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
const minute = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

const DONE = { flag: 'flagged', block: 'blocked' } as const;

const columnsFor = (at: CutPointName): readonly Column[] => [
  { title: 'channel', kind: 'text' },
  { title: 'requests', kind: 'number' },
  { title: `${DONE[at]} now`, kind: 'number' },
  { title: 'share', kind: 'number' },
  { title: 'cut point', kind: 'number' },
  { title: 'range', kind: 'number' },
  { title: `${DONE[at]} then`, kind: 'number' },
  { title: 'share', kind: 'number' },
  { title: '95% interval', kind: 'number', expendable: 1 },
];

const shares = ({ requests, share }: CountedShare): readonly string[] => [number(requests), percent(share)];

const cellsOf = ({ channel, requests, present, cut }: FoundCut): readonly string[] => {
  const lead = [channel, number(requests), ...shares(present)];
  if (cut === undefined) return [...lead, 'none', '', '', '', ''];
  const { value, low, high, kept } = cut;
  return [
    ...lead,
    String(value),
    high === undefined ? `from ${low}` : `${low} to ${high}`,
    ...shares(kept),
    `${percent(kept.low)} to ${percent(kept.high)}`,
  ];
};

/** The lines to put into a policy; none where nothing was found. */
export const policySnippet = (channels: readonly FoundCut[]): string | undefined => {
  const points = channels
    .filter(({ cut }) => cut !== undefined)
    .map(({ channel, suggested: { flag, block } }) => `${channel}: { flag: ${flag}, block: ${block} }`);
  return points.length === 0 ? undefined : `injection: { cutPoints: { ${points.join(', ')} } }`;
};

/** Narrowest width that is made use of. */
const NARROWEST = 80;

/** What was found as text, without a last newline. */
export const renderCuts = (
  { channels, from, to }: FoundCuts,
  cautions: readonly Caution[],
  { at, budget }: { readonly at: CutPointName; readonly budget: number },
  read: ReadCounts,
  columns: number,
): string => {
  const width = Math.max(NARROWEST, columns);
  const snippet = policySnippet(channels);
  const others = [
    ...(read.leftOut > 0 ? [`${number(read.leftOut)} of another time or mode`] : []),
    `${number(read.other)} other lines`,
    ...(read.unreadable > 0 ? [`${number(read.unreadable)} unreadable`] : []),
  ];
  return [
    ...(from === undefined || to === undefined ? [] : [`Period    ${minute(from)} to ${minute(to)} UTC`]),
    `Read      ${number(read.counted)} audit records, ${others.join(', ')}`,
    `Budget    ${Number((100 * budget).toFixed(6))}% of requests may be ${DONE[at]} by mistake`,
    '',
    ...tableLines(columnsFor(at), channels.map(cellsOf), width),
    ...(snippet === undefined ? [] : ['', 'For the policy', `  ${snippet}`]),
    '',
    'Mind',
    ...cautions.flatMap(({ text }) => wrapped(`- ${text}`, width - 2, '  ').map((line) => `  ${line}`)),
  ].join('\n');
};
