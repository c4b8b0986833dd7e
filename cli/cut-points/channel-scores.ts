/** Scores of requests on one channel, in thousandths: bounded memory, however many come. */

/** Steps from 0 to 1 between which cut points are told apart. */
export const STEPS = 1000;

/** What one request says about a channel. */
export interface ChannelReading {
  /** The highest score of its texts; `undefined` where none reached a finding that is in the record. */
  readonly score: number | undefined;
  /** The worst verdict of its texts. */
  readonly verdict: 'allow' | 'flag' | 'block';
}

/** Requests that were screened on a channel. */
export interface ChannelScores {
  add(reading: ChannelReading): void;
  readonly requests: number;
  /** Requests of which a score is known. */
  readonly scored: number;
  /** Requests that were flagged, blocked ones among them, and that were blocked. */
  readonly flagged: number;
  readonly blocked: number;
  /** The lowest score of a request that was not let pass; 1 before the first. */
  readonly lowestStopped: number;
  /** Requests whose score is at least `step` / {@link STEPS}. */
  atLeast(step: number): number;
}

/** The highest step that a score reaches. Guards against what division makes of 0.57. */
const stepOf = (score: number): number => {
  const near = Math.min(STEPS, Math.max(0, Math.round(score * STEPS)));
  return near / STEPS <= score ? near : near - 1;
};

/** No requests yet. */
export const createChannelScores = (): ChannelScores => {
  const counts = new Float64Array(STEPS + 1);
  let requests = 0;
  let scored = 0;
  let flagged = 0;
  let blocked = 0;
  let lowestStopped = 1;
  return {
    add({ score, verdict }) {
      requests += 1;
      if (verdict !== 'allow') flagged += 1;
      if (verdict === 'block') blocked += 1;
      if (score === undefined) return;
      scored += 1;
      if (verdict !== 'allow') lowestStopped = Math.min(lowestStopped, score);
      const step = stepOf(score);
      counts[step] = (counts[step] ?? 0) + 1;
    },
    get requests() {
      return requests;
    },
    get scored() {
      return scored;
    },
    get flagged() {
      return flagged;
    },
    get blocked() {
      return blocked;
    },
    get lowestStopped() {
      return lowestStopped;
    },
    atLeast(step) {
      let sum = 0;
      for (let at = step; at <= STEPS; at++) sum += counts[at] ?? 0;
      return sum;
    },
  };
};
