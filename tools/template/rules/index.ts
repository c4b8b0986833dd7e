/** Every rule about a template of the service. */

import { ALARM_RULES } from './alarms.ts';
import { API_RULES } from './api.ts';
import { FUNCTION_RULES } from './functions.ts';
import { GATEWAY_RESPONSE_RULES } from './gateway-responses.ts';
import { MODEL_RULES } from './model.ts';
import { MONEY_RULES } from './money.ts';
import { NETWORK_RULES } from './network.ts';
import { POLICY_RULES } from './policies.ts';
import { PROMISE_RULE } from './promises.ts';
import type { Rule } from './rule.ts';
import { STORAGE_RULES } from './storage.ts';
import { USER_RULES } from './users.ts';

/** The rules, in the order of a request: doors, functions, rights, what is kept, who is told. */
export const RULES: readonly Rule[] = [
  ...API_RULES,
  ...GATEWAY_RESPONSE_RULES,
  ...USER_RULES,
  ...NETWORK_RULES,
  ...FUNCTION_RULES,
  ...POLICY_RULES,
  ...MODEL_RULES,
  ...STORAGE_RULES,
  ...ALARM_RULES,
  ...MONEY_RULES,
  PROMISE_RULE,
];
