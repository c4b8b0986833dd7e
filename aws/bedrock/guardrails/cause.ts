/** Why a guardrail has not judged a text. */

/**
 * Why there is no verdict.
 * - `timeout`: not within `timeoutMs`.
 * - `aborted`: nobody waits for it any more.
 * - `throttled`: over the account's quotas.
 * - `refused`: the service, or a guarded client, takes no such call: permissions, a guardrail that is not there.
 * - `unavailable`: an error of the service or of the network.
 * - `unreadable`: an answer that does not say what was asked.
 * - `budget`: over what may be asked in a request or a minute.
 * - `too-long`: over `maxTextUnits`.
 */
export type UnknownCause =
  | 'timeout'
  | 'aborted'
  | 'throttled'
  | 'refused'
  | 'unavailable'
  | 'unreadable'
  | 'budget'
  | 'too-long';
