/** The rules of the Bedrock edge: what a guarded client lets through, and how much of it. */

import type { InjectionScreen } from '../../core/injection/index.ts';
import {
  checkOptions,
  flag,
  integer,
  listOf,
  type OptionCheck,
  object,
  oneOf,
  orOff,
  text,
} from '../../core/options.ts';
import type { ModelPrice } from '../../core/quota/index.ts';
import type { Redactor } from '../../core/redaction/index.ts';

/** Rules of a guarded client. Rules given to `guardClient` itself go before those of the invocation's policy. */
export interface ClientRules {
  /** Models that may be called, each as a call names it: model id, inference profile id or ARN. @default any */
  readonly models?: readonly string[];
  /** Most output tokens of one call; also what a call gets that asks for none. @default 1024 */
  readonly maxTokens?: number;
  /** Tools that may be offered and called. @default whatever the handler offers */
  readonly tools?: readonly string[];
  /** USD prices by model id, needed where a budget counts USD. @default none */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** Withhold replies that repeat the system prompt. @default true */
  readonly protectSystemPrompt?: boolean;
  /** A call outside any invocation: refused, or run through the engines without a caller. @default 'refuse' */
  readonly unscoped?: 'refuse' | 'engines';
  /** Screens what goes to the model; `false` lets everything pass. @default a screen with default cut points */
  readonly screen?: InjectionScreen | false;
  /** Redacts what comes from the model; `false` lets everything pass. @default the default entities */
  readonly redactor?: Redactor | false;
}

/** Largest output bound that is used when neither call nor rules name one, in tokens. */
export const DEFAULT_MAX_TOKENS = 1024;

/** How the options of {@link ClientRules} are checked. */
export const CLIENT_RULE_CHECKS: Readonly<Record<keyof ClientRules, OptionCheck>> = {
  models: listOf(text()),
  maxTokens: integer(1),
  tools: listOf(text()),
  prices: object,
  protectSystemPrompt: flag,
  unscoped: oneOf('refuse', 'engines'),
  screen: orOff(object),
  redactor: orOff(object),
};

/** @throws TypeError for an unknown or invalid rule. */
export const checkClientRules = (owner: string, rules: ClientRules): void =>
  checkOptions(owner, rules, CLIENT_RULE_CHECKS);
