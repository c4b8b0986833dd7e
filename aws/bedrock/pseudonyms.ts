/** Pseudonyms of an invocation: one table of stand-ins for all of its calls, and nobody else's. */

import { randomBytes } from 'node:crypto';
import { epochAt, MARKER_EPOCH_HOURS } from '../../core/markers.ts';
import {
  createPseudonyms,
  createStandInTable,
  type Pseudonyms,
  restoredText,
  type StandInTable,
} from '../../core/pseudonyms/index.ts';
import { currentScope, type InvocationScope } from '../invocation-scope.ts';
import { macOf } from '../mac.ts';
import type { CallSetting } from './call-engines.ts';

const tables = new WeakMap<InvocationScope, StandInTable>();

/** The stand-ins of an invocation. It has them for as long as it lives. */
export const standInsOf = (scope: InvocationScope): StandInTable => {
  const table = tables.get(scope) ?? createStandInTable();
  tables.set(scope, table);
  return table;
};

/** For clients without a key of their own: their stand-ins are the same for as long as the process lives. */
const processMac = macOf(randomBytes(32));

/** The pseudonyms that the rules of a call want, over `table`; `undefined` where they want none. */
export const pseudonymsOver = ({ scope, rules }: CallSetting, table: StandInTable): Pseudonyms | undefined => {
  const { pseudonymize: redactor, markerMac: mac = processMac, markerEpochHours = MARKER_EPOCH_HOURS } = rules;
  if (redactor === undefined || redactor === false) return undefined;
  return createPseudonyms({
    mac,
    redactor,
    tenant: scope.caller.tenant,
    // An invocation that goes on into the next epoch keeps its stand-ins.
    epoch: epochAt(scope.startedAt, markerEpochHours),
    table,
  });
};

/** The pseudonyms of a call; `undefined` where its rules want none, and in monitor mode, which changes nothing. */
export const pseudonymsOf = (setting: CallSetting): Pseudonyms | undefined =>
  setting.scope.monitor ? undefined : pseudonymsOver(setting, standInsOf(setting.scope));

/**
 * A text of the model with the values of this invocation's stand-ins, for handlers that store or send it themselves. What
 * they answer with is restored on its way out, after redaction: a value that stands in it earlier is redacted.
 *
 * @example
 * await table.save(restorePseudonyms(reply));
 */
export const restorePseudonyms = (text: string): string => {
  const scope = currentScope();
  return scope === undefined ? text : restoredText(standInsOf(scope), text);
};
