/** Audit records into cut points. */

import type { Channel, CutPoints } from '../../core/injection/types.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import { type ChannelScores, createChannelScores } from './channel-scores.ts';
import { type ChannelCut, cutPointFor, withCut } from './cut-point.ts';
import type { CutPointOptions } from './options.ts';
import { readingOf } from './request-reading.ts';

/** What was found for a channel. */
export interface FoundCut extends ChannelCut {
  readonly channel: Channel;
  readonly current: CutPoints;
  /** Both cut points, to be put into a policy; those of now where no cut point keeps the budget. */
  readonly suggested: CutPoints;
  /** Records that say nothing of the channel: refused before it was screened. */
  readonly unscreened: number;
  /** The records name the scores of requests that passed. */
  readonly complete: boolean;
  /** Nothing shows that a text of the channel was ever sent: no cut point is looked for. */
  readonly unseen: boolean;
  /** Something was stopped with a score below the current flag line: the log was written under other cut points. */
  readonly belowCurrent: boolean;
}

/** What was found in logs. */
export interface FoundCuts {
  readonly channels: readonly FoundCut[];
  /** Requests that `--attacks` named, and ids that no record has. */
  readonly leftOut: number;
  readonly notFound: number;
  readonly services: number;
  /** Versions of rules and weights that the scores are of. */
  readonly versions: readonly string[];
  /** Milliseconds since the epoch. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Finds cut points. */
export interface CutFinder {
  add(entry: AuditEntry): void;
  result(): FoundCuts;
}

/** Most services and versions that are told apart. */
const MOST = 100;

interface Gathered {
  readonly scores: ChannelScores;
  unscreened: number;
  incomplete: number;
}

/** A finder over any number of records. @param attacks Ids of requests that count for nothing. */
export const createCutFinder = (
  { at, budget, channels, current }: Pick<CutPointOptions, 'at' | 'budget' | 'channels' | 'current'>,
  attacks: ReadonlySet<string>,
): CutFinder => {
  const gathered = new Map<Channel, Gathered>(
    channels.map((channel) => [channel, { scores: createChannelScores(), unscreened: 0, incomplete: 0 }]),
  );
  const found = new Set<string>();
  const services = new Set<string>();
  const versions = new Set<string>();
  let leftOut = 0;
  let from: number | undefined;
  let to: number | undefined;

  const cutOf = (channel: Channel, { scores, unscreened, incomplete }: Gathered): FoundCut => {
    const now = current[channel];
    const complete = incomplete === 0;
    // Nobody is refused for less than what is flagged.
    const floor = at === 'block' || !complete ? now.flag : 0;
    // Every request has words of its caller's; data may never have come.
    const unseen = channel === 'data' && scores.scored === 0;
    const { cut, ...made } = cutPointFor(scores, at, budget, floor);
    const kept = unseen ? undefined : cut;
    return {
      channel,
      ...made,
      current: now,
      cut: kept,
      suggested: kept === undefined ? now : withCut(now, at, kept.value),
      unscreened,
      complete,
      unseen,
      belowCurrent: scores.lowestStopped < now.flag,
    };
  };

  return {
    add(entry) {
      const { requestId, time, detectionVersion } = entry;
      if (requestId !== undefined && attacks.has(requestId)) {
        found.add(requestId);
        leftOut += 1;
        return;
      }
      if (time !== undefined) {
        from = Math.min(from ?? time, time);
        to = Math.max(to ?? time, time);
      }
      if (services.size < MOST) services.add(entry.service);
      if (detectionVersion !== undefined && versions.size < MOST) versions.add(detectionVersion);
      for (const [channel, each] of gathered) {
        const reading = readingOf(entry, channel);
        if (reading === undefined) {
          each.unscreened += 1;
          continue;
        }
        if (entry.score === undefined) each.incomplete += 1;
        each.scores.add(reading);
      }
    },
    result: () => ({
      channels: [...gathered].map(([channel, each]) => cutOf(channel, each)),
      leftOut,
      notFound: attacks.size - found.size,
      services: services.size,
      versions: [...versions].sort(),
      from,
      to,
    }),
  };
};
