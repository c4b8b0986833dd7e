/** Which command is meant. */

import { packageVersion } from './package-version.ts';

const HELP = `bulwark <command> [options]

  report [file…]   what the logs of a guarded function say: what was or would have been refused and redacted

  --help           this text, or that of a command
  --version        the version
`;

/** Runs a command line. @returns The exit code: 0, or 2 for a command line that is none. */
export const main = async (args: readonly string[]): Promise<number> => {
  const [command] = args;
  if (command === '--version') {
    process.stdout.write(`${packageVersion()}\n`);
    return 0;
  }
  const asked = command === '--help' || command === '-h';
  process[asked ? 'stdout' : 'stderr'].write(HELP);
  return asked ? 0 : 2;
};
