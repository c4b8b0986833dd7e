/** A contender that has trouble with some texts, for `judge-worker.ts` to load. */

import type { Contender } from '../../bench/injection/contender.ts';

const SLOW = /^(?:a+)+$/; // aaaa, and with a ! behind them never

export const contenderOf = (name: string): Contender => ({
  name,
  load: async () => () => (text) => {
    if (text === 'throw') throw new Error('no');
    if (text === 'die') setImmediate(() => Promise.reject(new Error('unhandled')));
    if (text === 'die') return new Promise(() => {});
    return SLOW.test(text) ? 'flag' : 'allow';
  },
});
