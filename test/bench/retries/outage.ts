/** A model that is gone for a while: what is sent to it meanwhile, and when it is found to be back. */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, startContender, strike } from './contenders.ts';

/** How long the model is gone, and how long it is watched after that, in milliseconds. */
const OUTAGE_MS = 3000;
const WATCHED_MS = 6000;
/** A call begins so often, in milliseconds, whatever became of those before. */
const EVERY_MS = 40;

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const measure = async (contender: Contender, clients: number): Promise<readonly number[]> => {
  const setting = await startContender(contender, clients);
  try {
    const startedAt = performance.now();
    const now = (): number => performance.now() - startedAt;
    let sentInOutage = 0;
    strike(setting, { kind: 'error', type: 'ServiceUnavailableException' }, 1, () => {
      const isGone = now() < OUTAGE_MS;
      if (isGone) sentInOutage += 1;
      return isGone;
    });
    const calls: Promise<{ readonly answered: boolean; readonly begunAt: number; readonly endedAt: number }>[] = [];
    while (now() < OUTAGE_MS + WATCHED_MS) {
      const begunAt = now();
      calls.push(setting.ask(calls.length).then((answered) => ({ answered, begunAt, endedAt: now() })));
      await sleep(Math.max(0, EVERY_MS * calls.length - now()));
    }
    const ended = await Promise.all(calls);
    const inOutage = ended.filter(({ begunAt }) => begunAt < OUTAGE_MS);
    const refused = inOutage.filter(({ answered }) => !answered);
    const wait = refused.map(({ begunAt, endedAt }) => endedAt - begunAt).toSorted((one, other) => one - other);
    const firstAt = Math.min(...ended.filter(({ answered }) => answered).map(({ endedAt }) => endedAt));
    return [
      inOutage.length,
      sentInOutage,
      refused.length,
      Math.round(wait[Math.floor(wait.length / 2)] ?? 0),
      Math.round(firstAt - OUTAGE_MS),
      ended.filter(({ answered, begunAt }) => !answered && begunAt >= OUTAGE_MS).length,
    ];
  } finally {
    await setting.close();
  }
};

/** Prints a line a contender. */
export const benchOutage = async (contenders: readonly Contender[], clients: number): Promise<void> => {
  console.log(
    `\nA model that is gone for ${OUTAGE_MS / 1000} s; a call every ${EVERY_MS} ms by ${clients} clients in turn, until ${WATCHED_MS / 1000} s after its return\n`,
  );
  console.log(
    row([
      '',
      'calls in the outage',
      'attempts sent to it',
      'calls refused',
      'median wait for a refusal, ms',
      'first answer after its return, ms',
      'calls refused after its return',
    ]),
  );
  console.log(row(['---', ...Array.from({ length: 6 }, () => '---:')]));
  for (const contender of contenders) console.log(row([contender.name, ...(await measure(contender, clients))]));
};
