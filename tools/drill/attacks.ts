/** The attacks of the drill: what each sends, at which amplitude, and which alarms are there for it. */

import type { AlarmId } from '../../core/alarms/index.ts';
import { seeded } from '../../training/random.ts';
import { type Credential, chatBody, type PlannedRequest } from './traffic/request.ts';
import { expensive, harmlessLooking, probe } from './traffic/texts.ts';

/** Names of the attacks. */
export type AttackName = 'flood' | 'drip' | 'probing' | 'stuffing' | 'leak' | 'outage';

/** An attack. */
export interface Attack {
  readonly name: AttackName;
  readonly what: string;
  /** What the amplitude counts. */
  readonly unit: string;
  /** Amplitude at which it must be found. */
  readonly stated: number;
  /** Within so many minutes. */
  readonly withinMinutes: number;
  /** Alarms that are there for it; any of them will do. */
  readonly alarms: readonly AlarmId[];
  /** Whether it is planted at every moment, the night among them, or at the first alone. @default every */
  readonly moments?: 'first';
  /** Requests of an attack that begins at `from`. */
  requests(amplitude: number, from: number, seed: number): readonly PlannedRequest[];
  /** Share of Bedrock's calls that fail while it goes on. @default none */
  failures?(amplitude: number): number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An attack of a quarter of an hour goes on a little longer than anybody may need to see it. */
const SHORT_MS = 20 * MINUTE;
const DAY_MS = 24 * HOUR;

/** Requests at even distances, so that no clump of them helps. */
const evenly = (
  perMs: number,
  [from, ms]: readonly [number, number],
  request: (index: number) => Omit<PlannedRequest, 'at'>,
): readonly PlannedRequest[] =>
  Array.from({ length: Math.floor(ms * perMs) }, (_, index) => ({
    at: from + (index + 0.5) / perMs,
    ...request(index),
  }));

/** Accounts among which a flood is spread: each stays below its own budgets. */
const STOLEN = 4;

const STUFFED: readonly Credential[] = ['expired token', 'expired token', 'no token', 'expired token', 'wrong key'];

/** The attacks by name. */
export const ATTACKS: Readonly<Record<AttackName, Attack>> = {
  flood: {
    name: 'flood',
    what: 'token flood: stolen logins ask for as long an answer as they may',
    unit: 'requests a minute, 2,000 words each',
    stated: 8,
    withinMinutes: 15,
    alarms: ['TokenAnomaly', 'TokenCeiling', 'SpendAnomaly', 'SpendCeiling'],
    requests(amplitude, from, seed) {
      const random = seeded(seed);
      return evenly(amplitude / MINUTE, [from, SHORT_MS], (index) => ({
        user: `stolen-${index % STOLEN}`,
        credential: 'valid',
        body: expensive(random),
      }));
    },
  },
  drip: {
    name: 'drip',
    what: 'slow drip: the same, so slowly that no five minutes stand out',
    unit: 'requests an hour, 2,000 words each',
    stated: 30,
    withinMinutes: 24 * 60,
    moments: 'first', // a day has busy hours and a night
    alarms: ['TokenDrip', 'SpendDrip'],
    requests(amplitude, from, seed) {
      const random = seeded(seed);
      return evenly(amplitude / HOUR, [from, DAY_MS], (index) => ({
        user: `stolen-${index % STOLEN}`,
        credential: 'valid',
        body: expensive(random),
      }));
    },
  },
  probing: {
    name: 'probing',
    what: 'injection probing, from three logins',
    unit: 'prompts a minute',
    stated: 4,
    withinMinutes: 15,
    alarms: ['PromptsBlocked', 'BlockedShareAnomaly', 'BlockedShareCeiling'],
    requests(amplitude, from, seed) {
      const random = seeded(seed);
      return evenly(amplitude / MINUTE, [from, SHORT_MS], (index) => ({
        user: `probing-${index % 3}`,
        credential: 'valid',
        body: probe(random),
      }));
    },
  },
  stuffing: {
    name: 'stuffing',
    what: 'credential stuffing: tokens and keys from a list; one of twenty is good',
    unit: 'attempts a minute',
    stated: 20,
    withinMinutes: 15,
    alarms: ['AuthFailures'],
    requests: (amplitude, from) =>
      evenly(amplitude / MINUTE, [from, SHORT_MS], (index) => ({
        user: `listed-${index}`,
        credential: index % 20 === 19 ? 'valid' : (STUFFED[index % STUFFED.length] as Credential),
        body: chatBody(['Hello?'], 16),
      })),
  },
  leak: {
    name: 'leak',
    what: 'leak campaign: replies with the system prompt or with credentials',
    unit: 'replies a minute',
    stated: 2,
    withinMinutes: 15,
    alarms: ['LeaksBlocked', 'SecretsRedacted', 'RedactionSurge'],
    requests(amplitude, from, seed) {
      const random = seeded(seed);
      return evenly(amplitude / MINUTE, [from, SHORT_MS], (index) => ({
        user: `curious-${index % 5}`,
        credential: 'valid',
        body: harmlessLooking(random),
      }));
    },
  },
  outage: {
    name: 'outage',
    what: 'Bedrock outage: calls fail',
    unit: 'share of the calls',
    stated: 1,
    withinMinutes: 15,
    moments: 'first', // at night two requests in 20 minutes meet it: there is nothing to see
    alarms: ['UpstreamErrors', 'ServerErrors', 'UpstreamThrottles'],
    requests: () => [],
    failures: (amplitude) => Math.min(1, amplitude),
  },
};

/** How long an attack goes on, in milliseconds. */
export const durationOf = ({ withinMinutes }: Attack): number => (withinMinutes > 60 ? DAY_MS : SHORT_MS);
