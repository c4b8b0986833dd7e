/** The examples of the CloudWatch user guide, "Create a composite alarm". */

import { expect, test } from 'vitest';
import { parseRule } from '../../../../tools/drill/cloudwatch/composite-rule.ts';
import type { AlarmState } from '../../../../tools/drill/cloudwatch/missing-data.ts';

const holds = (rule: string, states: Readonly<Record<string, AlarmState>>): boolean =>
  parseRule(rule)((name) => states[name] ?? 'INSUFFICIENT_DATA');

const [OK, ALARM] = ['OK', 'ALARM'] as const;

test('both of two', () => {
  const rule = 'ALARM(CPUUtilizationTooHigh) AND ALARM(DiskReadOpsTooHigh)';
  expect(holds(rule, { CPUUtilizationTooHigh: ALARM, DiskReadOpsTooHigh: ALARM })).toBe(true);
  expect(holds(rule, { CPUUtilizationTooHigh: ALARM, DiskReadOpsTooHigh: OK })).toBe(false);
});

test('one without the other', () => {
  const rule = 'ALARM(CPUUtilizationTooHigh) AND NOT ALARM(DeploymentInProgress)';
  expect(holds(rule, { CPUUtilizationTooHigh: ALARM, DeploymentInProgress: OK })).toBe(true);
  expect(holds(rule, { CPUUtilizationTooHigh: ALARM, DeploymentInProgress: ALARM })).toBe(false);
});

test('parentheses', () => {
  const rule = '(ALARM("CPUUtilizationTooHigh") OR ALARM("DiskReadOpsTooHigh")) AND OK("NetworkOutTooHigh")';
  expect(holds(rule, { DiskReadOpsTooHigh: ALARM, NetworkOutTooHigh: OK })).toBe(true);
  expect(holds(rule, { DiskReadOpsTooHigh: ALARM })).toBe(false);
});

test('AND binds tighter than OR, and what was never evaluated has insufficient data', () => {
  expect(holds('ALARM(a) OR ALARM(b) AND ALARM(c)', { a: ALARM })).toBe(true);
  expect(holds('INSUFFICIENT_DATA(a)', {})).toBe(true);
  expect(holds('TRUE AND NOT FALSE', {})).toBe(true);
});

test.each(['', 'ALARM(a', 'ALARM(a) ALARM(b)', '(ALARM(a)', 'AT_LEAST(1, ALARM, (a, b))', 'ALARM(a) XOR OK(b)'])(
  '%j is no rule',
  (rule) => {
    expect(() => parseRule(rule)).toThrow(SyntaxError);
  },
);
