/** Lives through a history. */

import type { applyUpdate } from '../../../core/quota/ledger/item-store.ts';
import { createQuotaLedger } from '../../../core/quota/ledger/ledger.ts';
import { audit } from './audit.ts';
import { createBooks } from './books.ts';
import { checkNoLeak } from './ending.ts';
import type { Fault, History, Step } from './history.ts';
import { inspect } from './inspection.ts';
import { createProcesses, type LedgerMaker, SKEW_MS } from './processes.ts';
import { createRuns } from './runs.ts';
import { createTable, type Sent } from './table.ts';
import { createVersions } from './versions.ts';
import type { Violation, World } from './world.ts';

/** What may be replaced by something broken, to see that it shows. */
export interface Parts {
  readonly makeLedger?: LedgerMaker;
  readonly apply?: typeof applyUpdate;
}

/** How a history went. */
export interface Life {
  readonly violation: Violation | undefined;
  /** How often what occurred. */
  readonly events: ReadonlyMap<string, number>;
  /** What happened, line by line, where that was asked for. */
  readonly story: readonly string[];
}

/** Until no promise can go on by itself. */
const calm = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** More than any history needs to come to its end. */
const MOST_STEPS_LEFT = 5000;

/** Lives through `history`, to the end or to the first promise that is broken. */
export const live = async (history: History, parts: Parts = {}, isTold = false): Promise<Life> => {
  let now = history.startsAt;
  let violation: Violation | undefined;
  const events = new Map<string, number>();
  const story: string[] = [];
  const count = (event: string): void => void events.set(event, (events.get(event) ?? 0) + 1);
  const tell = (line: () => string): void => void (isTold && story.push(`${now - history.startsAt} ms: ${line()}`));
  const books = createBooks();
  const versions = createVersions();
  const table = createTable({
    ...(parts.apply && { apply: parts.apply }),
    onWritten(written) {
      count('write');
      tell(() => `  ${written.key} ${JSON.stringify(written.after)}`);
      books.note(written);
      versions.add(written.key, written.after, now);
    },
    onFailed(sender) {
      const process = processes.byNumber(sender);
      if (process !== undefined) process.failures += 1;
    },
  });
  const processes = createProcesses({
    table,
    seed: history.seed,
    budgetsAt: (place) => {
      const { deployed, budgets } = history;
      return deployed !== undefined && place >= deployed.fromPlace ? deployed.budgets : budgets;
    },
    offsets: history.offsets,
    makeLedger: parts.makeLedger ?? createQuotaLedger,
    now: () => now,
  });
  const world: World = {
    history,
    table,
    processes,
    books,
    versions,
    now: () => now,
    count,
    tell,
    violate(invariant, what) {
      tell(() => `${invariant} BROKEN: ${what}`);
      violation ??= { invariant, what };
    },
  };
  const runs = createRuns(world);

  const lapse = (): void => {
    const latest = processes.latest();
    for (const spending of books.all)
      if (!spending.isSettled && spending.expiresAt + SKEW_MS < latest && !spending.mayHaveLapsed) {
        spending.mayHaveLapsed = true;
        if (spending.reserving > 0) spending.isBlurred = true;
        count('lease expired');
      }
  };

  const pass = (ms: number): void => {
    const before = Math.floor(now / 60_000);
    now += ms;
    if (Math.floor(now / 60_000) !== before) count(table.waiting.length > 0 ? 'window ends meanwhile' : 'window ends');
    for (const key of table.expire(now)) {
      count('item deleted');
      versions.add(key, {}, now);
    }
  };

  const isFrozen = ({ sender }: Sent): boolean => processes.byNumber(sender)?.isFrozen === true;

  const answer = (pick: number, fault?: Fault): void => {
    const able = table.waiting.filter((sent) => !isFrozen(sent));
    const sent = able[pick % able.length];
    if (sent === undefined) return;
    if (fault !== undefined) {
      count(`fault: ${fault}`);
      tell(() => `a request to ${sent.key} is ${fault}`);
    }
    table.answer(sent, fault);
  };

  const take = (step: Step): boolean => {
    switch (step.do) {
      case 'act':
        return runs.act(step.pick);
      case 'answer':
        answer(step.pick, step.fault);
        return true;
      case 'apply': {
        const able = table.waiting.filter(({ outcome }) => outcome === undefined);
        const sent = able[step.pick % able.length];
        if (sent !== undefined) table.apply(sent);
        return false;
      }
      case 'wait':
        pass(step.ms);
        return false;
      case 'wait-for-end':
        pass(Math.max(0, step.of - (now % step.of) + step.edge));
        return false;
      case 'crash': {
        const dead = processes.crash(step.place, step.offset);
        tell(() => `process ${dead.number} dies`);
        count('crash');
        return false;
      }
      case 'freeze':
      case 'thaw': {
        const process = processes.at(step.place);
        process.isFrozen = step.do === 'freeze';
        tell(() => `${step.do} process ${process.number}`);
        count(step.do);
        return false;
      }
      case 'outage':
        table.isOut = step.on;
        count(`outage ${step.on ? 'begins' : 'ends'}`);
        return false;
      case 'audit':
        audit(world);
        return false;
    }
  };

  /** Answers requests until `work` is done. */
  const deal = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => {});
    while (!isDone) {
      await calm();
      answer(0);
    }
    return done;
  };

  for (const step of history.steps) {
    count('step');
    if (take(step)) await calm();
    lapse();
    if (violation !== undefined) return { violation, events, story };
  }
  table.isOut = false;
  processes.thawAll();
  for (let left = MOST_STEPS_LEFT; left > 0 && violation === undefined; left--) {
    lapse();
    await calm();
    if (table.waiting.length > 0) answer(left);
    else if (!runs.act(left)) break;
  }
  const stuck = runs.stuck();
  if (stuck.length > 0) world.violate('stuck', stuck.join(', '));
  audit(world);
  checkNoLeak(world);
  if (violation === undefined) await inspect(world, { ledger: processes.inspector(), pass, deal });
  return { violation, events, story };
};
