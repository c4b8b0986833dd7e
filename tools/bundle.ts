/** `npm run build:functions`: one ES module a function in `dist/functions`, the SDK bundled. */

import { globSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { outdir: { type: 'string', default: 'dist/functions' } } });
const startedAt = performance.now();
const { metafile } = await build({
  entryPoints: globSync('functions/*.ts'),
  outdir: values.outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The packages' ES modules: without it CommonJS is taken, and the bundle is half as large again.
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: 'linked',
  legalComments: 'none',
  metafile: true,
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});
for (const [file, { bytes }] of Object.entries(metafile.outputs))
  if (file.endsWith('.mjs')) console.log(`${file}  ${(bytes / 1024).toFixed(1)} KiB`);
console.log(`bundled in ${(performance.now() - startedAt).toFixed()} ms`);
