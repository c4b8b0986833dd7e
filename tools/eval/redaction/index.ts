/** `npm run eval -- redaction`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf } from '../../../cli/logs/log-files.ts';
import { harmlessLine } from '../../../cli/output.ts';
import type { UsageError } from '../../../cli/usage-error.ts';
import type { Evaluation, EvaluationSurroundings } from '../evaluation.ts';
import type { BenignFile } from './benign/benign-file.ts';
import { benignCorpus } from './benign/corpus.ts';
import { type EntitySets, entitySets } from './entity-sets.ts';
import { evaluateRows } from './evaluate-rows.ts';
import { countFalsePositives } from './false-positives.ts';
import { jsonResult } from './json-result.ts';
import { parseRedactionArgs, REDACTION_HELP, type RedactionEvaluationOptions } from './options.ts';
import { renderEvaluation } from './render.ts';
import type { RedactionResult } from './result.ts';
import { redactionFiles } from './row-sources.ts';
import { createSplitCheck } from './splits.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

const COMMAND = 'eval redaction';

/** UTF-16 units of the texts that speed is measured on. */
const SPEED_SIZE = 1_000_000;

const chosenSets = ({ entities, minScore }: RedactionEvaluationOptions): EntitySets | UsageError => {
  try {
    return entitySets(entities, minScore);
  } catch {
    return { usage: '--entities names one that no detector finds' };
  }
};

/** Texts of each kind as one, as long as there is enough of them. */
const speedOf = (
  { sets }: EntitySets,
  files: readonly BenignFile[],
  clock: EvaluationSurroundings['clock'],
): readonly Throughput[] => {
  const kinds = [...new Set(files.map(({ kind }) => kind))].map((kind) => {
    const texts = files.filter((file) => file.kind === kind).map(({ text }) => text.slice(0, SPEED_SIZE / 10));
    return { kind, text: texts.join('\n').slice(0, SPEED_SIZE) };
  });
  // With another score the same detectors run.
  return sets.slice(0, 2).flatMap((set) => kinds.map(({ kind, text }) => measureThroughput(set, kind, text, clock)));
};

const write = (folder: string, files: readonly BenignFile[]): void => {
  for (const { name, text } of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
};

const measure = async (
  options: RedactionEvaluationOptions,
  files: readonly string[],
  sets: EntitySets,
  around: EvaluationSurroundings,
): Promise<RedactionResult> => {
  const { only, splits, writeBenign } = options;
  const check = splits ? createSplitCheck([...new Set([sets.usual, sets.vectors])]) : undefined;
  const rows = only.includes('rows') ? await evaluateRows(files, options, sets, check, around) : undefined;
  const texts = only.includes('benign') || only.includes('speed') ? benignCorpus() : [];
  if (writeBenign !== undefined) write(writeBenign, texts);
  return {
    rows: rows === undefined || rows.files.length === 0 ? undefined : rows,
    benign: only.includes('benign') ? countFalsePositives(sets.usual, texts) : undefined,
    speed: only.includes('speed') ? speedOf(sets, texts, around.clock) : [],
  };
};

const exitCodeOf = ({ rows }: RedactionResult, options: RedactionEvaluationOptions): number => {
  if (rows === undefined) return options.only.includes('rows') && options.named.length > 0 ? 1 : 0;
  const { differences = 0, changedTwice = 0 } = rows.splits ?? {};
  return differences > 0 || changedTwice > 0 || rows.files.every((file) => file.rows === 0) ? 1 : 0;
};

/** Measures the redactors of the published entry: what users get. */
export const redactionEvaluation: Evaluation = {
  summary: 'recall, precision, false positives and speed of redaction',
  async run(args, output, around) {
    const options = parseRedactionArgs(args);
    if (options === 'help') {
      output.print(REDACTION_HELP);
      return 0;
    }
    const refuse = (error: UsageError): number => {
      output.error(`${COMMAND}: ${error.usage}\nnpm run eval -- redaction --help says more.\n`);
      return 2;
    };
    if ('usage' in options) return refuse(options);
    const files = redactionFiles(options.named);
    if ('usage' in files) return refuse(files);
    const sets = chosenSets(options);
    if ('usage' in sets) return refuse(sets);
    let result: RedactionResult;
    try {
      result = await measure(options, files, sets, around);
    } catch (error) {
      output.error(`${COMMAND}: a file cannot be read or written: ${codeOf(error)}\n`);
      return 2;
    }
    if (result.rows === undefined && options.only.includes('rows'))
      output.print('No rows: the shared corpora are not part of the repository; name files of your own.\n');
    output.print(`${renderEvaluation(result, sets, options.show)}\n`);
    if (options.json !== undefined)
      try {
        writeFileSync(options.json, jsonResult(result, around.now()));
      } catch (error) {
        output.error(`${COMMAND}: ${harmlessLine(options.json)} cannot be written: ${codeOf(error)}\n`);
        return 2;
      }
    return exitCodeOf(result, options);
  },
};
