/** The policy that a module exports. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { definePolicy, type Policy } from '../../core/policy.ts';
import { harmlessLine } from '../output.ts';
import type { DataFlowOptions } from './options.ts';

/** What keeps a policy from being read, in words. */
export interface LoadFailure {
  readonly failure: string;
}

/** Loads the module, and checks the policy as a cold start does. */
export const loadPolicy = async ({
  policy: file,
  name,
}: Pick<DataFlowOptions, 'policy' | 'name'>): Promise<Policy | LoadFailure> => {
  try {
    const exported = (await import(pathToFileURL(path.resolve(file)).href)) as Readonly<Record<string, unknown>>;
    const found = exported[name] ?? (name === 'policy' ? exported['default'] : undefined);
    if (typeof found !== 'object' || found === null) return { failure: `${file} exports no ${name}` };
    return definePolicy(found as Policy);
  } catch (error) {
    return { failure: `${file} cannot be loaded: ${harmlessLine((error as Error).message).slice(0, 300)}` };
  }
};
