/** Why a reply ended, in each family's words and in Converse's. */

/** A family's words by Converse's; where several mean the same, the first is written. */
export type StopReasons = Readonly<Record<string, string>>;

/** Converse's word for `reason`; `undefined` for one that nobody knows. */
export const stopReasonIn = (reason: unknown, reasons: StopReasons): string | undefined =>
  typeof reason === 'string' && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;

/** The family's word for Converse's `reason`; `null` where it has none. */
export const familyReason = (reason: string | undefined, reasons: StopReasons): string | null =>
  Object.keys(reasons).find((name) => reasons[name] === reason) ?? null;
