/** How a function becomes one ES module, the SDK bundled. */

import type { BuildOptions } from 'esbuild';

/** Options of esbuild for any function. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The packages' ES modules: without it CommonJS is taken, and the bundle is half as large again.
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
} as const satisfies BuildOptions;
