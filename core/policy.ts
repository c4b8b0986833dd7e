/**
 * The policy of a guarded handler: everything that can be decided as data, checked once at cold start. A section is a
 * file in `policy/`, a field of {@link Policy}, and an entry of {@link SECTIONS}: the compiler says when one is missing.
 */

import { checkOptions, integer, listOf, type OptionCheck, object, oneOf, orOff, text } from './options.ts';
import { AUDIT, type AuditPolicy } from './policy/audit.ts';
import { BODY, type BodyPolicy } from './policy/body.ts';
import { CALLER, type CallerPolicy } from './policy/caller.ts';
import { CLASSIFICATION, type ClassificationPolicy } from './policy/classification.ts';
import { INJECTION, type InjectionPolicy } from './policy/injection.ts';
import { KEYS, type PolicyKeys } from './policy/keys.ts';
import { MODEL, type ModelPolicy } from './policy/model.ts';
import { OUTPUT, type OutputPolicy } from './policy/output.ts';
import { QUOTA, type QuotaPolicy } from './policy/quota.ts';
import { REDACTION, type RedactionPolicy } from './policy/redaction.ts';
import type { PolicySection } from './policy/section.ts';
import { STREAM, type StreamPolicy } from './policy/stream.ts';

export { checkModelPolicy, MODEL_CHECKS } from './policy/model.ts';
export type {
  AuditPolicy,
  BodyPolicy,
  CallerPolicy,
  ClassificationPolicy,
  InjectionPolicy,
  ModelPolicy,
  OutputPolicy,
  PolicyKeys,
  QuotaPolicy,
  RedactionPolicy,
  StreamPolicy,
};

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
  /** @default on, without stand-ins for the model and without a deep tier */
  readonly redaction?: RedactionPolicy | false;
  /** What a reply may hold besides words: code, scripts, images, links. @default on */
  readonly output?: OutputPolicy;
  /** Which level data has, and which level may go to which model and Region. @default off */
  readonly classification?: ClassificationPolicy | false;
  /** Where the audit record goes, and what is kept of content. @default standard output, nothing */
  readonly audit?: AuditPolicy;
  /** Origins that browsers may call from. @default no CORS headers */
  readonly corsOrigins?: readonly string[];
  /** @default keys of this process alone: sessions and confirmations end with it */
  readonly keys?: PolicyKeys;
}

const SECTIONS = {
  caller: CALLER,
  body: BODY,
  quota: QUOTA,
  classification: CLASSIFICATION,
  injection: INJECTION,
  model: MODEL,
  output: OUTPUT,
  redaction: REDACTION,
  stream: STREAM,
  audit: AUDIT,
  keys: KEYS,
} satisfies { readonly [Name in keyof Policy]: PolicySection<Extract<Policy[Name], object>, Policy> };

type SectionName = keyof typeof SECTIONS;

/** Options that are no section of their own. */
const CHECKS: Readonly<Record<Exclude<keyof Policy, SectionName>, OptionCheck>> = {
  service: text(),
  mode: oneOf('enforce', 'monitor'),
  confirmAboveTokens: integer(1),
  corsOrigins: listOf(text()),
};

const SECTION_LIST = Object.entries(SECTIONS) as readonly (readonly [SectionName, PolicySection<object, Policy>])[];

const KINDS: Readonly<Record<string, OptionCheck>> = {
  ...CHECKS,
  ...Object.fromEntries(SECTION_LIST.map(([name, { canBeOff }]) => [name, canBeOff ? orOff(object) : object])),
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
  checkOptions('policy', policy, KINDS);
  const given = SECTION_LIST.flatMap(([name, section]) => {
    const options = policy[name];
    return options === undefined || options === false ? [] : [{ name, section, options }];
  });
  for (const { name, section, options } of given) checkOptions(`policy.${name}`, options, section.checks);
  for (const { section, options } of given) section.check?.(options, policy);
  return policy;
};

/** Whether the handler gets its event with the parsed body. */
export const handsParsedBody = ({ mode, body }: Policy): boolean =>
  body?.schema !== undefined && (body.parsed ?? mode !== 'monitor');
