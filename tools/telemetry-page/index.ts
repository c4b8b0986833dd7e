/** `npm run docs:telemetry`: writes the tables of docs/telemetry.md from the catalogue. */

import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './tables.ts';

const file = new URL('../../docs/telemetry.md', import.meta.url);
writeFileSync(file, withTables(readFileSync(file, 'utf8')));
