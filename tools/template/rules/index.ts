/** Every rule about a template of the service. */

import { ALARM_RULES } from './alarms.ts';
import { API_RULES } from './api.ts';
import { FUNCTION_RULES } from './functions.ts';
import { GATEWAY_RESPONSE_RULES } from './gateway-responses.ts';
import { LOG_RULE } from './logs.ts';
import { MODEL_RULES } from './model.ts';
import { MONEY_RULES } from './money.ts';
import { NETWORK_RULES } from './network.ts';
import { PLAN_RULE } from './plans.ts';
import { PREFLIGHT_RULE } from './preflight.ts';
import { PROMISE_RULE } from './promises.ts';
import { RESOURCE_POLICY_RULES } from './resource-policies.ts';
import { ROLE_RULES } from './roles.ts';
import type { Rule } from './rule.ts';
import { STORAGE_RULES } from './storage.ts';
import { USER_RULES } from './users.ts';
import { WAF_RULE } from './waf.ts';

/** The rules, in the order of a request: doors, functions, rights, what is kept, who is told. */
export const RULES: readonly Rule[] = [
  ...API_RULES,
  PREFLIGHT_RULE,
  PLAN_RULE,
  ...GATEWAY_RESPONSE_RULES,
  ...USER_RULES,
  WAF_RULE,
  ...NETWORK_RULES,
  ...FUNCTION_RULES,
  ...ROLE_RULES,
  ...RESOURCE_POLICY_RULES,
  ...MODEL_RULES,
  ...STORAGE_RULES,
  LOG_RULE,
  ...ALARM_RULES,
  ...MONEY_RULES,
  PROMISE_RULE,
];
