/** `npm run eval -- <engine> …`: measures an engine on labelled rows. */

import { pathToFileURL } from 'node:url';
import { type Output, processOutput } from '../../cli/output.ts';
import { type Evaluation, type EvaluationSurroundings, processSurroundings } from './evaluation.ts';
import { injectionEvaluation } from './injection/index.ts';
import { redactionEvaluation } from './redaction/index.ts';

/** Evaluations by the name of their engine. */
const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  injection: injectionEvaluation,
  redaction: redactionEvaluation,
};

const HELP = `npm run eval -- <engine> [file…] [options]

${Object.entries(EVALUATIONS)
  .map(([name, { summary }]) => `  ${name.padEnd(11)}${summary}`)
  .join('\n')}

npm run eval -- <engine> --help says more.
`;

/** Runs a command line. @returns The exit code. */
export const evaluate = async (
  [name = '', ...args]: readonly string[],
  output: Output = processOutput(),
  around: EvaluationSurroundings = processSurroundings(),
): Promise<number> => {
  const evaluation = Object.hasOwn(EVALUATIONS, name) ? EVALUATIONS[name] : undefined;
  if (evaluation !== undefined) return evaluation.run(args, output, around);
  const asked = name === '--help' || name === '-h';
  if (asked) output.print(HELP);
  else output.error(name === '' ? HELP : `eval: there is no such evaluation\n\n${HELP}`);
  return asked ? 0 : 2;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await evaluate(process.argv.slice(2));
