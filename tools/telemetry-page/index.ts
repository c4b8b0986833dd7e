/** `npm run docs:telemetry`: writes the tables of docs/telemetry.md from the catalogue; `-- --size` prints bundle sizes. */

import { readFileSync, writeFileSync } from 'node:fs';
import { bundleSizes } from './bundle-size.ts';
import { withTables } from './tables.ts';

const file = new URL('../../docs/telemetry.md', import.meta.url);
if (process.argv.includes('--size')) {
  const sizes = await bundleSizes();
  console.log(`telemetry ${sizes.without.toFixed(1)} KiB, with traces ${sizes.with.toFixed(1)} KiB`);
} else writeFileSync(file, withTables(readFileSync(file, 'utf8')));
