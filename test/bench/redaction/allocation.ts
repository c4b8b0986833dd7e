/** How much redacting clean text allocates: measured in a process that collects nothing meanwhile. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Bytes on the heap. */
export interface Allocation {
  /** Length of the text, one byte each. */
  readonly units: number;
  /** Whether nothing was found, and the text came back as it was. */
  readonly clean: boolean;
  /** What redacting it at once leaves behind. */
  readonly whole: number;
  /** What one copy of it leaves behind: what there is to be saved. */
  readonly copy: number;
  /** What redacting it in pieces of 16 units leaves behind. */
  readonly streamed: number;
}

const PROCESS = fileURLToPath(new URL('./allocation-process.ts', import.meta.url));

/** Young objects have so much room, in MB, that none is collected while it is measured. */
const ROOM = 256;

/** Measures this kit's redactor with its defaults. */
export const measureAllocation = async (): Promise<Allocation> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    `--min-semi-space-size=${ROOM}`,
    `--max-semi-space-size=${ROOM}`,
    PROCESS,
  ]);
  return JSON.parse(stdout);
};
