/** The command line of `bulwark data-flow`. */

import { readCommandLine } from '../command-line.ts';
import type { UsageError } from '../usage-error.ts';

/** What is asked for. */
export interface DataFlowOptions {
  /** File of the module that has the policy. */
  readonly policy: string;
  /** Name of its export. */
  readonly name: string;
  /** Region that the function calls. */
  readonly region: string | undefined;
}

export const DATA_FLOW_HELP = `bulwark data-flow --policy <file> [options]

Prints, as Markdown, where the data of a guarded function goes: from the caller to the
model and back, which level may go to which model and Region, what is stored and for how
long, and which entity has which level. It says what the policy says, and runs nothing
but the module that has it.

  --policy <file>   a module that exports a policy: .ts, .js or .mjs
  --export <name>   the name of the export (default: policy, else the default export)
  --region <region> the Region that the function calls (default: AWS_REGION)
  --help            this text

The module is loaded as the function loads it: what it wants of the environment must be
there. Nothing of its keys is printed.

  npx bulwark data-flow --policy src/policy.ts --region eu-central-1 > docs/data-flow.md

Exit code: 0; 1 when the module could not be loaded or has no policy; 2 for a wrong
command line.
`;

const OPTIONS = { policy: 'value', export: 'value', region: 'value' } as const;

const REGION = /^[a-z]{2}(?:-[a-z]{2,8}){1,3}-\d{1,2}$/; // eu-central-1

/** Reads a command line. */
export const parseDataFlowArgs = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DataFlowOptions | UsageError | 'help' => {
  const line = readCommandLine(args, OPTIONS);
  if (line === 'help' || 'usage' in line) return line;
  const { values, words } = line;
  if (words.length > 0) return { usage: 'it takes options only' };
  if (values.policy === undefined) return { usage: '--policy is needed: the file that exports the policy' };
  const region = values.region ?? env['AWS_REGION'];
  if (region !== undefined && !REGION.test(region)) return { usage: '--region must be a Region such as eu-central-1' };
  return { policy: values.policy, name: values.export ?? 'policy', region };
};
