/** A packaged function, unpacked as Lambda unpacks it into `/var/task`. */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Unzip = (zip: Uint8Array) => Readonly<Record<string, Uint8Array>>;

/** Unpacks `zip` into a new temporary folder, outside of any repository. */
export const unpack = (zip: string): string => {
  const { unzipSync } = createRequire(new URL('../../tools/lambda-runtime/package.json', import.meta.url))(
    'fflate',
  ) as { unzipSync: Unzip };
  const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-task-'));
  for (const [name, content] of Object.entries(unzipSync(readFileSync(zip)))) {
    const file = path.join(folder, name);
    if (name.endsWith('/') || !file.startsWith(`${folder}${path.sep}`)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
};
