/** The page of redaction says what the detectors do. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isMetadata } from '../../../../core/redaction/framed/members.ts';
import { CONTEXT, MAX_MATCH } from '../../../../core/redaction/index.ts';
import { entityRows, secretRules } from '../../../support/entity-rows.ts';

const page = readFileSync(new URL('../../../../docs/redaction.md', import.meta.url), 'utf8');

/** Cells of a table's rows, without their code marks. */
const rowsOf = (start: RegExp): readonly (readonly string[])[] =>
  page
    .split('\n')
    .filter((line) => start.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.replaceAll('`', '').trim()),
    );

const ENTITY = /^\| `[A-Z]/;
const FAMILY = /^\| `[a-z-]+\.ts`/;

test('the table of entities is that of the detectors', () => {
  const rows = rowsOf(ENTITY).map(([entity, , , byDefault, score, inContext]) => ({
    entity,
    byDefault,
    score,
    inContext,
  }));
  expect(rows).toEqual(entityRows());
  expect(page).toContain(`${rows.length} entities.`);
  for (const [, of, proof] of rowsOf(ENTITY)) expect([of, proof].every(Boolean)).toBe(true);
});

test('the families of secrets have as many rules as the page says', () => {
  const counts = rowsOf(FAMILY).map(([, count]) => Number(count));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(secretRules());
  expect(page).toContain(`${secretRules()} rules`);
});

test('bounds are those of the code', () => {
  expect(page).toContain(`\`MAX_MATCH\` = ${MAX_MATCH} units ahead and \`CONTEXT\` = ${CONTEXT} units back`);
});

test('members that are never continued are those that it lists', () => {
  const listed = /redacted by themselves: ([^.]*)\./.exec(page)?.[1] ?? '';
  const names = [...listed.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !isMetadata(name))).toEqual([]);
});
