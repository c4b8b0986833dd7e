/** What a guarded handler says of its policy when it starts. */

import { handsParsedBody, type Policy } from './policy.ts';
import { hasToolRules } from './tools/policy.ts';

const whereCounted = ({ quota }: Policy): string => {
  if (quota === undefined || quota.budgets.length === 0) return 'off';
  return quota.table === undefined ? 'this process only' : 'table';
};

const howScreened = ({ injection = {} }: Policy): string => {
  if (injection === false) return 'off';
  return injection.deep === undefined ? 'on' : 'on, with a deep tier';
};

const howClassified = ({ classification = false }: Policy): string => {
  if (classification === false) return 'off';
  return (classification.allow ?? 'restricted') === 'restricted' ? 'recorded' : 'on';
};

const howCalled = ({ model }: Policy): string => {
  if (model?.tools === undefined) return 'as offered';
  return hasToolRules(model.tools) ? 'allowlist, with rules' : 'allowlist';
};

const howAudited = ({ audit: { logGroup, content = 'none' } = {} }: Policy): string =>
  [
    logGroup === undefined ? 'standard output' : 'log group',
    ...(content === 'none' ? [] : [`content ${content}`]),
  ].join(', ');

/** What a cold start says of itself: which controls stand, and which were left off. */
export const controlsOf = (policy: Policy): Readonly<Record<string, string>> => ({
  caller: policy.caller?.require ?? 'none',
  schema: policy.body?.schema === undefined ? 'off' : 'on',
  body: handsParsedBody(policy) ? 'parsed for the handler' : 'as it comes',
  confirmation: policy.confirmAboveTokens === undefined ? 'off' : 'on',
  budgets: whereCounted(policy),
  injection: howScreened(policy),
  models: policy.model?.models === undefined ? 'any' : 'allowlist',
  tools: howCalled(policy),
  spotlight: policy.model?.spotlight || 'off',
  canary: policy.model?.canary === true ? 'on' : 'off',
  classification: howClassified(policy),
  redaction: policy.redaction === false ? 'off' : 'on',
  content: policy.output?.content === false ? 'off' : 'on',
  exfiltration: policy.output?.exfiltration === false ? 'off' : 'on',
  audit: howAudited(policy),
  keys: policy.keys === undefined ? 'this process only' : 'given',
});
