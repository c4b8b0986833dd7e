/** `npm run build:functions`: one ES module a function in `dist/functions`, the SDK bundled. */

import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from './bundle-options.ts';

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist/functions' } } });
const startedAt = performance.now();
const { metafile } = await build({
  entryPoints: globSync('functions/*.ts'),
  outdir: values.outdir,
  outExtension: { '.js': '.mjs' },
  ...BUNDLE_OPTIONS,
  sourcemap: 'linked',
  metafile: true,
});
for (const [file, { bytes }] of Object.entries(metafile.outputs))
  if (file.endsWith('.mjs')) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KiB`);
console.log(`bundled in ${(performance.now() - startedAt).toFixed()} ms`);
