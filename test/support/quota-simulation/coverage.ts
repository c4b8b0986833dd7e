/** Whether histories were as eventful as they are meant to be. */

/** What has to occur in many histories, or they show nothing of it. */
export const EVENTS = [
  'reserve',
  'reserve again',
  'granted',
  'extend',
  'extend at once',
  'extended',
  'settle',
  'settle late',
  'settle twice',
  'billed',
  'billed late',
  'lease expired',
  'crash',
  'freeze',
  'thaw',
  'outage begins',
  'fault: lost',
  'fault: gone',
  'fault: refused',
  'fault: ghost',
  'window ends',
  'window ends meanwhile',
  'window over',
  'item deleted',
  'shards used up',
  'passed uncounted',
  'passed within the allowance',
  'token used',
  'struck',
  'beyond the fair share',
  'denied: budget',
  'denied: never_fits',
  'denied: suspended',
  'denied: consumed',
  'audit',
  'exact',
  'granted after all leases',
  'granted after all windows',
  'clock far off',
  'two versions',
  'another cost',
] as const;

/** Adds how often what occurred to `totals`. */
export const addEvents = (totals: Map<string, number>, events: Iterable<readonly [string, number]>): void => {
  for (const [event, times] of events) totals.set(event, (totals.get(event) ?? 0) + times);
};

/** What never occurred. */
export const missing = (totals: ReadonlyMap<string, number>): readonly string[] =>
  EVENTS.filter((event) => (totals.get(event) ?? 0) === 0);
