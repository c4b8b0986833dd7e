/** An evaluation for programs. */

import type { NamedSummary } from './named-counts.ts';
import { macroMean } from './named-counts.ts';
import type { RedactionResult } from './result.ts';
import { structuredOf } from './structured.ts';

/** Version of the fields. */
const RESULT_VERSION = 1;

const byName = (summaries: readonly { readonly name: string }[]): Readonly<Record<string, object>> =>
  Object.fromEntries(summaries.map(({ name, ...summary }) => [name, summary]));

const macro = (summaries: readonly NamedSummary[]) => ({
  byName: macroMean(summaries, 'covered'),
  hidden: macroMean(summaries, 'hidden'),
  inPart: macroMean(summaries, 'touched'),
});

/** The numbers of an evaluation as JSON. There is no text of a row in it. @param now Milliseconds since the epoch. */
export const jsonResult = ({ rows, benign, speed }: RedactionResult, now: number): string =>
  `${JSON.stringify(
    {
      evaluation: RESULT_VERSION,
      engine: 'redaction',
      date: new Date(now).toISOString(),
      ...(rows !== undefined && {
        files: rows.files,
        sets: rows.sets.map(({ name, summary: { vectors, secrets, flags, numbers, labelled } }) => {
          const { entities: _, ...structured } = structuredOf(labelled);
          return {
            set: name,
            vectors: { recall: macro(vectors), entities: byName(vectors) },
            secrets: { recall: macro(secrets), rules: byName(secrets) },
            flags: byName(flags),
            numbers: byName(numbers),
            labelled: { f1: structured, entities: byName(labelled) },
          };
        }),
        ...(rows.splits !== undefined && { splits: rows.splits }),
      }),
      ...(benign !== undefined && { benign: { set: benign.set, kinds: benign.kinds } }),
      ...(speed.length > 0 && { speed }),
    },
    undefined,
    2,
  )}\n`;
