/** Cut points for programs. */

import type { ReadCounts } from '../logs/audit-reader.ts';
import type { Caution } from './cautions.ts';
import type { CutPointName } from './cut-point.ts';
import type { FoundCut, FoundCuts } from './find-cuts.ts';

/** Version of the fields. */
const CUTS_VERSION = 1;

const isoOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

const channelOf = ({ requests, unscreened, complete, present, current, floor, cut }: FoundCut): object => ({
  requests,
  unscreened,
  scoresOfPassed: complete,
  current,
  present,
  floor,
  ...(cut && {
    cutPoint: cut.value,
    range: { low: cut.low, ...(cut.high !== undefined && { high: cut.high }) },
    kept: cut.kept,
    atFloor: cut.atFloor,
  }),
});

/** What was found as JSON, without a last newline. */
export const jsonCuts = (
  { channels, versions, leftOut, notFound, from, to }: FoundCuts,
  cautions: readonly Caution[],
  { at, budget }: { readonly at: CutPointName; readonly budget: number },
  read: ReadCounts,
): string => {
  const kept = channels.filter(({ cut }) => cut !== undefined);
  return JSON.stringify(
    {
      cutPoints: CUTS_VERSION,
      from: isoOf(from),
      to: isoOf(to),
      at,
      falsePositives: budget,
      read,
      attacks: { leftOut, notFound },
      detectionVersions: versions,
      channels: Object.fromEntries(channels.map((each) => [each.channel, channelOf(each)])),
      ...(kept.length > 0 && {
        injection: { cutPoints: Object.fromEntries(kept.map(({ channel, suggested }) => [channel, suggested])) },
      }),
      cautions: cautions.map(({ caution, text }) => ({ caution, text })),
    },
    undefined,
    2,
  );
};
