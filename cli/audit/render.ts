/** Audit records for people and for programs. Everything in them is a number, or a word of a shape. */

import type { AuditEntry } from '../logs/audit-entry.ts';
import { type Column, tableLines } from '../table.ts';

/** Records that are shown in full; of more, a line each. */
const IN_FULL = 3;
/** Characters of a digest that tell callers apart, its version included. */
const DIGEST_SHOWN = 13;
const MOST_RULES = 5;

const COLUMNS: readonly Column[] = [
  { title: 'time (UTC)', kind: 'number' },
  { title: 'request', kind: 'text' },
  { title: 'caller', kind: 'text', expendable: 1 },
  { title: 'status', kind: 'number' },
  { title: 'outcome', kind: 'text' },
  { title: 'model', kind: 'text', expendable: 3 },
  { title: 'tokens', kind: 'number' },
  { title: 'USD', kind: 'number', expendable: 2 },
  { title: 'ms', kind: 'number', expendable: 4 },
];

const second = (time: number | undefined): string =>
  time === undefined ? '?' : new Date(time).toISOString().slice(0, 19).replace('T', ' ');
const usd = (amount: number | undefined): string => (amount === undefined ? '' : amount.toFixed(6));

const rowOf = ({ time, requestId, caller, details }: AuditEntry): readonly string[] => [
  second(time),
  requestId ?? '?',
  caller?.slice(0, DIGEST_SHOWN) ?? details.identity ?? '',
  String(details.status ?? ''),
  details.outcome ?? '?',
  details.model ?? '',
  String(details.tokens.total),
  usd(details.usd),
  String(details.latencyMs ?? ''),
];

const decisionsOf = ({ decisions }: AuditEntry): readonly string[] =>
  decisions.map(({ control, verdict, code, reason, rules }) => {
    const scored = rules.slice(0, MOST_RULES).map(({ rule, score }) => `${rule} ${score.toFixed(2)}`);
    return ['decision', `${control} ${verdict}`, code, reason, scored.join(', ')].filter(Boolean).join('  ');
  });

const fullOf = (entry: AuditEntry): readonly string[] => {
  const { details, service, mode, refused, detectionVersion, redactions } = entry;
  const { tokens } = details;
  const field = (name: string, value: string | undefined): readonly string[] =>
    value === undefined || value === '' ? [] : [`${name.padEnd(10)}${value}`];
  return [
    `${second(entry.time)}  ${entry.requestId ?? '?'}`,
    ...field('service', `${service}, mode ${mode}, record version ${details.version}`),
    ...field('record', details.recordId),
    ...field('ids', details.otherIds.join('  ')),
    ...details.principals.flatMap(([kind, digest]) => field(kind, digest)),
    ...field('ended', `${details.status ?? '?'} ${details.outcome ?? '?'}${refused ? `, refused: ${refused}` : ''}`),
    ...field('controls', details.controls.map(([control, outcome]) => `${control} ${outcome}`).join(', ')),
    ...decisionsOf(entry),
    ...field('detection', detectionVersion),
    ...field('data', details.dataLevel),
    ...field('redacted', redactions.map(({ kind, values }) => `${kind} ${values}`).join(', ')),
    ...field(
      'tokens',
      `${tokens.total} charged: ${tokens.input} read (${tokens.cacheRead} from caches), ${tokens.output} written${details.usd === undefined ? '' : `, USD ${usd(details.usd)}`}`,
    ),
    ...details.calls.map(
      ({ model, requestIds, attempts, basis, chargedTokens }) =>
        `call      ${model ?? 'a model of no allowlist'}  ${attempts} attempts  ${chargedTokens} tokens by ${basis}  ${requestIds.join(' ')}`,
    ),
    ...field('took', details.latencyMs === undefined ? undefined : `${details.latencyMs} ms`),
  ];
};

/** Records as text, oldest first; few of them in full. */
export const renderRecords = (entries: readonly AuditEntry[], width: number): string =>
  entries.length <= IN_FULL
    ? entries.map((entry) => fullOf(entry).join('\n')).join('\n\n')
    : tableLines(COLUMNS, entries.map(rowOf), width).join('\n');

/** A record as a line of JSON. */
export const recordJson = ({ time, details, ...entry }: AuditEntry): string =>
  JSON.stringify({ time: time === undefined ? undefined : new Date(time).toISOString(), ...entry, ...details });
