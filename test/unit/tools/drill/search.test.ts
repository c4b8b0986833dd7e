import { expect, test } from 'vitest';
import { ATTACKS } from '../../../../tools/drill/attacks.ts';
import type { Planted } from '../../../../tools/drill/plant.ts';
import { amplitudeOf, smallestFound } from '../../../../tools/drill/search.ts';

const found = (limits: Readonly<Record<string, number>>) => {
  const asked: number[] = [];
  const plantAt = async (amplitude: number): Promise<Planted> => {
    asked.push(amplitude);
    const verdicts = Object.entries(limits).map(([way, limit]) => ({
      way,
      rises: [],
      foundAfter: amplitude >= limit ? 5 : undefined,
    }));
    return { attack: ATTACKS.flood, amplitude, moment: { name: 'busy hour', at: 0 }, requests: 0, verdicts };
  };
  return { asked, plantAt };
};

test('comes to the smallest step that is found, for each way by itself', async () => {
  const { asked, plantAt } = found({ a: 3, b: 0.2, c: 17 });
  expect(await smallestFound(16, plantAt)).toEqual([
    { way: 'a', amplitude: amplitudeOf(16, 4) },
    { way: 'b', amplitude: amplitudeOf(16, 7) },
    { way: 'c', amplitude: undefined },
  ]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(asked.length).toBeLessThan(9);
});
