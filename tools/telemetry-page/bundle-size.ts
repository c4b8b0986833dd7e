/** `npm run docs:telemetry -- --size` prints what traces add to a bundle of the kit's telemetry. */

import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '../bundle-options.ts';

const root = new URL('../..', import.meta.url).pathname;

const sizeOf = async (contents: string): Promise<number> => {
  const stdin = { contents, resolveDir: root, loader: 'ts' } as const;
  const { outputFiles } = await build({ ...BUNDLE_OPTIONS, stdin, write: false, sourcemap: false });
  return outputFiles.reduce((sum, { contents: { byteLength } }) => sum + byteLength, 0) / 1024;
};

const TELEMETRY = "export { createTelemetry } from './aws/telemetry/index.ts';";

/** Sizes in KiB, without and with traces. */
export const bundleSizes = async (): Promise<{ readonly without: number; readonly with: number }> => ({
  without: await sizeOf(TELEMETRY),
  with: await sizeOf(`${TELEMETRY} export { createTracing } from './aws/tracing/index.ts';`),
});
