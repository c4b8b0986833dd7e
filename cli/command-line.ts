/** Command lines as every command reads them: options by name, what is left in order, `--help`. */

import { parseArgs } from 'node:util';
import { harmlessLine } from './output.ts';
import type { UsageError } from './usage-error.ts';

/** Options of a command by name: `flag` stands alone, `value` is followed by one. `--help` is always there. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value'>>;

/** What was given. */
export interface CommandLine<Kinds extends OptionKinds> {
  /** A flag that is absent is `false`. */
  readonly flags: { readonly [Name in keyof Kinds as Kinds[Name] extends 'flag' ? Name : never]: boolean };
  readonly values: { readonly [Name in keyof Kinds as Kinds[Name] extends 'value' ? Name : never]: string | undefined };
  /** What is no option. */
  readonly words: readonly string[];
}

const NODE_TYPES = { flag: 'boolean', value: 'string' } as const;

/**
 * Reads a command line. What it says is wrong with it steers no terminal.
 *
 * @example
 * const line = readCommandLine(['a.log', '--json'], { json: 'flag', since: 'value' });
 * if (line !== 'help' && !('usage' in line)) line.flags.json; // true
 */
export const readCommandLine = <const Kinds extends OptionKinds>(
  args: readonly string[],
  kinds: Kinds,
): CommandLine<Kinds> | UsageError | 'help' => {
  const names = Object.entries(kinds);
  let parsed: { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] };
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map(([name, kind]) => [name, { type: NODE_TYPES[kind] }])),
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return { usage: harmlessLine((error as Error).message) };
  }
  const { values, positionals } = parsed;
  if (values['help'] === true) return 'help';
  const of = (wanted: 'flag' | 'value', value: (name: string) => unknown): object =>
    Object.fromEntries(names.filter(([, kind]) => kind === wanted).map(([name]) => [name, value(name)]));
  return {
    flags: of('flag', (name) => values[name] === true) as CommandLine<Kinds>['flags'],
    values: of('value', (name) => values[name]) as CommandLine<Kinds>['values'],
    words: positionals,
  };
};
