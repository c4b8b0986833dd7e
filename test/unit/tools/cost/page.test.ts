import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { currentStages } from '../../../../tools/cost/current-report.ts';

test('docs/cost.md says what both stages cost as they are packaged (npm run cost -- --write)', async () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/cost.md'), 'utf8');
  expect(page).toContain(await currentStages());
}, 60_000);
