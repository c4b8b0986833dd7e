import { expect, test } from 'vitest';
import { createRedactor } from '../../../../core/redaction/index.ts';
import {
  address,
  base64,
  characters,
  digits,
  hex,
  integer,
  moment,
  uuid,
} from '../../../../tools/eval/redaction/benign/values.ts';
import { type Random, seeded } from '../../../../training/random.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const upper = (random: Random, length: number): string => characters(random, LETTERS, length);
const time = (random: Random): string => moment(random).toISOString();

/** Lines that look like private numbers to whoever looks at digits alone. */
const LINES: Readonly<Record<string, (random: Random) => string>> = {
  embeddings: (r) => `[${Array.from({ length: 8 }, () => r() * 2 - 1).join(', ')}]`,
  'tracking numbers': (r) =>
    `Parcel 1Z${upper(r, 2)}${digits(r, 14)}, FedEx ${digits(r, 12)}, USPS 9400${digits(r, 18)}, RB${digits(r, 9)}DE.`,
  invoices: (r) =>
    `Invoice ${integer(r, 2020, 2026)}-${digits(r, 6)}: item 5${digits(r, 12)}, net ${digits(r, 3)}.${digits(r, 2)} EUR, customer no. ${digits(r, 8)}, PO ${digits(r, 10)}.`,
  books: (r) =>
    `ISBN 978-${digits(r, 1)}-${digits(r, 4)}-${digits(r, 4)}-${digits(r, 1)}, ISSN ${digits(r, 4)}-${digits(r, 4)}, DOI 10.${digits(r, 4)}/${digits(r, 6)}.${digits(r, 4)}, PMID ${digits(r, 8)}`,
  'stack traces': (r) =>
    `at Object.<anonymous> (/srv/app/dist/index.js:${digits(r, 4)}:${digits(r, 2)}) 0x${hex(r, 12)} in thread ${digits(r, 15)}`,
  'ids and hashes': (r) => `${uuid(r)} sha256:${hex(r, 64)} md5 ${hex(r, 32)} etag W/"${hex(r, 16)}" ${base64(r, 43)}=`,
  times: (r) =>
    `${time(r)} ${moment(r).getTime()} ${Math.floor(moment(r).getTime() / 1000)} ${moment(r).getTime()}000000`,
  coordinates: (r) => `${(r() * 90).toFixed(7)}, -${(r() * 180).toFixed(13)}; 33U ${digits(r, 6)} ${digits(r, 7)}`,
  versions: (r) =>
    `v${integer(r, 0, 30)}.${integer(r, 0, 90)}.${digits(r, 3)}-rc.1+build.${digits(r, 8)} chrome/141.0.${digits(r, 4)}.${digits(r, 3)} ${address(r)}`,
  'git logs': (r) =>
    `commit ${hex(r, 40)} index ${hex(r, 7)}..${hex(r, 7)} 100644 PR #${digits(r, 5)} run ${digits(r, 11)}`,
  'cloud names': (r) =>
    `arn:aws:iam::${digits(r, 12)}:role/x i-${hex(r, 17)} account ${digits(r, 12)} s3://bucket-${digits(r, 12)}-eu/key_${digits(r, 10)}`,
  'dumps of bytes': (r) =>
    Array.from({ length: 16 }, () => `${integer(r, 0, 9)}${characters(r, 'abcdef', 1)}`).join(' '),
  chat: (r) =>
    `The bank's offer of ${digits(r, 8)}, the provider at ${moment(r).getTime()}, best practices for ${digits(r, 9)} rows, social media reached ${digits(r, 9)}; the health check of ${digits(r, 10)} failed, cellIndex: ${digits(r, 8)}.`,
};

const { detect } = createRedactor();

test.each(Object.keys(LINES))('nothing private is in %s', (name) => {
  const random = seeded(20_261_130);
  const text = Array.from({ length: 200 }, () => LINES[name]?.(random)).join('\n');
  // One card number or so in 200 lines is a matter of chance: any check digit is right once in ten times.
  expect(detect(text).map(({ entity, rule }) => rule ?? entity)).toEqual([]);
});
