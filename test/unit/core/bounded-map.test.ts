import { expect, test } from 'vitest';
import { remember, remembering } from '../../../core/bounded-map.ts';

test('the oldest entry makes room for a new one', () => {
  const map = new Map<string, number>();
  for (const [value, key] of ['a', 'b', 'a', 'c'].entries()) remember(map, key, value, 2);
  expect([...map]).toEqual([
    ['a', 2],
    ['c', 3],
  ]);
});

test('what is made by key is made once, and few are remembered', () => {
  const made: string[] = [];
  const make = remembering((key: string) => {
    made.push(key);
    return { key };
  }, 2);
  const first = make('a');
  expect(make('a')).toBe(first);
  for (const key of ['b', 'c', 'a']) make(key);
  expect(made).toEqual(['a', 'b', 'c', 'a']);
});

test('nothing is a value, too', () => {
  let made = 0;
  const make = remembering((_: string) => {
    made += 1;
    return undefined;
  }, 2);
  make('a');
  make('a');
  expect(made).toBe(1);
});
