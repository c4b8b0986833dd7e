/**
 * A process that lives through segments of simulated time. What the service prints goes to its standard output, as on
 * Lambda; what the gateway logs and AWS counts goes to whoever started it.
 */

import { seeded } from '../../../training/random.ts';
import { ATTACKS } from '../attacks.ts';
import { lognormal } from '../traffic/chance.ts';
import { busyFactor, DEPLOYMENTS, isHiccup, nuisanceRequests } from '../traffic/nuisances.ts';
import { FIRST_MONDAY, ordinaryTraffic } from '../traffic/ordinary.ts';
import type { PlannedRequest } from '../traffic/request.ts';
import { CAMPAIGN, leak } from '../traffic/texts.ts';
import type { Weather } from './model-wire.ts';
import { endOf, type PlatformCount, type Segment, type ServiceMessage } from './segment.ts';
import { installVirtualTime } from './virtual-time.ts';

// Before anything of the service is loaded: modules may keep what they find.
const time = installVirtualTime(FIRST_MONDAY);
const { createCountedStore, createGuardedChat } = await import('./guarded-chat.ts');
const { createGateway } = await import('./gateway.ts');

/** Time of a model for an answer: half take less, and few take three times as long. */
const MEDIAN_LATENCY_MS = 1400;
const LATENCY_SPREAD = 0.4;

/** Shares of attempts that fail on any day. */
const THROTTLED = 0.003;
const FAILED = 0.001;

/** The first requests after a deployment wait for a cold start. */
const COLD_MS = 1200;
const COLD_FOR_MS = 60_000;

/** What is still under way when a segment ends has so long to end. */
const AFTER_MS = 60_000;

const FIVE_MINUTES = 300_000;
const DAY = 86_400_000;

const tell = (message: ServiceMessage): Promise<void> =>
  new Promise((resolve, reject) =>
    process.send?.(message, (error: Error | null) => (error ? reject(error) : resolve())),
  );

const plannedFor = ({ from, to, seed, rate, attack }: Segment): readonly PlannedRequest[] => {
  const ordinary = [...ordinaryTraffic(seed, rate, [from, to], busyFactor), ...nuisanceRequests(from, to)];
  const hostile = attack === undefined ? [] : ATTACKS[attack.name].requests(attack.amplitude, attack.at, seed);
  return [...ordinary, ...hostile.filter(({ at }) => at < to)].sort((a, b) => a.at - b.at);
};

const weatherOf = ({ attack, seed, from }: Segment): (() => Weather) => {
  const random = seeded(seed ^ (from / FIVE_MINUTES) ^ 0x5eed);
  const failures = attack && ATTACKS[attack.name].failures?.(attack.amplitude);
  return () => {
    const latencyMs = Math.round(MEDIAN_LATENCY_MS * lognormal(random, LATENCY_SPREAD));
    const drawn = random();
    const isAttacked = attack !== undefined && failures !== undefined && time.now() >= attack.at;
    if (isHiccup(time.now()) || (isAttacked && random() < failures))
      return { latencyMs: 40, error: drawn < 0.5 ? 'ServiceUnavailableException' : 'InternalServerException' };
    if (drawn < THROTTLED) return { latencyMs: 40, error: 'ThrottlingException' };
    return drawn < THROTTLED + FAILED ? { latencyMs, error: 'InternalServerException' } : { latencyMs };
  };
};

const live = async (segment: Segment): Promise<void> => {
  const { id, from, to, seed } = segment;
  const random = seeded(seed ^ (from / FIVE_MINUTES));
  time.restart(from, random);
  const counts: PlatformCount[] = [];
  const make = () =>
    createGuardedChat({
      store,
      budgets: [{ name: 'week-usd', per: 'account', unit: 'usd', window: 'week', limit: segment.weeklyBudget }],
      weather: weatherOf(segment),
      possessed: ({ messages, system = [] }) => {
        if (!JSON.stringify(messages.at(-1)).includes(CAMPAIGN)) return undefined;
        return leak(random, system.map(({ text }) => String(text)).join('\n'));
      },
    });
  const store = createCountedStore((metric) => counts.push({ metric, at: time.now(), value: 1 }));
  let chat = make();
  const gateway = createGateway(segment.accessLog, (event) => chat(event));
  for (const deployedAt of DEPLOYMENTS)
    if (deployedAt >= from && deployedAt < to)
      time.at(deployedAt, () => {
        chat = make();
      });

  for (let at = Math.ceil(from / DAY) * DAY; at < to; at += DAY) time.at(at, () => void tell({ kind: 'day', id }));

  let begun = 0;
  let answered = 0;
  const requests = plannedFor(segment);
  const send = async (request: PlannedRequest): Promise<void> => {
    begun += 1;
    await gateway.take(request);
    answered += 1;
  };
  const coldAt = (at: number): number =>
    DEPLOYMENTS.some((deployedAt) => at >= deployedAt && at < deployedAt + COLD_FOR_MS) ? COLD_MS : 0;
  for (const request of requests) time.at(request.at + coldAt(request.at), () => void send(request));

  await time.runUntil(to);
  await time.settle(to + AFTER_MS);
  if (answered < begun || begun < requests.length)
    throw new Error(`${requests.length} requests, ${begun} begun, ${answered} answered`);
  const { lines, counts: counted } = gateway.drain();
  await tell({ kind: 'gateway', lines, counts: [...counts, ...counted] });
  process.stdout.write(`${endOf(id)}\n`);
  await tell({ kind: 'done', id, requests: requests.length });
};

process.on('message', (segment: Segment) => {
  live(segment).catch((error: unknown) =>
    tell({ kind: 'failed', id: segment.id, message: String((error as Error).stack) }),
  );
});
await tell({ kind: 'ready' });
