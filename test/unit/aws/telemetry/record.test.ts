/** What of a record is published. */

import { describe, expect, test } from 'vitest';
import { createRequestRecord, createTelemetry } from '../../../../aws/telemetry/index.ts';
import { type EmittedPoint, linesWritten, parseEmf } from '../../../support/emf.ts';

const service = 'publishing';
const points = async (work: () => unknown): Promise<readonly EmittedPoint[]> => parseEmf(await linesWritten(work));

describe('a record', () => {
  const published = (fill: (record: ReturnType<typeof createRequestRecord>) => void) => {
    const record = createRequestRecord();
    fill(record);
    return points(() => createTelemetry({ service }).publish(record, 'r'));
  };

  test('keeps back what is no number', async () => {
    const all = await published((record) => {
      record.count('Redactions');
      (record.metrics as Map<string, number>).set('TotalLatency', Number.NaN);
      (record.metrics as Map<string, number>).set('GuardLatency', Number.POSITIVE_INFINITY);
    });
    expect(all.map(({ name }) => name)).toEqual(['Redactions']);
  });

  test('of nothing is published as nothing', async () => {
    expect(await linesWritten(() => createTelemetry({ service }).publish(createRequestRecord(), 'r'))).toEqual([]);
  });

  test('that cannot be published leaves nothing behind for the next', async () => {
    const telemetry = createTelemetry({ service });
    const [bad, good] = [createRequestRecord(), createRequestRecord()];
    bad.count('Redactions');
    (bad.metrics as Map<string, number>).set('nothing that there is', 1);
    good.count('Requests');
    const all = await points(() => {
      expect(() => telemetry.publish(bad, 'bad')).toThrow();
      telemetry.publish(good, 'good');
    });
    expect(all.map(({ name, requestId }) => [name, requestId])).toEqual([['Requests', 'good']]);
  });

  test('of two models has a document for each, and one for the service', async () => {
    const all = await published((record) => {
      record.countFor('a', 'InputTokens', 1);
      record.countFor('b', 'InputTokens', 2);
      record.countFor(undefined, 'InputTokens', 4);
      record.count('Requests');
    });
    expect(all.map(({ name, value, at }) => [name, value, at])).toEqual([
      ['InputTokens', 7, { service }],
      ['Requests', 1, { service }],
      ['InputTokens', 1, { service, model: 'a' }],
      ['InputTokens', 2, { service, model: 'b' }],
    ]);
  });
});
