/**
 * `node fresh-process.ts NAME [FOLDER]`: loads a contender, makes it and lets it judge one text, in a process that has done
 * nothing before. Prints milliseconds as JSON. Of the kit, FOLDER has the built modules.
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ColdStart } from './cold-start.ts';
import { OWN } from './contender.ts';
import { contenderOf } from './entrants.ts';
import { harmlessTexts } from './texts.ts';

const [name = OWN, folder] = process.argv.slice(2);
const [text = ''] = harmlessTexts('prose', 1024, 1);

let last = performance.now();
/** Milliseconds since the last lap. */
const lap = (): number => {
  const now = performance.now();
  const ms = now - last;
  last = now;
  return ms;
};

const built = (module: string): Promise<unknown> => import(pathToFileURL(path.join(folder ?? '', module)).href);

/** Part by part: the parts that the rest waits for first. */
const ownColdStart = async (): Promise<ColdStart> => {
  const { fold } = (await built('fold.js')) as typeof import('../../../core/text/fold.ts');
  const { tokenise } = (await built('tokens.js')) as typeof import('../../../core/text/tokens.ts');
  const tokens = tokenise(fold('pear').units);
  const reading = lap();
  const { conceptsOf } = (await built('concepts.js')) as typeof import('../../../core/injection/model/concepts.ts');
  conceptsOf(tokens);
  const lexicon = lap();
  const { builtInModels } = (await built('built-in.js')) as typeof import('../../../core/injection/model/built-in.ts');
  builtInModels();
  const weights = lap();
  const { createInjectionScreen } = (await built('index.js')) as typeof import('../../../core/injection/index.ts');
  const rules = lap();
  const { screen } = createInjectionScreen();
  const create = lap();
  screen(text);
  const load = reading + lexicon + weights + rules;
  return { load, rules: reading + rules, lexicon, weights, create, first: lap() };
};

const peerColdStart = async (): Promise<ColdStart> => {
  const { load: loadPeer } = contenderOf(name);
  last = performance.now();
  const make = await loadPeer();
  const load = lap();
  const check = await make();
  const create = lap();
  await check(text, 'user');
  return { load, create, first: lap() };
};

console.log(JSON.stringify(await (name === OWN ? ownColdStart() : peerColdStart())));
