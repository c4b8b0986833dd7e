/** What the service takes from its environment, as `serverless.yml` sets it. */

import type { GuardrailRule } from '../../core/converse/parameters.ts';
import { listOf, object } from '../../core/options.ts';
import { readDigestKey } from '../../core/policy/digest-key.ts';
import type { AuditPolicy, CallerPolicy } from '../../core/policy.ts';
import {
  type AccountQuota,
  accountBudgets,
  type Budget,
  type PriceList,
  type PrincipalKind,
  priceList,
} from '../../core/quota/index.ts';
import type { SecretIds, Secrets } from '../../middleware/with-secrets.ts';
import defaultBudgets from './budgets.json' with { type: 'json' };
import { jsonSetting, optionalSetting, setting } from './environment.ts';

/** Budgets of a caller as JSON in `BULWARK_BUDGETS`, else those of `budgets.json`. */
export const callerBudgets = (): readonly Budget[] =>
  jsonSetting('BULWARK_BUDGETS', defaultBudgets as readonly Budget[], listOf(object));

/** {@link callerBudgets}, and those that keep the account below its quotas at Bedrock: JSON in `BULWARK_ACCOUNT_QUOTAS`. */
export const budgets = (): readonly Budget[] => [
  ...callerBudgets(),
  ...accountBudgets(jsonSetting<readonly AccountQuota[]>('BULWARK_ACCOUNT_QUOTAS', [], listOf(object))),
];

/** Whom an operator may give limits of their own. Not addresses: whoever floods has many, and each would cost a read. */
export const OVERRIDABLE = ['user', 'apiKey', 'tenant'] as const satisfies readonly PrincipalKind[];

/**
 * Prices as JSON in `BULWARK_PRICES`, by model id, over those that the kit brings (`docs/prices.md`).
 *
 * @throws Error where it is not JSON; TypeError naming the model and the field that is wrong.
 */
export const prices = (): PriceList => jsonSetting('BULWARK_PRICES', {}, priceList);

/**
 * Who may ask: somebody who is signed in, or has a key. The claim in `BULWARK_TENANT_CLAIM`, where it names one, says whose
 * tenant that is.
 */
export const callers = (): CallerPolicy => {
  const tenantClaim = process.env['BULWARK_TENANT_CLAIM'] ?? '';
  return { require: 'user-or-key', ...(tenantClaim !== '' && { tenantClaim }) };
};

/**
 * Largest body in bytes: `BULWARK_BODY_LIMIT_BYTES`, that of the web ACL and of the request validator. Where it is not set,
 * the kit's own limit holds.
 *
 * @throws TypeError where it is no number of bytes.
 */
export const bodyLimit = (): { readonly maxBytes?: number } => {
  const value = optionalSetting('BULWARK_BODY_LIMIT_BYTES');
  if (value === undefined) return {};
  if (!/^[1-9]\d{0,7}$/.test(value))
    throw new TypeError('environment: BULWARK_BODY_LIMIT_BYTES must be a number of bytes');
  return { maxBytes: Number(value) };
};

/** Origins of pages that may call: `BULWARK_CORS_ORIGIN`, none where it is `none` or not set. */
export const cors = (): { readonly corsOrigins?: readonly string[] } => {
  const origin = optionalSetting('BULWARK_CORS_ORIGIN') ?? 'none';
  return origin === 'none' ? {} : { corsOrigins: [origin] };
};

/** Name of the quota table. */
export const tableName = (): string => setting('BULWARK_TABLE');

/** Model or inference profile that answers. */
export const modelId = (): string => setting('BULWARK_MODEL_ID');

/**
 * What {@link modelId} is a copy of, where it is an application inference profile: the model in `BULWARK_PRICED_AS`, by
 * whose price it is accounted for.
 */
export const modelProfiles = (): Readonly<Record<string, string>> => {
  const priced = process.env['BULWARK_PRICED_AS'] ?? '';
  return priced === '' || priced === modelId() ? {} : { [modelId()]: priced };
};

/**
 * The guardrail that every call carries: `BULWARK_GUARDRAIL_ID` in the version of `BULWARK_GUARDRAIL_VERSION`; `undefined`
 * where neither is set.
 *
 * @throws Error where one stands without the other: no call would be let through.
 */
export const guardrail = (): GuardrailRule | undefined => {
  const [id, version] = [process.env['BULWARK_GUARDRAIL_ID'] ?? '', process.env['BULWARK_GUARDRAIL_VERSION'] ?? ''];
  if (id === '' && version === '') return undefined;
  return {
    guardrailIdentifier: setting('BULWARK_GUARDRAIL_ID'),
    guardrailVersion: setting('BULWARK_GUARDRAIL_VERSION'),
  };
};

/** The system prompt of the service, where it is not in Secrets Manager. */
const literalSystemPrompt = (): string => setting('BULWARK_SYSTEM_PROMPT', 'You are a helpful assistant.');

/** What becomes of a system prompt that holds a secret: `BULWARK_SYSTEM_PROMPT_SECRETS`, `refuse` or `flag`. */
export const systemPromptSecrets = (): 'refuse' | 'flag' => {
  const mode = setting('BULWARK_SYSTEM_PROMPT_SECRETS', 'refuse');
  if (mode !== 'refuse' && mode !== 'flag')
    throw new TypeError('environment: BULWARK_SYSTEM_PROMPT_SECRETS must be refuse or flag');
  return mode;
};

/**
 * Names or ARNs of the secrets in Secrets Manager: `BULWARK_DIGEST_SECRET`, `BULWARK_MAC_SECRET` and, for a system prompt
 * that is kept there, `BULWARK_SYSTEM_PROMPT_SECRET`. `undefined` where the first is not set.
 */
export const secretIds = (): SecretIds | undefined => {
  const idOf = (name: string): string | undefined => process.env[name] || undefined;
  const digest = idOf('BULWARK_DIGEST_SECRET');
  if (digest === undefined) return undefined;
  return { digest, mac: idOf('BULWARK_MAC_SECRET'), systemPrompt: idOf('BULWARK_SYSTEM_PROMPT_SECRET') };
};

/**
 * Secrets that stand in the environment themselves, for local runs and tests: `BULWARK_DIGEST_KEY` and `BULWARK_MAC_KEY`.
 * Whoever may read the function's configuration reads them there.
 */
export const literalSecrets = (): Secrets => ({
  digest: readDigestKey(setting('BULWARK_DIGEST_KEY')),
  mac: [process.env['BULWARK_MAC_KEY'] ?? ''].filter(Boolean),
  systemPrompt: undefined,
});

/** The system prompt of the service. */
export const systemPromptOf = ({ systemPrompt }: Secrets): string => systemPrompt ?? literalSystemPrompt();

const CONTENT = ['none', 'digest', 'redacted'] as const;

/**
 * Where audit records go: `BULWARK_AUDIT_LOG_GROUP`, standard output where it is empty. What is kept of content:
 * `BULWARK_AUDIT_CONTENT` (`none`, `digest` or `redacted`); redacted, in `BULWARK_AUDIT_CONTENT_LOG_GROUP` and of a share of
 * requests, `BULWARK_AUDIT_SAMPLE_RATE`.
 *
 * @throws TypeError for another content than these, or a share that is none.
 */
export const audit = (): AuditPolicy => {
  const content = CONTENT.find((mode) => mode === (process.env['BULWARK_AUDIT_CONTENT'] || 'none'));
  if (content === undefined) throw new TypeError(`environment: BULWARK_AUDIT_CONTENT must be ${CONTENT.join(', ')}`);
  const logGroup = process.env['BULWARK_AUDIT_LOG_GROUP'] || undefined;
  if (content !== 'redacted') return { ...(logGroup !== undefined && { logGroup }), content };
  const contentLogGroup = process.env['BULWARK_AUDIT_CONTENT_LOG_GROUP'] || undefined;
  const rate = process.env['BULWARK_AUDIT_SAMPLE_RATE'] || undefined;
  if (rate !== undefined && !(Number(rate) >= 0 && Number(rate) <= 1))
    throw new TypeError('environment: BULWARK_AUDIT_SAMPLE_RATE must be a number from 0 to 1');
  return {
    ...(logGroup !== undefined && { logGroup }),
    content,
    ...(contentLogGroup !== undefined && { contentLogGroup }),
    ...(rate !== undefined && { sampleRate: Number(rate) }),
  };
};
