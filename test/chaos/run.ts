/** One run: every request of the plan through the kit, and what came of them all. */

import type { Telemetry } from '../../aws/telemetry/index.ts';
import type { BudgetUsage } from '../../core/quota/index.ts';
import { chatBody, type HttpResult, lambdaContext, restEvent } from '../support/events.ts';
import type { TableFault } from '../support/faulty-table.ts';
import { invokeStream } from '../support/streaming.ts';
import { createHeapSampler, type HeapSample } from './heap.ts';
import { judgeStream, judgeWhole, type Verdict } from './judge.ts';
import { type ChaosOptions, planOf, type RequestPlan, requestIdOf, tableFaultAt, tenants, users } from './plan.ts';
import { held, timersIn, until, watchUncaught } from './process-watch.ts';
import { type ChaosService, createService, type Guarded } from './service.ts';
import type { Answers } from './world-orders.ts';
import { startWorld, type World } from './world-process.ts';

/** What came of a run. */
export interface ChaosResult {
  readonly options: ChaosOptions;
  /** Requests by what they met, and by how they ended. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Answers that no documentation knows. */
  readonly undocumented: readonly string[];
  /** Time to each answer, in milliseconds, shortest first. */
  readonly times: Float64Array;
  /** How much later than a timer that was set for its deadline each late answer came, in milliseconds. */
  readonly late: readonly number[];
  readonly books: Answers['books'];
  /** By user and tenant: right after the run, and after the last lease. */
  readonly recorded: readonly Readonly<Record<string, readonly BudgetUsage[]>>[];
  /** The fullest that each budget ever was, as a share of its limit. */
  readonly fullest: ReadonlyMap<string, number>;
  /** Rejections and exceptions that nobody caught. */
  readonly uncaught: readonly string[];
  /** Samples of the second half; empty where a run is too short to say. */
  readonly heap: readonly HeapSample[];
  /** Sockets and timers that the process held before the clients were made, and after they were destroyed. */
  readonly heldBefore: readonly string[];
  readonly heldAfter: readonly string[];
  readonly seconds: number;
}

/** How a run is watched. */
export interface ChaosWatch {
  /** Told now and then how many requests are done. */
  readonly onProgress?: (done: number) => void;
  /** @default the kit's own */
  readonly telemetry?: Telemetry;
}

/** Requests between two looks at budgets and, where it is measured, at the heap: nothing is under way then. */
const LOOK_EVERY = 1000;
const SAMPLE_EVERY = 250;
/** Requests that a run needs for its heap to say anything. */
const HEAP_REQUESTS = 5000;
/** Longest that a sample of the heap waits for what requests left behind, in milliseconds. */
const IDLE_MS = 3000;
/** Longest that clients may take to let go of what they hold, in milliseconds. */
const LET_GO_MS = 8000;
/** Later than the last lease ends, in milliseconds. */
const AFTER_LEASES_MS = 120_000;

const invoke = async (
  guarded: Guarded,
  { user, tenant, behaviour, ...plan }: RequestPlan,
  options: ChaosOptions,
  index: number,
): Promise<Verdict> => {
  const context = { ...lambdaContext(options.deadlineMs), awsRequestId: requestIdOf(index) };
  const { text, modelId } = plan;
  const event = restEvent({ body: chatBody(text, { behaviour, text, modelId }), claims: { sub: user, tenant } });
  if (guarded.kind === 'buffered') return judgeWhole((await guarded.invoke(event, context)) as HttpResult);
  const leaves = behaviour === 'stream left by its client';
  let pieces = 0;
  const streamed = await invokeStream(guarded.handler as never, event, {
    context,
    onPiece: (_, stream) => {
      pieces += 1;
      if (leaves && pieces === 2) stream.destroy();
    },
  });
  return judgeStream(streamed, leaves && pieces >= 2);
};

const usageOf = async (service: ChaosService, ms: number): Promise<Record<string, readonly BudgetUsage[]>> => {
  const ledger = service.ledgerIn(ms);
  const principals = [
    ...users.map((id) => ({ kind: 'user', id }) as const),
    ...tenants.map((id) => ({ kind: 'tenant', id }) as const),
  ];
  return Object.fromEntries(await Promise.all(principals.map(async (who) => [who.id, await ledger.usage(who)])));
};

const runIn = async (
  world: World,
  service: ChaosService,
  options: ChaosOptions,
  { onProgress = () => {} }: ChaosWatch,
) => {
  const outcomes = new Map<string, Map<string, number>>();
  const undocumented: string[] = [];
  const times = new Float64Array(options.requests);
  const late: number[] = [];
  const fullest = new Map<string, number>();
  const heap: HeapSample[] = [];
  const sampleHeap = options.requests >= HEAP_REQUESTS ? createHeapSampler() : undefined;
  let tableFault: TableFault | undefined;
  let begun = 0;

  const count = (met: string, outcome: string): void => {
    const row = outcomes.get(met) ?? new Map<string, number>();
    outcomes.set(met, row.set(outcome, (row.get(outcome) ?? 0) + 1));
  };

  const one = async (index: number): Promise<void> => {
    const plan = planOf(options, index);
    const broken = tableFaultAt(options, index);
    if (broken !== tableFault) {
      tableFault = broken;
      await world.table(broken);
    }
    let due: number | undefined;
    const timer = setTimeout(() => {
      due = performance.now();
    }, options.deadlineMs);
    const startedAt = performance.now();
    const verdict = await invoke(service.handlerOf(plan.behaviour), plan, options, index).catch(
      (error: unknown): Verdict => ({ outcome: `undocumented: thrown ${(error as Error).name}`, documented: false }),
    );
    times[index] = performance.now() - startedAt;
    clearTimeout(timer);
    if (due !== undefined) late.push(performance.now() - due);
    count(broken === undefined ? (plan.fault ?? 'nothing') : `table: ${broken}`, verdict.outcome);
    if (!verdict.documented && undocumented.length < LOOK_EVERY)
      undocumented.push(`request ${index}, ${plan.behaviour}, ${plan.fault ?? 'nothing'}: ${verdict.outcome}`);
  };

  const noteLevels = async (): Promise<void> => {
    for (const usages of Object.values(await usageOf(service, 0)))
      for (const { budget, used, limit } of usages)
        fullest.set(budget, Math.max(fullest.get(budget) ?? 0, used / limit));
  };

  const lane = async (end: number): Promise<void> => {
    while (begun < end) await one(begun++);
  };

  while (begun < options.requests) {
    const measured = sampleHeap !== undefined && begun >= options.requests - HEAP_REQUESTS;
    const end = Math.min(options.requests, begun + (measured ? SAMPLE_EVERY : LOOK_EVERY));
    await Promise.all(Array.from({ length: options.concurrency }, () => lane(end)));
    await noteLevels();
    if (sampleHeap !== undefined && end >= options.requests - HEAP_REQUESTS) {
      // What requests left behind at a broken table is no growth: it comes to its end first.
      tableFault = undefined;
      await world.table(undefined);
      await until(() => timersIn(held()) === 0, IDLE_MS);
      heap.push(await sampleHeap(end));
    }
    onProgress(end);
  }
  await world.table(undefined);
  return { outcomes, undocumented, times: times.sort(), late, fullest, heap, noteLevels };
};

/** Runs a plan to its end. */
export const runChaos = async (options: ChaosOptions, watch: ChaosWatch = {}): Promise<ChaosResult> => {
  const uncaught = watchUncaught();
  const startedAt = performance.now();
  const heldBefore = held();
  const world = await startWorld(options);
  try {
    const service = createService(options, world.places, watch.telemetry);
    const { noteLevels, ...run } = await runIn(world, service, options, watch);
    // What waits for the table beyond its request settles, or gives up.
    await until(() => timersIn(held()) <= timersIn(heldBefore), LET_GO_MS);
    const recorded = [await usageOf(service, 0), await usageOf(service, AFTER_LEASES_MS)];
    await noteLevels();
    const books = await world.books();
    service.close();
    await until(() => held().length <= heldBefore.length, LET_GO_MS);
    const heldAfter = held();
    return {
      options,
      ...run,
      books,
      recorded,
      uncaught: uncaught.seen,
      heldBefore,
      heldAfter,
      seconds: (performance.now() - startedAt) / 1000,
    };
  } finally {
    uncaught.stop();
    await world.end();
  }
};
