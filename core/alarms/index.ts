/**
 * Every alarm of the kit: one typed list. `npm run generate:infra` makes `infra/alarms.yml`, `infra/platform-alarms.yml`
 * and `infra/dashboard.yml` of it; docs/monitoring.md says why each threshold is what it is.
 */

import type { AlarmDefinition, AlarmId, CompositeAlarm, CompositeAlarmId } from './definition.ts';
import { FAILURE_ALARMS } from './failures.ts';
import { HOSTILE_ALARMS } from './hostile.ts';
import { SPEND_ALARMS } from './spend.ts';

export {
  type Capacity,
  type CapacityKey,
  capacityOf,
  DEFAULT_RATE,
  HEADROOM,
  ORDINARY,
  RATES,
  TABLE_USE,
} from './capacity.ts';
export {
  type AlarmDefinition,
  type AlarmId,
  type AlarmRule,
  type BandAlarm,
  type CompositeAlarm,
  MISSING_DATA,
  type Reading,
  type Severity,
  type ThresholdAlarm,
} from './definition.ts';

/** Those that ring when others do. A band alone pages nobody: it says "unusual", and two at once say "attack". */
const COMPOSITE_ALARMS: Readonly<Record<CompositeAlarmId, CompositeAlarm>> = {
  AttackInProgress: {
    kind: 'composite',
    severity: 'page',
    meaning: 'Somebody attacks the service: the alarms that ring beside this one say how.',
    rule: {
      any: [
        'PromptsBlocked',
        'BlockedShareCeiling',
        'BlockedDrip',
        'AuthFailures',
        'SecretsRedacted',
        'LeaksBlocked',
        'TokenCeiling',
        { all: ['BlockedShareAnomaly', 'TokenAnomaly'] },
      ],
    },
  },
  BudgetAtRisk: {
    kind: 'composite',
    severity: 'page',
    meaning: "The month's budget or the account's quota will not last.",
    rule: {
      any: [
        'SpendCeiling',
        'SpendDrip',
        'SpendPace',
        'TokenDrip',
        'AccountQuota',
        { all: ['SpendAnomaly', 'TokenAnomaly'] },
      ],
    },
  },
};

/** The alarms by name. */
export const ALARMS: Readonly<Record<AlarmId, AlarmDefinition>> = {
  ...SPEND_ALARMS,
  ...HOSTILE_ALARMS,
  ...FAILURE_ALARMS,
  ...COMPOSITE_ALARMS,
};

/** Where somebody who is woken by an alarm reads on: `docs/runbooks/<name>.md`. */
export const runbookOf = (id: AlarmId): string =>
  `docs/runbooks/${id.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.md`;
