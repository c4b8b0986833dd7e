/** A contender in a process of its own, ended and begun anew when a text takes too long: some never come back. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Answer, BEGINS, type Errand } from './errand.ts';

/** A contender that may be asked anything. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  /** @param cutOffMs Longest time for it. */
  ask(errand: Errand, cutOffMs: number): Promise<Answer>;
}

const PROCESS = fileURLToPath(new URL('./contender-process.ts', import.meta.url));

/** A process, and what it has said that nobody has read. */
interface Talk {
  readonly child: ChildProcess;
  /** What it says next. @throws Where it ends, or says nothing within the time. */
  next(cutOffMs?: number): Promise<unknown>;
}

const TOO_LATE = 'too late';

const talkWith = (child: ChildProcess): Talk => {
  const said: unknown[] = [];
  let heard = (): void => {};
  child.on('message', (message) => {
    said.push(message);
    heard();
  });
  child.once('exit', () => heard());
  return {
    child,
    async next(cutOffMs) {
      let late = false;
      const timer =
        cutOffMs === undefined
          ? undefined
          : setTimeout(() => {
              late = true;
              heard();
            }, cutOffMs);
      while (said.length === 0 && !late && child.exitCode === null && child.signalCode === null)
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      clearTimeout(timer);
      if (said.length > 0) return said.shift();
      throw new Error(late ? TOO_LATE : 'ended');
    },
  };
};

/** A contender by its name. @param module What its process runs. */
export const createContestant = (name: string, module: string = PROCESS): Contestant => {
  let running: Promise<Talk> | undefined;

  const start = async (): Promise<Talk> => {
    // Some write to standard output on being imported.
    const talk = talkWith(fork(module, [name], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }));
    await talk.next();
    return talk;
  };

  const stop = async (): Promise<void> => {
    const child = (await running?.catch(() => undefined))?.child;
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
        const { child, next } = await running;
        child.send(errand);
        const first = await next();
        return (first === BEGINS ? await next(cutOffMs) : first) as Answer;
      } catch (error) {
        await stop();
        return { end: error instanceof Error && error.message === TOO_LATE ? 'cut off' : 'threw' };
      }
    },
    [Symbol.asyncDispose]: stop,
  };
};
