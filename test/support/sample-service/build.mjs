/** Bundles the guarded handlers, each by itself, into `dist/`. */

import { globSync } from 'node:fs';
import { build } from 'esbuild';

await build({
  entryPoints: globSync('handlers/*.guarded.mjs'),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
