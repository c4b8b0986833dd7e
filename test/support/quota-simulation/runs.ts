/** Runs of functions: who can go on, and with what. */

import { createCalls } from './calls.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** The runs of a history. */
export interface Runs {
  /** Lets one that can do so take its next step; `false` where none can. */
  act(pick: number): boolean;
  /** Those that cannot go on although they are not over. */
  stuck(): readonly string[];
}

const isDead = ({ process }: Run): boolean => process?.isAlive === false;

/** The runs of the history that `world` lives through. */
export const createRuns = (world: World): Runs => {
  const { history, processes } = world;
  const runs = history.invocations.map(
    (invocation, number): Run => ({
      number,
      invocation,
      process: undefined,
      spending: undefined,
      versions: [],
      next: 0,
      flying: 0,
      hasSettled: false,
      cameLate: false,
      isOver: invocation.deeds.length === 0,
    }),
  );
  const calls = createCalls(world, runs);

  const mayBegin = ({ invocation: { repeats, place } }: Run): boolean => {
    const first = repeats && runs[repeats.run];
    const isItsTurn = first === undefined || repeats?.early === true || first.isOver || isDead(first);
    return isItsTurn && !processes.at(place).isFrozen;
  };

  const canAct = (run: Run): boolean => {
    if (run.isOver || isDead(run)) return false;
    if (run.process === undefined) return mayBegin(run);
    const deed = run.invocation.deeds[run.next];
    if (deed === undefined || run.process.isFrozen || run.versions.length === 0) return false;
    return run.flying === 0 || deed.do === 'bill' || deed.atOnce;
  };

  const goOn = (run: Run): void => {
    const { process, spending } = run;
    if (process === undefined || spending === undefined) {
      calls.reserve(run);
      return;
    }
    const deed = run.invocation.deeds[run.next];
    run.next += 1;
    const held = { process, spending };
    if (deed?.do === 'extend') calls.extend(run, held, deed);
    else if (deed?.do === 'bill') calls.bill(run, held, deed.share);
    else if (deed?.do === 'settle') calls.settle(run, held, deed.strikes);
    calls.finish(run);
  };

  return {
    act(pick) {
      const able = runs.filter(canAct);
      const run = able[pick % able.length];
      if (run !== undefined) goOn(run);
      return run !== undefined;
    },
    stuck: () => runs.filter((run) => !run.isOver && !isDead(run)).map(({ invocation: { lease } }) => lease),
  };
};
