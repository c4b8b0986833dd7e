/** Who takes part: the kit, and those peers that are installed. */

import { readFileSync } from 'node:fs';
import { bulwark, type Contender } from './contender.ts';
import { PEERS } from './peers.ts';

/** Those who take part, and those who cannot. */
export interface Entrants {
  /** The kit first. */
  readonly present: readonly Contender[];
  /** Names of peers that are not installed. */
  readonly absent: readonly string[];
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';

/** Finds out which peers are installed, by importing them. */
export const findEntrants = async (peers: readonly Contender[] = PEERS): Promise<Entrants> => {
  const present = [bulwark];
  const absent: string[] = [];
  for (const peer of peers)
    try {
      await peer.load();
      present.push(peer);
    } catch (error) {
      if (!isAbsent(error)) throw error;
      absent.push(peer.name);
    }
  return { present, absent };
};

const MANIFESTS = ['../../../package.json', '../peers/package.json'];

/** Versions of the peers, which the checkout pins. */
export const versions = (): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...MANIFESTS.map((file) => {
      const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
      return { ...dependencies, ...devDependencies };
    }),
  );

/** A contender of all that there are, by its name. @throws RangeError for a name that none has. */
export const contenderOf = (name: string): Contender => {
  const found = [bulwark, ...PEERS].find((contender) => contender.name === name);
  if (found === undefined) throw new RangeError(`nobody is called ${name}`);
  return found;
};
