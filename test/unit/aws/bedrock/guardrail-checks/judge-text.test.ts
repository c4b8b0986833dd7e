import { describe, expect, test } from 'vitest';
import { type Ask, judgeText } from '../../../../../aws/bedrock/guardrail-checks/judge-text.ts';

describe('the pieces of a text', () => {
  test.each(Array.from({ length: 12 }, (_, ticks) => ticks))(
    'are not clean when the wait ends before the last of them is asked about, %i ticks after the others',
    async (ticks) => {
      const aborter = new AbortController();
      const others = Promise.withResolvers<{ verdict: 'clean' }>();
      const ask: Ask = (text) => (text === 'last' ? new Promise(() => {}) : others.promise);
      const judging = judgeText(ask, ['a', 'b', 'c', 'd', 'last'], 10_000, aborter.signal);
      others.resolve({ verdict: 'clean' });
      for (let tick = 0; tick < ticks; tick += 1) await undefined;
      aborter.abort();
      expect(await judging).toMatchObject({ verdict: 'unknown', cause: 'aborted' });
    },
  );

  test('are left alone once one of them attacks', async () => {
    const asked: string[] = [];
    const ask: Ask = async (text) => {
      asked.push(text);
      return { verdict: text === 'b' ? 'attack' : 'clean' };
    };
    const pieces = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const judgement = await judgeText(ask, pieces, 10_000, new AbortController().signal);
    expect(judgement.verdict).toBe('attack');
    expect(asked.length).toBeLessThan(pieces.length);
    expect(judgement.calls).toBe(asked.length);
  });
});
