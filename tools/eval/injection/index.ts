/** `npm run eval -- injection`. */

import { writeFileSync } from 'node:fs';
import { codeOf } from '../../../cli/logs/log-files.ts';
import { harmlessLine } from '../../../cli/output.ts';
import { createInjectionScreen } from '../../../core/injection/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { evaluateRows, type InjectionResult } from './evaluate.ts';
import { jsonResult } from './json-result.ts';
import { INJECTION_HELP, parseInjectionArgs } from './options.ts';
import { renderEvaluation } from './render.ts';
import { rowSources } from './row-sources.ts';
import { warmUp } from './warm-up.ts';

const COMMAND = 'eval injection';

/** Measures the screen of the published entry, with its defaults: what users get. */
export const injectionEvaluation: Evaluation = {
  summary: 'recall, false positives and latency of the injection screen',
  async run(args, output, around) {
    const options = parseInjectionArgs(args);
    if (options === 'help') {
      output.print(INJECTION_HELP);
      return 0;
    }
    const from = 'usage' in options ? options : rowSources(options.named);
    if ('usage' in options || 'usage' in from) {
      output.error(`${COMMAND}: ${'usage' in from ? from.usage : ''}\nnpm run eval -- injection --help says more.\n`);
      return 2;
    }
    const { screen } = createInjectionScreen();
    warmUp(screen);
    let result: InjectionResult;
    try {
      result = await evaluateRows(from.sources, options, screen, around);
    } catch (error) {
      output.error(`${COMMAND}: a file cannot be read: ${codeOf(error)}\n`);
      return 2;
    }
    output.print(`${renderEvaluation(result, from.trainingData)}\n`);
    if (options.json !== undefined)
      try {
        writeFileSync(options.json, jsonResult(result, from.trainingData, around.now()));
      } catch (error) {
        output.error(`${COMMAND}: ${harmlessLine(options.json)} cannot be written: ${codeOf(error)}\n`);
        return 2;
      }
    return result.files.some(({ rows }) => rows > 0) ? 0 : 1;
  },
};
