/** An evaluation for programs. */

import { CUT_POINTS, detectionVersion } from '../../../core/injection/index.ts';
import type { InjectionResult, NamedOutcomes } from './evaluate.ts';

/** Version of the fields. */
const RESULT_VERSION = 1;

const byWord = (outcomes: NamedOutcomes): Readonly<Record<string, object>> =>
  Object.fromEntries(outcomes.map(([word, summary]) => [word, summary]));

/** The numbers of an evaluation as JSON. There is no text of a row in it. @param now Milliseconds since the epoch. */
export const jsonResult = (
  { files, total, named, disguised, languages, latency }: InjectionResult,
  trainingData: boolean,
  now: number,
): string =>
  `${JSON.stringify(
    {
      evaluation: RESULT_VERSION,
      engine: 'injection',
      date: new Date(now).toISOString(),
      detectionVersion,
      cutPoints: CUT_POINTS,
      trainingData,
      files: files.map(({ file, rows, broken, outcomes, sources }) => ({
        file,
        rows,
        broken,
        ...outcomes,
        ...(sources.length > 0 && { sources: byWord(sources) }),
      })),
      total,
      ...(named.length > 0 && { disguises: byWord(named) }),
      ...(disguised.length > 0 && { disguised }),
      languages: byWord(languages),
      latencyMicroseconds: latency,
    },
    undefined,
    2,
  )}\n`;
