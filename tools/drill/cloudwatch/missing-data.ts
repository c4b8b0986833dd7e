/**
 * From data points to the state of an alarm. Source: CloudWatch user guide, "Configuring how CloudWatch alarms treat
 * missing data" and "Avoiding premature transitions to alarm state", whose tables are the tests of this file.
 */

/** State of an alarm. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** What an alarm takes missing data points for. */
export type TreatMissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** A data point against the threshold; `undefined` where it is missing. */
export type Breach = boolean | undefined;

/** M of N. */
export interface EvaluationRule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
}

/**
 * Data points that are retrieved beyond the evaluation periods. The guide gives one example, five for three, and says no
 * more than that the number depends on the period.
 */
export const EXTRA_DATAPOINTS = 2;

/** What is left to decide where fewer real points than evaluation periods are there, and too few of them breach. */
const undecided = (points: readonly Breach[], rule: EvaluationRule, current: AlarmState): AlarmState => {
  const { datapointsToAlarm, treatMissingData } = rule;
  if (points.includes(false)) return 'OK';
  if (treatMissingData === 'ignore') return current;
  // Only breaching points, or none. "The oldest available breaching datapoint is at least as old as Datapoints to Alarm,
  // and all other more recent data points are breaching or missing": ALARM. What is younger waits: older versions of the
  // guide show INSUFFICIENT_DATA for it.
  const oldest = points.indexOf(true);
  return oldest >= 0 && points.length - oldest >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
};

/**
 * The state that an evaluation comes to.
 *
 * @param points Data points of the evaluation range, the most recent last.
 * @param current State until now.
 */
export const stateOf = (points: readonly Breach[], rule: EvaluationRule, current: AlarmState): AlarmState => {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule;
  const real = points.filter((point) => point !== undefined).slice(-evaluationPeriods);
  const filled = treatMissingData === 'breaching' ? evaluationPeriods - real.length : 0;
  const breaching = real.filter(Boolean).length + filled;
  if (breaching >= datapointsToAlarm) return 'ALARM';
  const isWhole = real.length === evaluationPeriods || treatMissingData.endsWith('reaching');
  return isWhole ? 'OK' : undecided(points, rule, current);
};
