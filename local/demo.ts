/**
 * `npm run demo`: the tour, once; `npm run demo:packaged`: the same against the zips, under Lambda's runtime client.
 * Exits with 1 if a row ends otherwise than it should.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageService } from '../tools/package-service.ts';
import { BUILD_COMMAND, isRuntimeBuilt } from './lambda-runtime/index.ts';
import { startStack } from './stack/index.ts';
import { runTour, tourReport, tourSize } from './tour/index.ts';

const { values } = parseArgs({ options: { packaged: { type: 'boolean', default: false } } });

const run = async (folder: string): Promise<boolean> => {
  if (values.packaged) console.error('Packaging the functions …');
  const packaged = values.packaged ? { packaged: { folder: await packageService(folder) } } : {};
  console.error(
    `The tour: ${tourSize()}, each to the guarded service, in one piece and streamed, and to its unguarded twin …\n`,
  );
  const stack = await startStack(packaged);
  try {
    const result = await runTour(stack);
    console.log(tourReport(result, process.stdout.columns));
    return result.failures === 0;
  } finally {
    await stack.close();
  }
};

if (values.packaged && !isRuntimeBuilt()) {
  console.error(`Lambda's runtime client is not built: ${BUILD_COMMAND}`);
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-demo-'));
  try {
    process.exitCode = (await run(folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
