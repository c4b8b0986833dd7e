/** `bulwark cut-points`. */

import { createAuditReader } from '../logs/audit-reader.ts';
import { nothingCounted, readLogFiles } from '../logs/log-files.ts';
import type { Output } from '../output.ts';
import { cautionsFor } from './cautions.ts';
import { createCutFinder } from './find-cuts.ts';
import { jsonCuts } from './json-cuts.ts';
import { CUT_POINTS_HELP, parseCutPointArgs } from './options.ts';
import { renderCuts } from './render.ts';
import { readRequestIds } from './request-ids.ts';

const COMMAND = 'bulwark cut-points';

/** Width where standard output is no terminal. */
const DEFAULT_COLUMNS = 120;

/** Runs the command. @returns The exit code. */
export const cutPoints = async (args: readonly string[], output: Output): Promise<number> => {
  const options = parseCutPointArgs(args);
  if (options === 'help') {
    output.print(CUT_POINTS_HELP);
    return 0;
  }
  const wrong = (usage: string): number => {
    output.error(`${COMMAND}: ${usage}\n${COMMAND} --help says more.\n`);
    return 2;
  };
  if ('usage' in options) return wrong(options.usage);
  const attacks = options.attacks === undefined ? new Set<string>() : readRequestIds(options.attacks);
  if ('usage' in attacks) return wrong(attacks.usage);
  const finder = createCutFinder(options, attacks);
  const reader = createAuditReader(options, (entry) => finder.add(entry));
  if (!(await readLogFiles(COMMAND, options.files, reader, output))) return 2;
  const read = reader.counts();
  const found = finder.result();
  if (found.channels.every(({ requests }) => requests === 0)) {
    output.error(nothingCounted(COMMAND, read));
    return 1;
  }
  // The weights come with it: who asks for something else need not wait for them.
  const { detectionVersion } = await import('../../core/injection/index.ts');
  const cautions = cautionsFor(found, options.at, detectionVersion);
  const text = options.json
    ? jsonCuts(found, cautions, options, read)
    : renderCuts(found, cautions, options, read, output.columns ?? DEFAULT_COLUMNS);
  output.print(`${text}\n`);
  return found.channels.some(({ cut, requests, unseen }) => requests > 0 && cut === undefined && !unseen) ? 1 : 0;
};
