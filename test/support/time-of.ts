/**
 * Milliseconds of processor time that one run takes, the best of three: other load disturbs that least.
 *
 * @param enough Below so many milliseconds a run is fast enough, and no other follows. @default always three runs
 */
export const timeOf = (work: () => void, enough = 0): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3 && best >= enough; run++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
};
