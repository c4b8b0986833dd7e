import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../../cli/command-line.ts';

const read = (...args: string[]) => readCommandLine(args, { json: 'flag', since: 'value', 'show-misses': 'value' });

describe('a command line', () => {
  test('has flags, values and what is left', () => {
    expect(read('a.log', '--json', '--since', '2026-11-30', '--show-misses=3', 'b.log')).toEqual({
      flags: { json: true },
      values: { since: '2026-11-30', 'show-misses': '3' },
      words: ['a.log', 'b.log'],
    });
  });

  test('may be empty', () => {
    expect(read()).toEqual({ flags: { json: false }, values: {}, words: [] });
  });

  test.each([['--help'], ['-h'], ['--json', '--help']])('asks for help: %s', (...args) => {
    expect(read(...args)).toBe('help');
  });

  test.each([['--nonsense'], ['--json=yes'], ['--since'], ['-x']])('is wrong: %s', (...args) => {
    expect(read(...args)).toEqual({ usage: expect.any(String) });
  });

  test('is quoted without what steers a terminal', () => {
    const wrong = read('--\u001b[31m\nred');
    expect(wrong).toEqual({ usage: expect.not.stringContaining('\u001b') });
  });
});
