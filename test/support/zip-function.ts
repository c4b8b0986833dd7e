/** A function of the tests as a package, as `serverless package` would make it. */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLE_OPTIONS } from '../../tools/bundle-options.ts';

type Zip = (files: Readonly<Record<string, Uint8Array>>) => Uint8Array;

/** Bundles a module and packs it into `folder`. The path of the zip; its handlers are `index.NAME`. */
export const zipFunction = (module: URL, folder: string): string => {
  const { zipSync } = createRequire(new URL('../../tools/lambda-runtime/package.json', import.meta.url))('fflate') as {
    zipSync: Zip;
  };
  const {
    outputFiles: [bundle],
  } = buildSync({
    entryPoints: [module.pathname],
    ...BUNDLE_OPTIONS,
    write: false,
  });
  if (bundle === undefined) throw new Error(`nothing to pack in ${module}`);
  const file = path.join(folder, 'function.zip');
  writeFileSync(file, zipSync({ 'index.mjs': bundle.contents }));
  return file;
};
