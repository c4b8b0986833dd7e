/** What each request of a run is and what it meets: a function of the seed and its number, alike in both processes. */

import type { TableFault } from '../support/faulty-table.ts';
import { createRandom } from '../support/quota-simulation/random.ts';
import { FAULT_NAMES, OUTAGE } from './faults.ts';

/** What a run is made of. */
export interface ChaosOptions {
  readonly seed: number;
  readonly requests: number;
  /** Requests that are under way at once. */
  readonly concurrency: number;
  /** Time that each invocation has, in milliseconds. */
  readonly deadlineMs: number;
}

/** The way in which a handler uses the model, and its caller the answer. */
export const BEHAVIOURS = [
  'chat',
  'agent',
  'pair',
  'stream',
  'stream left by its client',
  'stream left by its handler',
  'stream aborted by its handler',
  'stream never read',
  'call left behind',
] as const;

/** One of {@link BEHAVIOURS}. */
export type Behaviour = (typeof BEHAVIOURS)[number];

/** How often each comes. */
const SHARES: readonly Behaviour[] = [
  ...['chat', 'chat', 'chat', 'chat', 'chat', 'agent', 'agent', 'pair', 'pair'],
  ...['stream', 'stream', 'stream', 'stream', 'stream'],
  ...BEHAVIOURS.slice(4),
] as Behaviour[];

/** Models that calls name; the first has the second as its fallback. */
export const MODELS = ['amazon.nova-lite-v1:0', 'amazon.nova-micro-v1:0'] as const;

/** Callers: some of them ask so often that their budgets end. */
const USERS = 24;
const TENANTS = 4;
const EAGER_USERS = 2;
const EAGER_SHARE = 0.3;

const FAULTY_SHARE = 0.6;

const TABLE_FAULTS: readonly TableFault[] = ['slow', 'throttled', 'down', 'replies-lost', 'silent', 'all-replies-lost'];

/** Times that the weather changes in a run, if it is long enough. */
const CYCLES = 20;
const SHORTEST_CYCLE = 50;

/** A request, and the fault that its attempts meet. */
export interface RequestPlan {
  readonly user: string;
  readonly tenant: string;
  readonly behaviour: Behaviour;
  readonly modelId: string;
  readonly text: string;
  /** Name of the fault; none where nothing goes wrong for this request alone. */
  readonly fault: string | undefined;
  /** Attempts that pass before it strikes. */
  readonly spared: number;
  /** Attempts that it strikes. */
  readonly strikes: number;
}

/** The principals of a run. */
export const users: readonly string[] = Array.from({ length: USERS }, (_, index) => `user-${index}`);
/** Tenant of a user. */
export const tenantOf = (user: string): string => `tenant-${users.indexOf(user) % TENANTS}`;
/** All tenants. */
export const tenants: readonly string[] = Array.from({ length: TENANTS }, (_, index) => `tenant-${index}`);

/** The part of a cycle that request `index` is in, from 0 to below 1, and the cycle's number. */
const cycleAt = ({ requests }: ChaosOptions, index: number): { readonly part: number; readonly cycle: number } => {
  const length = Math.max(SHORTEST_CYCLE, requests / CYCLES);
  return { part: (index % length) / length, cycle: Math.floor(index / length) };
};

/** What is wrong with the table when request `index` begins. */
export const tableFaultAt = (options: ChaosOptions, index: number): TableFault | undefined => {
  const { part, cycle } = cycleAt(options, index);
  return part >= 0.4 && part < 0.5 ? TABLE_FAULTS[cycle % TABLE_FAULTS.length] : undefined;
};

/** Whether the first model is gone for everybody when request `index` begins. */
const isOutage = (options: ChaosOptions, index: number): boolean => {
  const { part, cycle } = cycleAt(options, index);
  return cycle % 2 === 1 && part >= 0.7 && part < 0.8;
};

/** The plan of request `index`. */
export const planOf = (options: ChaosOptions, index: number): RequestPlan => {
  const random = createRandom(options.seed * 1_000_003 + index);
  const user = users[random.chance(EAGER_SHARE) ? random.int(EAGER_USERS) : random.int(USERS)] as string;
  const outage = isOutage(options, index);
  const faulty = random.chance(FAULTY_SHARE);
  const plan = {
    user,
    tenant: tenantOf(user),
    behaviour: random.pick(SHARES),
    modelId: random.pick(MODELS),
    text: `Write ${random.between(10, 60)} words about the orchard with number ${index}.`,
    fault: faulty ? random.pick(FAULT_NAMES) : undefined,
    spared: random.chance(0.25) ? 1 : 0,
    strikes: random.pick([1, 1, 2, Number.POSITIVE_INFINITY]),
  };
  return outage && plan.modelId === MODELS[0]
    ? { ...plan, fault: OUTAGE, spared: 0, strikes: Number.POSITIVE_INFINITY }
    : plan;
};

const ID = /^00000000-0000-4000-8000-(\d{12})$/; // of request 7: 00000000-0000-4000-8000-000000000007

/** Lambda's id of request `index`, which the kit sends to Bedrock as metadata. */
export const requestIdOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** The number of the request with this id. */
export const indexOf = (requestId: unknown): number | undefined => {
  const digits = ID.exec(String(requestId))?.[1];
  return digits === undefined ? undefined : Number(digits);
};
