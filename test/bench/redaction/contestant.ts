/** A contender in a process of its own, ended and begun anew when a text takes too long: some never come back. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Answer, Errand } from './errand.ts';

/** A contender that may be asked anything. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  /** @param cutOffMs Longest time for it. */
  ask(errand: Errand, cutOffMs: number): Promise<Answer>;
}

const PROCESS = fileURLToPath(new URL('./contender-process.ts', import.meta.url));

/** What a process says next, or that it ended. */
const nextOf = async (child: ChildProcess, cutOffMs?: number): Promise<unknown> => {
  const ended = new AbortController();
  const signals = cutOffMs === undefined ? [ended.signal] : [ended.signal, AbortSignal.timeout(cutOffMs)];
  const end = (): void => ended.abort('ended');
  child.once('exit', end);
  try {
    const [message] = await once(child, 'message', { signal: AbortSignal.any(signals) });
    return message;
  } finally {
    child.off('exit', end);
  }
};

/** A contender by its name. @param module What its process runs. */
export const createContestant = (name: string, module: string = PROCESS): Contestant => {
  let running: Promise<ChildProcess> | undefined;

  const start = async (): Promise<ChildProcess> => {
    // Some write to standard output on being imported.
    const child = fork(module, [name], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await nextOf(child);
    return child;
  };

  const stop = async (): Promise<void> => {
    const child = await running?.catch(() => undefined);
    running = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  return {
    name,
    async ask(errand, cutOffMs) {
      try {
        running ??= start();
        const child = await running;
        child.send(errand);
        return (await nextOf(child, cutOffMs)) as Answer;
      } catch (error) {
        await stop();
        const { cause } = error as { cause?: unknown };
        return { end: cause instanceof Error && cause.name === 'TimeoutError' ? 'cut off' : 'threw' };
      }
    },
    [Symbol.asyncDispose]: stop,
  };
};
