/** A contender in a thread of its own. */

import { parentPort, workerData } from 'node:worker_threads';
import type { Contender } from './contender.ts';
import type { Judgement, JudgeRequest, JudgeStart } from './judge.ts';
import { harmlessTexts } from './texts.ts';

/** Texts that a contender sees before it is asked: compilers learn from them. */
const WARM_UP = 100;

const { module, name } = workerData as JudgeStart;
const { contenderOf } = (await import(module)) as { contenderOf(name: string): Contender };
const create = await contenderOf(name).load();
const check = await create();
for (const text of harmlessTexts('mixed', 1024, WARM_UP)) await check(text, 'user');

parentPort?.on('message', async ({ text, channel }: JudgeRequest) => {
  const before = performance.now();
  let judgement: Judgement;
  try {
    const verdict = await check(text, channel);
    judgement = { end: 'judged', ms: performance.now() - before, verdict };
  } catch {
    judgement = { end: 'threw' };
  }
  parentPort?.postMessage(judgement);
});
parentPort?.postMessage('ready');
