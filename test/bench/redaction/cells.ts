/** What is printed of answers: the kit's number, and behind each other one how many times the kit's it is. */

import { rounded } from '../injection/table.ts';
import type { Answer } from './errand.ts';

const times = (value: number, own: number | undefined): string =>
  own === undefined || own === 0 ? '' : ` (${rounded(value / own)}×)`;

const ownOf = ([first]: readonly Answer[]): Extract<Answer, { end: 'done' }> | undefined =>
  first?.end === 'done' ? first : undefined;

const failed = (answer: Answer, cutOffMs: number): string => {
  if (answer.end === 'has no stream') return '–';
  return answer.end === 'threw' ? 'throws' : `> ${cutOffMs / 1000} s`;
};

/** MB (10⁶ UTF-16 units) a second. */
export const speeds = (answers: readonly Answer[], units: number, cutOffMs: number): readonly string[] => {
  const speedOf = (ms: number): number => units / 1000 / ms;
  const own = ownOf(answers);
  return answers.map((answer, index) => {
    if (answer.end !== 'done') return failed(answer, cutOffMs);
    const speed = speedOf(answer.ms);
    return rounded(speed) + (index === 0 ? '' : times(speed, own && speedOf(own.ms)));
  });
};

/** Milliseconds. */
export const durations = (answers: readonly Answer[], cutOffMs: number): readonly string[] => {
  const own = ownOf(answers);
  return answers.map((answer, index) => {
    if (answer.end !== 'done') return failed(answer, cutOffMs);
    return rounded(answer.ms) + (index === 0 ? '' : times(answer.ms, own?.ms));
  });
};

/** How many times as long the longer text takes: as many as it is longer, where that is linear. */
export const growths = (longer: readonly Answer[], shorter: readonly Answer[]): readonly string[] =>
  longer.map((answer, index) => {
    const other = shorter[index];
    return answer.end === 'done' && other?.end === 'done' ? rounded(answer.ms / other.ms) : '';
  });
