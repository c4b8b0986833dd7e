import { describe, expect, test } from 'vitest';
import { builtInModels } from '../../../../core/injection/model/built-in.ts';
import { LANGUAGE_GROUPS } from '../../../../core/injection/model/language.ts';
import { LEXICON } from '../../../../core/injection/model/lexicon.ts';
import { BLOCK_SCORE, FLAG_SCORE, scoreOf } from '../../../../core/injection/model/model.ts';

const models = builtInModels();

test('all heads and the lexicon are within 512 KiB', () => {
  const { phrases, numbers, beginnings } = LEXICON;
  const lexicon = [phrases, numbers, beginnings].map((part) => Buffer.from(part, 'base64').length);
  const heads = Object.values(models).map(({ head }) => head.weights.length);
  expect(Math.min(...heads)).toBeGreaterThan(1024);
  expect([...lexicon, ...heads].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(512 * 1024);
});

describe.each(Object.entries(models))('the model of the channel %s', (_, { head, cuts }) => {
  test('has a power of two of weights, not all of them nothing', () => {
    expect(Math.log2(head.weights.length) % 1).toBe(0);
    expect(head.weights.filter((weight) => weight !== 0).length).toBeGreaterThan(head.weights.length / 10);
  });

  test.each(LANGUAGE_GROUPS)('is at its flag and block points where the scale says so: %s', (group) => {
    const cut = cuts[group];
    expect(cut.flag).toBeLessThan(cut.block);
    expect(scoreOf(cut.flag, cut)).toBeCloseTo(FLAG_SCORE);
    expect(scoreOf(cut.block, cut)).toBeCloseTo(BLOCK_SCORE);
  });
});
