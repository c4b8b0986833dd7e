/** How the options of `runTools` are checked, and what is meant where they say nothing. */

import { callable, checkOptions, integer, type OptionCheck, object } from '../../../core/options.ts';
import { checkModelPolicy } from '../../../core/policy.ts';
import { priceList } from '../../../core/quota/cost/prices.ts';
import type { RunToolsLimits, RunToolsOptions } from './types.ts';

/** Most calls of one turn that may run at once. */
const MOST_PARALLEL = 16;

/** Longest time that a timer takes, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Bedrock's own rule for names of tools. */
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;

const upTo =
  (most: number): OptionCheck =>
  (value) =>
    integer(1)(value) === undefined && (value as number) <= most ? undefined : `an integer from 1 to ${most}`;

const OPTION_CHECKS: Readonly<Record<keyof RunToolsOptions, OptionCheck>> = {
  bedrock: object,
  input: object,
  tools: object,
  limits: object,
  signal: object,
  parallel: upTo(MOST_PARALLEL),
  prices: priceList,
  media: object,
  fallbacks: object,
  onToolFailure: callable,
};

const LIMIT_CHECKS: Readonly<Record<keyof RunToolsLimits, OptionCheck>> = {
  turns: integer(1),
  calls: integer(0),
  timeMs: upTo(LONGEST_MS),
  tokens: integer(1),
  usdMicros: integer(1),
  resultUnits: integer(1),
  toolTimeMs: upTo(LONGEST_MS),
};

/** Bounds that always hold. */
export const DEFAULT_LIMITS: Required<
  Pick<RunToolsLimits, 'turns' | 'calls' | 'timeMs' | 'resultUnits' | 'toolTimeMs'>
> = {
  turns: 8,
  calls: 32,
  timeMs: 120_000,
  resultUnits: 20_000,
  toolTimeMs: 10_000,
};

/** The bounds of a loop, `undefined` where there is none. */
export type Limits = { readonly [Name in keyof typeof DEFAULT_LIMITS]: number } & {
  /** As the options say it: the invocation's deadline has no part in it. */
  readonly ownTimeMs: number | undefined;
  readonly tokens: number | undefined;
  readonly usdMicros: number | undefined;
};

/**
 * The bounds that the options of a loop set.
 *
 * @throws TypeError for an unknown or invalid option, for a tool that is none, and for tools in the input: nobody would run them.
 */
export const limitsOf = (options: RunToolsOptions): Limits => {
  checkOptions('runTools', options, OPTION_CHECKS);
  const { input, tools, limits = {} } = options;
  checkOptions('runTools.limits', limits, LIMIT_CHECKS);
  const { media, fallbacks } = options;
  checkModelPolicy('runTools', { ...(media && { media }), ...(fallbacks && { fallbacks }) });
  for (const [name, tool] of Object.entries(tools)) {
    if (!TOOL_NAME.test(name)) throw new TypeError('runTools: a tool has a name that Bedrock does not take');
    checkOptions(`runTools.tools.${name}`, tool, { spec: object, run: callable });
    if (tool.spec === undefined || tool.run === undefined) throw new TypeError(`runTools: ${name} lacks spec or run`);
  }
  if ((input.toolConfig?.tools ?? []).some((tool) => tool.cachePoint === undefined))
    throw new TypeError('runTools: input has tools of its own');
  const given = Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
  const { tokens, usdMicros, timeMs: ownTimeMs } = limits;
  return { ...DEFAULT_LIMITS, ...given, tokens, usdMicros, ownTimeMs };
};
