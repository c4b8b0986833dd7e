/** Who takes part: the kit, and those peers that are installed. */

import { existsSync, readFileSync } from 'node:fs';
import { type Contender, KIT } from './contender.ts';
import { PEERS } from './peers.ts';

/** Versions of the peers, which a lock file of their own pins. */
export const versions = (): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL('../redaction-peers/package.json', import.meta.url), 'utf8')).dependencies;

/** Whether a peer is installed. */
export const isInstalled = ({ name }: Contender): boolean =>
  existsSync(new URL(`../redaction-peers/node_modules/${name}/package.json`, import.meta.url));

/** A contender of all that there are, by its name. @throws RangeError for a name that none has. */
export const contenderOf = (name: string): Contender => {
  const found = [...KIT, ...PEERS].find((contender) => contender.name === name);
  if (found === undefined) throw new RangeError(`nobody is called ${name}`);
  return found;
};
