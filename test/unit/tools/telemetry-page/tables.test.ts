/** The page of telemetry says what the catalogue does. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GATEWAY_METRICS, METRICS } from '../../../../core/catalogue.ts';
import { withTables } from '../../../../tools/telemetry-page/tables.ts';

const page = readFileSync(new URL('../../../../docs/telemetry.md', import.meta.url), 'utf8');

test('the page is what the catalogue says (npm run docs:telemetry)', () => {
  expect(withTables(page)).toBe(page);
});

test('every metric has its row', () => {
  for (const name of [...Object.keys(METRICS), ...Object.keys(GATEWAY_METRICS)])
    expect(page).toContain(`\n| \`${name}\` |`);
});

test('a cell breaks no row', () => {
  for (const { meaning } of [...Object.values(METRICS), ...Object.values(GATEWAY_METRICS)])
    expect(meaning).not.toMatch(/[|\n]/);
});

test('a page without a mark is refused', () => {
  expect(() => withTables(page.replace('<!-- own -->', ''))).toThrow('own');
});
