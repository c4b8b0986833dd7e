/** Which command is meant. */

import { audit } from './audit/index.ts';
import { budget } from './budget/index.ts';
import { cutPoints } from './cut-points/index.ts';
import { dataFlow } from './data-flow/index.ts';
import { type Output, processOutput } from './output.ts';
import { packageVersion } from './package-version.ts';
import { report } from './report/index.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';

const HELP = `bulwark <command> [options]

  report [file…]   what the logs of a guarded function say: what was or would have been refused and redacted
  audit find …     the audit records of a request, or of somebody
  audit reconcile  what was charged beside what Bedrock says was used
  cut-points …     which cut points of the injection screen keep false positives within a share
  budget show …    what somebody has used of its budgets
  budget set …     limits of somebody's own
  budget reset …   gives back what somebody has spent
  data-flow …      where the data of a guarded function goes, from its policy

  --help           this text, or that of a command
  --version        the version
`;

/** A command: its arguments, where it writes to, and what is around it; gives its exit code. */
type Command = (args: readonly string[], output: Output, surroundings: Surroundings) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  report,
  audit,
  'cut-points': cutPoints,
  budget,
  'data-flow': dataFlow,
};

/** Runs a command line. @returns The exit code: that of the command, or 2 for a command line that is none. */
export const main = async (
  args: readonly string[],
  output: Output = processOutput(),
  surroundings: Surroundings = processSurroundings(),
): Promise<number> => {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) {
    if (!rest.includes('--version')) return command(rest, output, surroundings);
    output.print(`${packageVersion()}\n`);
    return 0;
  }
  if (name === '--version') output.print(`${packageVersion()}\n`);
  else if (name === '--help' || name === '-h') output.print(HELP);
  else output.error(name === '' ? HELP : `bulwark: there is no such command\n\n${HELP}`);
  return ['--version', '--help', '-h'].includes(name) ? 0 : 2;
};
