import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from '../../local/stack/index.ts';
import { runTour, type TourResult, tourReport } from '../../local/tour/index.ts';

describe('the tour', () => {
  let stack: Stack;
  let result: TourResult;
  beforeAll(async () => {
    stack = await startStack();
    result = await runTour(stack);
  }, 60_000);
  afterAll(() => stack.close());

  test('ends as expected in every row', () => {
    expect(
      [...result.attacks, ...result.benign]
        .filter(({ problems }) => problems.length > 0)
        .map(({ row, problems }) => `${row.name}: ${problems}`),
    ).toEqual([]);
  });

  test('has attacks enough, several for each control, on which the twins differ', () => {
    expect(result.attacks.length).toBeGreaterThanOrEqual(20);
    for (const { row, guarded, unguarded } of result.attacks) {
      const seen = ({ answers }: typeof guarded) =>
        JSON.stringify(answers.map(({ status, json }) => [status, json['code'], json['message']]));
      expect(seen(guarded), row.name).not.toBe(seen(unguarded));
    }
  });

  test('has a hundred benign requests, look-alikes of each attacked control among them', () => {
    expect(result.benign.length).toBeGreaterThanOrEqual(100);
    const benign = new Set(result.benign.map(({ row }) => row.control));
    expect(
      [...new Set(result.attacks.map(({ row }) => row.control))].filter((control) => !benign.has(control)),
    ).toEqual([]);
  });

  test('never charges less than Bedrock bills', () => {
    for (const { row, guarded } of result.attacks)
      expect(guarded.charged, row.name).toBeGreaterThanOrEqual(guarded.billed);
  });

  test('emits the metrics that alarms watch, for the service as a whole', () => {
    const documents = stack.output.lines
      .filter(({ line }) => line.includes('"CloudWatchMetrics"'))
      .map(({ line }) => JSON.parse(line))
      .filter((document) => !('model' in document));
    for (const metric of ['TotalTokens', 'PromptsBlocked', 'OutputsBlocked']) {
      const emitting = documents.filter((document) => metric in document);
      expect(emitting.length, metric).toBeGreaterThan(0);
      for (const { service, _aws } of emitting) {
        expect(service).toBe('bedrock-bulwark');
        expect(_aws.CloudWatchMetrics[0]).toMatchObject({
          Namespace: 'Bulwark',
          Dimensions: [['service']],
        });
      }
    }
  });

  test('is what the README shows', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(tourReport(result));
  });
});
