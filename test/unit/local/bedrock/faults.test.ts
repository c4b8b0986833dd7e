import { describe, expect, test } from 'vitest';
import { createFaultPlan } from '../../../../local/bedrock/faults.ts';
import type { ReceivedRequest } from '../../../../local/bedrock/request-log.ts';

const request = { operation: 'Converse', modelId: 'm' } as ReceivedRequest;
const throttled = { kind: 'error', type: 'ThrottlingException' } as const;
const times = Number.POSITIVE_INFINITY;

/** Numbers from 0 to below 1, the same in every run. */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};
const struck = (random: () => number): readonly boolean[] => {
  const plan = createFaultPlan(random);
  plan.add({ ...throttled, probability: 0.3, times });
  return Array.from({ length: 1000 }, () => plan.take(request) !== undefined);
};

describe('a fault with a probability', () => {
  test('strikes that share of requests, the same ones for the same source', () => {
    const share = struck(seeded(1)).filter(Boolean).length;
    expect(share).toBeGreaterThan(250);
    expect(share).toBeLessThan(350);
    expect(struck(seeded(1))).toEqual(struck(seeded(1)));
    expect(struck(seeded(1))).not.toEqual(struck(seeded(2)));
  });

  test('leaves the others to later faults, and loses no use to them', () => {
    const plan = createFaultPlan(() => 0.5);
    plan.add({ ...throttled, probability: 0.5 });
    plan.add({ kind: 'delay', ms: 1, probability: 0.6 });
    plan.add({ kind: 'connection-reset', probability: 0 });
    expect([plan.take(request)?.kind, plan.take(request)?.kind]).toEqual(['delay', undefined]);
  });

  test('always strikes at 1, and asks no source when the request is not meant', () => {
    const plan = createFaultPlan(() => {
      throw new Error('asked');
    });
    plan.add({ ...throttled, modelId: 'other', probability: 0.5 });
    expect(plan.take(request)).toBeUndefined();
    const sure = createFaultPlan(() => 0.999);
    sure.add({ ...throttled, probability: 1 });
    expect(sure.take(request)).toBeDefined();
  });

  test.each([-0.1, 1.1, Number.NaN])('may not be %s', (probability) => {
    expect(() => createFaultPlan().add({ ...throttled, probability })).toThrow(TypeError);
  });
});
