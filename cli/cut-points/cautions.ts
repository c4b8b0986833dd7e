/** What to bear in mind before cut points are taken from a log. */

import type { CutPointName } from './cut-point.ts';
import type { FoundCut, FoundCuts } from './find-cuts.ts';

/** Fewer requests say little about shares of some thousandths. */
const FEW = 1000;

/** A caution: its name, for programs, and what it says. */
export interface Caution {
  readonly caution: string;
  readonly text: string;
}

const number = (value: number): string => value.toLocaleString('en');

const ofChannel = (found: FoundCut, at: CutPointName): readonly Caution[] => {
  const { channel, requests, cut, floor, complete, current, belowCurrent, unscreened, unseen } = found;
  const cautions: Caution[] = [];
  const say = (caution: string, text: string): void => void cautions.push({ caution, text: `${channel}: ${text}` });
  if (requests < FEW) say('few-requests', `${number(requests)} requests say little: gather at least ${number(FEW)}.`);
  if (unseen)
    say(
      'unseen',
      'no record has a score of this channel, perhaps because nothing was sent on it: keep its cut points.',
    );
  if (requests > 0 && cut === undefined && !unseen)
    say(
      'no-cut-point',
      'no cut point keeps the budget: too many requests have the highest score. Look at their rules (bulwark report) and put those that harmless texts fire to flag (injection.ruleModes).',
    );
  if (cut !== undefined && cut.high === undefined)
    say('unsure', 'too few requests to be sure, at 95 %, that any cut point keeps the budget.');
  if (cut?.atFloor === true && floor > 0)
    say(
      'at-floor',
      at === 'block'
        ? `the budget is not used up at ${floor}, the flag line: nobody is refused for less than what is flagged.`
        : `the budget is not used up at ${floor}: of requests that score less, the records do not say how much.`,
    );
  if (!complete && requests > 0 && !unseen)
    say(
      'scores-missing',
      `records of requests that passed have no score: nothing is known below ${current.flag}. If your policy has cut points of its own, say so with --current.`,
    );
  if (belowCurrent)
    say(
      'other-cut-points',
      `something was stopped below ${current.flag}: the log was written under other cut points. Say so with --current.`,
    );
  if (unscreened > 0)
    say(
      'unscreened',
      `${number(unscreened)} requests were refused, perhaps before this channel was screened: they count for nothing.`,
    );
  return cautions;
};

/** The cautions for what was found. @param installed The version of the rules and weights of this package. */
export const cautionsFor = (found: FoundCuts, at: CutPointName, installed: string): readonly Caution[] => {
  const { channels, leftOut, notFound, services, versions } = found;
  const cautions = channels.flatMap((each) => ofChannel(each, at));
  const say = (caution: string, text: string): void => void cautions.push({ caution, text });
  if (versions.length > 1)
    say(
      'several-versions',
      `the scores are of several versions of the rules (${versions.join(', ')}), which do not compare: choose one with --since.`,
    );
  else if (versions.length === 1 && versions[0] !== installed)
    say('other-version', `the scores are of version ${versions[0]} of the rules; this package has ${installed}.`);
  if (services > 1) say('several-services', `records of ${services} services are counted together.`);
  if (leftOut > 0) say('left-out', `${number(leftOut)} requests were left out as attacks.`);
  if (notFound > 0) say('not-found', `${number(notFound)} ids of --attacks are in no record.`);
  say(
    'assumed-harmless',
    leftOut > 0
      ? 'Every other request counts as harmless. Attacks that are left among them make the cut points too high.'
      : 'Every request counts as harmless. Attacks among them make the cut points too high: name them with --attacks.',
  );
  return cautions;
};
