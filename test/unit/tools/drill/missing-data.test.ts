/** The examples of the CloudWatch user guide, "Configuring how CloudWatch alarms treat missing data". */

import { describe, expect, test } from 'vitest';
import {
  type AlarmState,
  type Breach,
  stateOf,
  type TreatMissingData,
} from '../../../../tools/drill/cloudwatch/missing-data.ts';

/** `0` is within the threshold, `X` breaches it, `-` is missing; the most recent is the last. */
const pointsOf = (drawn: string): readonly Breach[] =>
  drawn.split(' ').map((sign) => (sign === '-' ? undefined : sign === 'X'));

const TREATMENTS = ['missing', 'ignore', 'breaching', 'notBreaching'] as const satisfies readonly TreatMissingData[];

type Row = readonly [drawn: string, ...states: readonly (AlarmState | 'retain')[]];

const check = (datapointsToAlarm: number, [drawn, ...states]: Row): void => {
  for (const [index, treatMissingData] of TREATMENTS.entries())
    for (const current of ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const) {
      const expected = states[index] === 'retain' ? current : states[index];
      const rule = { evaluationPeriods: 3, datapointsToAlarm, treatMissingData };
      expect(stateOf(pointsOf(drawn), rule, current), `${treatMissingData} from ${current}`).toBe(expected);
    }
};

describe('three of three', () => {
  const rows: readonly Row[] = [
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['0 - - - -', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'retain', 'ALARM', 'OK'],
    // From older versions of the guide, which call the states of young breaches by their names.
    ['- - - - X', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
    ['X - - - -', 'ALARM', 'retain', 'ALARM', 'OK'],
  ];
  for (const row of rows) test(row[0], () => check(3, row));

  test('a young breach among missing points waits for the next one', () => {
    const rule = { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: 'missing' } as const;
    for (const drawn of ['- - - - X', '- - - X -', '- - - X 0', '- - X - 0'])
      expect(stateOf(pointsOf(drawn), rule, 'OK'), drawn).not.toBe('ALARM');
  });
});

describe('two of three', () => {
  const rows: readonly Row[] = [
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'retain', 'ALARM', 'OK'],
    ['- - - - X', 'INSUFFICIENT_DATA', 'retain', 'ALARM', 'OK'],
  ];
  for (const row of rows) test(row[0], () => check(2, row));
});

test('three points above the threshold alarm, one alone does not, and one within ends it', () => {
  const rule = { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: 'missing' } as const;
  const values = [1, 2, 4, 5, 4, 2, 2, 1, 4, 2]; // the guide's figure: the threshold is three
  let state: AlarmState = 'INSUFFICIENT_DATA';
  const states = values.map((_, index) => {
    const points = values.slice(Math.max(0, index - 4), index + 1).map((value) => value > 3);
    state = stateOf([...Array.from({ length: 5 - points.length }, () => undefined), ...points], rule, state);
    return state;
  });
  expect(states.slice(2)).toEqual(['OK', 'OK', 'ALARM', 'OK', 'OK', 'OK', 'OK', 'OK']);
});
