/** The rules of the Bedrock edge: what a guarded client lets through, and how much of it. */

import type { DataGateOptions } from '../../core/classification/index.ts';
import type { ContentPolicy } from '../../core/content/index.ts';
import type { ExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { DEEP_CHECKS, type DeepOptions } from '../../core/injection/deep-options.ts';
import type { DeepTier, InjectionScreen } from '../../core/injection/index.ts';
import { type Mac, type Macs, macs } from '../../core/mac.ts';
import { callable, checkOptions, type OptionCheck, object, oneOf, orOff } from '../../core/options.ts';
import { CLASSIFICATION, checkDestinations } from '../../core/policy/classification.ts';
import { checkModelPolicy, MODEL_CHECKS, type ModelPolicy } from '../../core/policy.ts';
import { DEEP_REDACTION_CHECKS, type DeepRedactionOptions } from '../../core/redaction/deep-redaction.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import { namedModel } from './model-id.ts';

/** Rules of a guarded client. Rules given to `guardClient` itself go before those of the invocation's policy. */
export interface ClientRules extends ModelPolicy, Omit<DeepOptions, 'deep'> {
  /** A call outside any invocation: refused, or run through the engines without a caller. @default 'refuse' */
  readonly unscoped?: 'refuse' | 'engines';
  /** Screens what goes to the model; `false` lets everything pass. @default a screen with default cut points */
  readonly screen?: InjectionScreen | false;
  /** Judges what the screen flags; `false` for none, whatever the policy says. @default none */
  readonly deep?: DeepTier | false;
  /** Keyed digest (HMAC-SHA-256, base64url) that marks, canary and stand-ins derive from. @default one of this process alone */
  readonly markerMac?: Mac;
  /**
   * Seals approvals of tool calls; of a list, the first seals and each opens what it sealed. See `docs/tools.md`.
   * @default one of this process alone
   */
  readonly approvalMac?: Macs;
  /** What this finds in what is sent goes to the model as stand-ins: see `docs/pseudonyms.md`. @default false */
  readonly pseudonymize?: Redactor | false;
  /** Which level of data may be sent where; `false` for everything everywhere. See `docs/data-flow.md`. @default off */
  readonly classification?: DataGateOptions | false;
  /** Redacts what comes from the model; `false` lets everything pass. @default the default entities */
  readonly redactor?: Redactor | false;
  /** Takes code, scripts and control sequences out of text; `false` lets all pass. @default the default policy */
  readonly content?: ContentPolicy | false;
  /** Takes out of text what carries data out; `false` lets all pass. @default a filter without listed hosts */
  readonly exfiltration?: ExfiltrationFilter | false;
  /** Judges what the redactor has been over, and needs one; `false` for none, whatever the policy says. @default none */
  readonly deepRedaction?: DeepRedactionOptions | false;
}

/** Largest output bound that is used when neither call nor rules name one, in tokens. */
export const DEFAULT_MAX_TOKENS = 1024;

/** The value of the dimension `model` for a call: only models of the allowlist have one, profiles that of what they copy. */
export const modelDimension = (
  { models, profiles }: Pick<ClientRules, 'models' | 'profiles'>,
  modelId: string,
): string | undefined => (models?.includes(modelId) === true ? namedModel(modelId, profiles) : undefined);

const deepRedactionOptions: OptionCheck = (value) => {
  const given = (object(value) === undefined ? value : {}) as Readonly<Record<string, unknown>>;
  const isFine = Object.entries(given).every(
    ([name, option]) =>
      Object.hasOwn(DEEP_REDACTION_CHECKS, name) &&
      (option === undefined || DEEP_REDACTION_CHECKS[name as keyof DeepRedactionOptions](option) === undefined),
  );
  return isFine && given['deep'] !== undefined ? undefined : 'options of a deep tier of redaction, with one as deep';
};

/** How the options of {@link ClientRules} are checked. */
export const CLIENT_RULE_CHECKS: Readonly<Record<keyof ClientRules, OptionCheck>> = {
  ...MODEL_CHECKS,
  ...DEEP_CHECKS,
  deep: orOff(DEEP_CHECKS.deep),
  unscoped: oneOf('refuse', 'engines'),
  screen: orOff(object),
  pseudonymize: orOff(object),
  classification: orOff(object),
  redactor: orOff(object),
  content: orOff(object),
  exfiltration: orOff(object),
  deepRedaction: orOff(deepRedactionOptions),
  markerMac: callable,
  approvalMac: macs,
};

/** @throws TypeError for an unknown or invalid rule, and for rules that contradict each other. */
export const checkClientRules = (owner: string, rules: ClientRules): void => {
  checkOptions(owner, rules, CLIENT_RULE_CHECKS);
  checkModelPolicy(owner, rules);
  if (rules.redactor === false && rules.deepRedaction)
    throw new TypeError(`${owner}: deepRedaction needs a redactor, which keeps secrets from it`);
  if (!rules.classification) return;
  checkOptions(`${owner}.classification`, rules.classification, CLASSIFICATION.checks);
  checkDestinations(rules.classification);
};
