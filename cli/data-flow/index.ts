/** `bulwark data-flow`. */

import type { Output } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';
import { DATA_FLOW_HELP, parseDataFlowArgs } from './options.ts';

const COMMAND = 'bulwark data-flow';

/** Where a Region is not named: that of the kit's own `serverless.yml`. */
const DEFAULT_REGION = 'eu-central-1';

/** Runs the command. @returns The exit code. */
export const dataFlow = async (args: readonly string[], output: Output, { env }: Surroundings): Promise<number> => {
  const options = parseDataFlowArgs(args, env);
  if (options === 'help') {
    output.print(DATA_FLOW_HELP);
    return 0;
  }
  if ('usage' in options) {
    output.error(`${COMMAND}: ${options.usage}\n${COMMAND} --help says more.\n`);
    return 2;
  }
  // The detectors come with it: who asks for something else need not wait for them.
  const [{ loadPolicy }, { renderDataFlow }] = await Promise.all([import('./load-policy.ts'), import('./render.ts')]);
  const policy = await loadPolicy(options);
  if ('failure' in policy) {
    output.error(`${COMMAND}: ${policy.failure}\n`);
    return 1;
  }
  const region = options.region ?? DEFAULT_REGION;
  const command = [COMMAND, `--policy ${options.policy}`, `--region ${region}`].join(' ');
  output.print(renderDataFlow(policy, region, options.policy, command));
  return 0;
};
