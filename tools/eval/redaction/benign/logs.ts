/** Logs as programs write them: ids, hashes, times and numbers of all lengths, and nothing private. */

import { seeded } from '../../../../training/random.ts';
import type { BenignFile } from './benign-file.ts';
import type { LogWriter } from './log-writer.ts';
import { PLATFORM_LOGS } from './platform-logs.ts';
import { TOOL_LOGS } from './tool-logs.ts';
import { WEB_LOGS } from './web-logs.ts';

const WRITERS: Readonly<Record<string, LogWriter>> = { ...WEB_LOGS, ...PLATFORM_LOGS, ...TOOL_LOGS };

/** UTF-16 units of each. */
const SIZE = 120_000;

const logOf = (write: LogWriter, seed: number): string => {
  const random = seeded(seed);
  const entries: string[] = [];
  for (let units = 0; units < SIZE; units += (entries.at(-1)?.length ?? 0) + 1) entries.push(write(random));
  return `${entries.join('\n')}\n`;
};

const SEED = 20_261_130;

/** All kinds of logs, about 2 MB. */
export const benignLogs = (): readonly BenignFile[] =>
  Object.entries(WRITERS).map(([name, write], index) => ({
    kind: 'logs',
    name: `logs/${name}.log`,
    text: logOf(write, SEED + index),
  }));
