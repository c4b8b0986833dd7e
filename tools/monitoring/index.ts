/** `npm run generate:infra`: writes the generated files of `infra/`. `--check` writes nothing and says which drifted. */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { frontDoorFiles } from '../front-door/files.ts';
import { generatedFiles } from './files.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string | undefined => {
  try {
    return readFileSync(path.join(root, file), 'utf8');
  } catch {
    return undefined;
  }
};

const stale = Object.entries({ ...generatedFiles(), ...frontDoorFiles() }).filter(
  ([file, text]) => read(file) !== text,
);
const check = process.argv.includes('--check');
for (const [file, text] of stale) {
  if (!check) writeFileSync(path.join(root, file), text);
  console.log(`${check ? 'drifted' : 'written'}: ${file}`);
}
if (check && stale.length > 0) process.exitCode = 1;
