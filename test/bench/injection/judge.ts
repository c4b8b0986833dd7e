/** Contenders in threads that are ended when a text takes too long. */

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Channel, Verdict } from '../../../core/injection/index.ts';

/** What became of a text. */
export type Judgement =
  | { readonly end: 'judged'; readonly ms: number; readonly verdict: Verdict }
  | { readonly end: 'threw' | 'cut off' };

/** What a thread is started with. */
export interface JudgeStart {
  /** Address of a module with `contenderOf`. */
  readonly module: string;
  readonly name: string;
}

/** What a thread is asked. */
export interface JudgeRequest {
  readonly text: string;
  readonly channel: Channel;
}

/** A contender that may be asked anything. */
export interface Judge extends AsyncDisposable {
  judge(request: JudgeRequest): Promise<Judgement>;
}

const ENTRANTS = new URL('./entrants.ts', import.meta.url).href;

/**
 * A contender in a thread. After a text that took too long, or that the thread did not survive, it gets another.
 *
 * @param cutOffMs Longest time for a text.
 * @param module Where contenders come from.
 */
export const createJudge = (name: string, cutOffMs: number, module: string = ENTRANTS): Judge => {
  let running: Promise<Worker> | undefined;

  const start = async (): Promise<Worker> => {
    const workerData: JudgeStart = { module, name };
    const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { workerData, execArgv: [] });
    await once(worker, 'message');
    return worker;
  };

  const stop = async (): Promise<void> => {
    const worker = await running;
    running = undefined;
    await worker?.terminate();
  };

  return {
    async judge(request) {
      running ??= start();
      const worker = await running;
      worker.postMessage(request);
      try {
        const [judgement] = await once(worker, 'message', { signal: AbortSignal.timeout(cutOffMs) });
        return judgement;
      } catch (error) {
        await stop();
        return { end: error instanceof Error && error.name === 'AbortError' ? 'cut off' : 'threw' };
      }
    },
    [Symbol.asyncDispose]: stop,
  };
};
