/** `bulwark audit`. */

import type { Output } from '../output.ts';
import type { Surroundings } from '../surroundings.ts';
import { findRecords } from './find.ts';
import { reconcile } from './reconcile.ts';

/** Runs the command. @returns The exit code. */
export const audit = (args: readonly string[], output: Output, around: Surroundings): Promise<number> => {
  const [name, ...rest] = args;
  if (name === 'reconcile') return reconcile(rest, output);
  return findRecords(name === 'find' ? rest : args, output, around);
};
