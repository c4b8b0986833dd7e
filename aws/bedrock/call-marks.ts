/** Marks around the model: untrusted text is told from other text, and a canary says that the system prompt has leaked. */

import { randomBytes } from 'node:crypto';
import { remember } from '../../core/bounded-map.ts';
import { type Canary, createCanary } from '../../core/canary/index.ts';
import type { Mac } from '../../core/mac.ts';
import { epochAt, MARKER_EPOCH_HOURS, markerWord } from '../../core/markers.ts';
import { createSpotlight, type Spotlight } from '../../core/spotlight/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { macOf } from '../mac.ts';
import type { ClientRules } from './client-rules.ts';

/** The marks of one call: those of its tenant, in the epoch in which the invocation began. */
export interface CallMarks {
  readonly spotlight: Spotlight | undefined;
  readonly canary: Canary | undefined;
  /**
   * Keeps the prompt caches of tenants apart, where calls may set cache points: what one has had read is in no cache of
   * another. `undefined` where other marks do so, and for callers without a tenant.
   */
  readonly salt: string | undefined;
}

/** Tenants whose marks are remembered; those of others are made again. */
const MOST_REMEMBERED = 256;

/** Makes the marks of calls, and remembers them: an agent's loop needs them again and again. */
export const createCallMarks = (): ((scope: InvocationScope, rules: ClientRules) => CallMarks) => {
  const known = new WeakMap<Mac, Map<string, CallMarks>>();
  let ownMac: Mac | undefined;

  const macFor = ({ markerMac }: ClientRules): Mac => {
    if (markerMac !== undefined) return markerMac;
    ownMac ??= macOf(randomBytes(32));
    return ownMac;
  };

  return (scope, rules) => {
    const { spotlight: mode = false, canary = false, markerEpochHours = MARKER_EPOCH_HOURS } = rules;
    const { tenant } = scope.caller;
    const isMarked = mode !== false || canary;
    const isSalted = !isMarked && rules.promptCaching === true && tenant !== undefined;
    if (!isMarked && !isSalted) return { spotlight: undefined, canary: undefined, salt: undefined };
    const mac = macFor(rules);
    // An invocation that goes on into the next epoch keeps its marks: its calls share a prefix.
    const epoch = epochAt(scope.startedAt, markerEpochHours);
    const key = JSON.stringify([mode, canary, isSalted, epoch, tenant ?? null]);
    const ofMac = known.get(mac) ?? new Map<string, CallMarks>();
    known.set(mac, ofMac);
    const time = { mac, tenant, epoch };
    const marks = ofMac.get(key) ?? {
      spotlight: mode === false ? undefined : createSpotlight({ ...time, mode }),
      canary: canary ? createCanary(time) : undefined,
      salt: isSalted ? `This conversation has the number ${markerWord(mac, 'cache-salt', time)}.` : undefined,
    };
    remember(ofMac, key, marks, MOST_REMEMBERED);
    return marks;
  };
};
