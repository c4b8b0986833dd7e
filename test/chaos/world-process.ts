/** Starts the world in a process of its own, and talks to it. */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { TableFault } from '../support/faulty-table.ts';
import type { ChaosOptions } from './plan.ts';
import type { Answers, Order, Places } from './world-orders.ts';

/** A running world. */
export interface World {
  readonly places: Places;
  /** Breaks the table, or mends it. */
  table(fault: TableFault | undefined): Promise<true>;
  books(): Promise<Answers['books']>;
  end(): Promise<void>;
}

const ENTRY = new URL('./world.ts', import.meta.url);

/** Orders are answered in their order. */
const createOrders = (child: ChildProcess) => {
  const waiting: PromiseWithResolvers<never>[] = [];
  const fail = (): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the world has ended'));
  };
  child.on('message', (answer) => waiting.shift()?.resolve(answer as never));
  child.once('exit', fail);
  return <Kind extends Order['kind']>(order: Extract<Order, { kind: Kind }>): Promise<Answers[Kind]> => {
    const answer = Promise.withResolvers<never>();
    waiting.push(answer);
    if (!child.connected) fail();
    else child.send(order);
    return answer.promise;
  };
};

/** Starts one. */
export const startWorld = async (options: ChaosOptions): Promise<World> => {
  const child = fork(ENTRY, { execArgv: [], serialization: 'advanced' });
  const tell = createOrders(child);
  const places = await tell<'start'>({ kind: 'start', options });
  return {
    places,
    table: (fault) => tell<'table'>({ kind: 'table', fault }),
    books: () => tell<'books'>({ kind: 'books' }),
    end: async () => {
      const exited = once(child, 'exit');
      await tell<'end'>({ kind: 'end' });
      await exited;
    },
  };
};
