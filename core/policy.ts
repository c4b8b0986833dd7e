/** The policy of a guarded handler: everything that can be decided as data, checked once at cold start. */

import type { StandardSchemaV1 } from '@standard-schema/spec';
import { DEEP_CHECKS, type DeepOptions } from './injection/deep-options.ts';
import type { InjectionScreenOptions } from './injection/index.ts';
import {
  callable,
  checkOptions,
  flag,
  integer,
  listOf,
  type OptionCheck,
  object,
  oneOf,
  orOff,
  text,
} from './options.ts';
import { checkBudgets } from './quota/budgets.ts';
import { type PriceList, priceList, SERVICE_TIERS, type ServiceTier } from './quota/cost/prices.ts';
import type { Budget, PrincipalKind } from './quota/index.ts';
import { atomsOf, kindsOf } from './quota/principals.ts';
import type { RedactorOptions } from './redaction/index.ts';

/** Who must have called. See the middleware `caller`. */
export interface CallerPolicy {
  /** @default 'none' */
  readonly require?: 'user' | 'user-or-key' | 'none';
  /** @default 'sub' */
  readonly userClaim?: string;
  /** @default none */
  readonly tenantClaim?: string;
  /** @default none */
  readonly sessionClaim?: string;
}

/** What a body may be. See the middlewares `body-limit` and `input-validation`. */
export interface BodyPolicy {
  /** Bytes. @default 100_000 */
  readonly maxBytes?: number;
  /** Levels of JSON. @default 32 */
  readonly maxDepth?: number;
  /** Schema of the JSON body. With it a body is required. @default none */
  readonly schema?: StandardSchemaV1;
  /**
   * Whether a handler whose policy has a schema gets its event with the parsed, validated body, or untouched as Lambda
   * sends it. In monitor mode a body that would have been refused is as far as it could be parsed.
   * @default true; in monitor mode, which changes nothing, false
   */
  readonly parsed?: boolean;
}

/** What may be spent. See the middleware `token-quota`. */
export interface QuotaPolicy {
  readonly budgets: readonly Budget[];
  /** Name of the DynamoDB table. Without it budgets count per process only. @default none */
  readonly table?: string;
  /** Tables of their own for kinds of principals that anybody can have many of: `{ ip: … }`. @default all in `table` */
  readonly tables?: Readonly<Partial<Record<PrincipalKind, string>>>;
  /**
   * Kinds of principals that `bulwark budget set` may give limits of their own; each costs a read of the table a minute
   * and process. @default ['tenant']
   */
  readonly overridable?: readonly PrincipalKind[];
  /** Tokens that the handler adds to every prompt. @default 1000 */
  readonly overheadTokens?: number;
}

/** What may be called at Bedrock. See the middleware `bedrock-client`. */
export interface ModelPolicy {
  /** Models that may be called, each as a call names it: model id, inference profile id or ARN. @default any */
  readonly models?: readonly string[];
  /** Most output tokens of one call; also what a call gets that asks for none. @default 1024 */
  readonly maxTokens?: number;
  /** Tools that may be offered and called. @default whatever the handler offers */
  readonly tools?: readonly string[];
  /**
   * Prices by model id, inference profile id or ARN, over those that the kit brings (`aws/bedrock/price-list.ts`). A
   * budget in USD refuses a model that has none. @default those that the kit brings
   */
  readonly prices?: PriceList;
  /** Service tiers that a call may name. @default none: a call that names one is refused */
  readonly serviceTiers?: readonly ServiceTier[];
  /** Calls may set cache points, and what they write is bounded at the price of a cache write. @default false */
  readonly promptCaching?: boolean;
  /**
   * Where the bytes of a call bound its input at more tokens than this, Bedrock is asked for their number first, so that
   * a budget holds less. @default never
   */
  readonly countTokensAbove?: number;
  /** Withhold replies that repeat the system prompt. @default true */
  readonly protectSystemPrompt?: boolean;
  /**
   * Mark text of tools and documents in what is sent, and explain the marks in the system prompt: `'delimit'` puts a keyed
   * mark around it, `'datamark'` a keyed character before its words. See `docs/spotlighting.md`.
   * @default false: it changes what the model reads
   */
  readonly spotlight?: 'delimit' | 'datamark' | false;
  /** Put a secret word into the system prompt, and withhold replies and tool calls that say it. @default false */
  readonly canary?: boolean;
  /** How long the marks of a tenant stay the same, in hours. @default 24 */
  readonly markerEpochHours?: number;
}

/** What is screened for attacks, and what becomes of what is found. See the middleware `injection-screen`. */
export interface InjectionPolicy extends InjectionScreenOptions, DeepOptions {}

/** How a handler answers in pieces. See the middleware `stream-heartbeat`. */
export interface StreamPolicy {
  /** Longest silence in a stream of server-sent events, in milliseconds. @default 15_000 */
  readonly heartbeatMs?: number;
}

/** How the options of {@link ModelPolicy} are checked. */
export const MODEL_CHECKS: Readonly<Record<keyof ModelPolicy, OptionCheck>> = {
  models: listOf(text()),
  maxTokens: integer(1),
  tools: listOf(text()),
  prices: priceList,
  serviceTiers: listOf(oneOf(...SERVICE_TIERS)),
  promptCaching: flag,
  countTokensAbove: integer(0),
  protectSystemPrompt: flag,
  spotlight: orOff(oneOf('delimit', 'datamark')),
  canary: flag,
  markerEpochHours: integer(1),
};

/** Secrets of the service, each at least 32 characters, each for one use. */
export interface PolicyKeys {
  /** Digests principals in table and log. Long-lived: changing it forgets everybody's usage. */
  readonly digest: string;
  /** Seals sessions and confirmations. May rotate. */
  readonly mac: string;
}

/** A policy. Every part has a safe default; `false` switches a control off. */
export interface Policy {
  /** Name in logs and metrics. @default POWERTOOLS_SERVICE_NAME or 'bulwark' */
  readonly service?: string;
  /**
   * `'monitor'` decides and reports everything and changes nothing: for the first week, `bulwark report` tells what
   * would have been refused or redacted.
   * @default 'enforce'
   */
  readonly mode?: 'enforce' | 'monitor';
  readonly caller?: CallerPolicy;
  readonly body?: BodyPolicy;
  /** Requests estimated at more than this many tokens need a confirmation. @default no confirmation */
  readonly confirmAboveTokens?: number;
  /** @default no budgets */
  readonly quota?: QuotaPolicy;
  /** @default on */
  readonly injection?: InjectionPolicy | false;
  /** With it the handler gets `context.bedrock`. @default rules of the Bedrock edge at their defaults */
  readonly model?: ModelPolicy;
  /** The handler answers with a stream. @default only handlers made with `awslambda.streamifyResponse` do */
  readonly stream?: StreamPolicy;
  /** @default on */
  readonly redaction?: RedactorOptions | false;
  /** Origins that browsers may call from. @default no CORS headers */
  readonly corsOrigins?: readonly string[];
  /** @default keys of this process alone: sessions and confirmations end with it */
  readonly keys?: PolicyKeys;
}

/** Shortest secret that is accepted, in characters. */
const MIN_KEY_LENGTH = 32;

const CHECKS: Readonly<Record<keyof Policy, OptionCheck>> = {
  service: text(),
  mode: oneOf('enforce', 'monitor'),
  caller: object,
  body: object,
  confirmAboveTokens: integer(1),
  quota: object,
  injection: orOff(object),
  model: object,
  stream: object,
  redaction: orOff(object),
  corsOrigins: listOf(text()),
  keys: object,
};

const SECTION_CHECKS = {
  caller: {
    require: oneOf('user', 'user-or-key', 'none'),
    userClaim: text(),
    tenantClaim: text(),
    sessionClaim: text(),
  },
  body: { maxBytes: integer(1), maxDepth: integer(1), schema: object, parsed: flag },
  quota: {
    budgets: listOf(object),
    table: text(3),
    tables: object,
    overridable: listOf(text()),
    overheadTokens: integer(0),
  },
  model: MODEL_CHECKS,
  stream: { heartbeatMs: integer(1) },
  keys: { digest: text(MIN_KEY_LENGTH), mac: text(MIN_KEY_LENGTH) },
} satisfies { [Section in keyof Policy]?: Readonly<Record<string, OptionCheck>> };

/** Names and kinds; what stands in them is checked where the screen is made, which knows its rules. */
const INJECTION_CHECKS: Readonly<Record<keyof InjectionPolicy, OptionCheck>> = {
  ...DEEP_CHECKS,
  modes: object,
  ruleModes: object,
  cutPoints: object,
  tenants: object,
  rules: listOf(object),
  scorers: listOf(object),
  allow: listOf((entry) => (typeof entry === 'string' ? undefined : object(entry))),
  digest: callable,
  models: object,
};

/** Settings of tenants where no caller has one would be there for show. */
const checkInjection = ({ injection, caller }: Policy): void => {
  if (injection === undefined || injection === false) return;
  checkOptions('policy.injection', injection, INJECTION_CHECKS);
  if (injection.tenants !== undefined && caller?.tenantClaim === undefined)
    throw new TypeError('policy.injection: tenants needs policy.caller.tenantClaim, which names the tenant');
};

/** A budget of tenants counts nobody where no caller has one: it would be there for show. */
const checkTenants = ({ caller, quota }: Policy): void => {
  if (caller?.tenantClaim !== undefined) return;
  for (const budget of quota?.budgets ?? [])
    if (kindsOf(budget).every((kind) => atomsOf(kind).includes('tenant')))
      throw new TypeError(
        `policy.quota: budget ${budget.name} needs policy.caller.tenantClaim, which names the tenant`,
      );
};

/**
 * Checks a policy and returns it.
 *
 * @throws TypeError for an unknown or invalid option, and for parts that contradict each other.
 *
 * @example
 * const policy = definePolicy({ model: { models: ['amazon.nova-lite-v1:0'], maxTokens: 512 } });
 */
export const definePolicy = (policy: Policy): Policy => {
  checkOptions('policy', policy, CHECKS);
  for (const [section, checks] of Object.entries(SECTION_CHECKS)) {
    const options = policy[section as keyof typeof SECTION_CHECKS];
    if (options !== undefined) checkOptions(`policy.${section}`, options, checks);
  }
  if (policy.quota !== undefined) {
    if (policy.quota.budgets === undefined) throw new TypeError('policy.quota: budgets are needed');
    checkBudgets(policy.quota.budgets);
  }
  checkInjection(policy);
  checkTenants(policy);
  if (policy.quota?.table !== undefined && policy.keys === undefined)
    throw new TypeError('policy.quota: table needs policy.keys, which digest the principals in it');
  if (policy.keys !== undefined && policy.keys.digest === policy.keys.mac)
    throw new TypeError('policy.keys: digest and mac must differ');
  return policy;
};

/** Whether the handler gets its event with the parsed body. */
export const handsParsedBody = ({ mode, body }: Policy): boolean =>
  body?.schema !== undefined && (body.parsed ?? mode !== 'monitor');
