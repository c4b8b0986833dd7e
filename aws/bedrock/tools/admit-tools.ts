/** The tools that a call offers, and the results that it sends, before anything is sent. */

import { remember } from '../../../core/bounded-map.ts';
import { blockType, type ContentBlock, type ConverseInput, member } from '../../../core/converse/types.ts';
import { BulwarkError } from '../../../core/errors.ts';
import type { InjectionScreen, Segment } from '../../../core/injection/index.ts';
import { definitionText } from '../../../core/tools/definition.ts';
import { hasToolRules, type ToolPolicy, toolRulesOf } from '../../../core/tools/policy.ts';
import { resultsFit } from '../../../core/tools/results.ts';
import { sha256 } from '../../sha256.ts';
import type { CallSetting } from '../call-engines.ts';
import { toolDenied } from '../clean-reply.ts';
import { type ScreenRules, screenTexts } from '../screen-texts.ts';
import { toolDigest } from './tool-digest.ts';

const specsOf = ({ toolConfig }: ConverseInput): readonly ContentBlock[] =>
  (toolConfig?.tools ?? [])
    .filter((tool) => blockType(tool) !== 'cachePoint')
    .map((tool) => member(tool, 'toolSpec') ?? {});

/**
 * Holds a call against the rules of its tools: who may have them, their pinned definitions, the size of results.
 *
 * @throws BulwarkError `tool_not_allowed`; `content_not_allowed` for a result that is too long.
 */
export const admitTools = ({ scope, rules: { tools } }: CallSetting, input: ConverseInput): void => {
  if (!hasToolRules(tools)) return;
  for (const spec of specsOf(input)) {
    const rules = toolRulesOf(tools, String(spec['name']));
    if (rules === undefined) throw toolDenied(scope, 'offered');
    if (rules.callers !== undefined && rules.callers(scope.caller) !== true) throw toolDenied(scope, 'caller');
    if (rules.digest !== undefined && toolDigest(spec) !== rules.digest) throw toolDenied(scope, 'definition');
  }
  if (!resultsFit(input, tools)) throw new BulwarkError('content_not_allowed', { reason: 'tool-result-size' });
};

/** Most sets of definitions that a screen remembers to have passed. */
const MOST_PASSED = 256;

/** Definitions that passed, by screen: digests of all that a call offers, under a tenant's settings. */
const passedBy = new WeakMap<InjectionScreen, Map<string, true>>();

const passedOf = (screen: InjectionScreen): Map<string, true> => {
  const passed = passedBy.get(screen) ?? new Map();
  passedBy.set(screen, passed);
  return passed;
};

/** A pinned definition was read by whoever pinned it. */
const isPinned = (tools: ToolPolicy, spec: ContentBlock): boolean => {
  const digest = toolRulesOf(tools, String(spec['name']))?.digest;
  return digest !== undefined && digest === toolDigest(spec);
};

/**
 * Screens the definitions of tools that are not pinned, as data: whoever wrote a tool's server wrote them. What passed is
 * remembered, all of a call together: an order may be split over tools.
 *
 * @returns A promise only where the deep tier is asked, or a refusal waits.
 * @throws BulwarkError `prompt_rejected`; what the screen throws.
 */
export const screenTools = (
  { scope, rules: { tools } }: CallSetting,
  screening: ScreenRules,
  input: ConverseInput,
): void | Promise<void> => {
  if (!hasToolRules(tools)) return;
  const segments = specsOf(input)
    .filter((spec) => !isPinned(tools, spec))
    .map((spec): Segment => ({ channel: 'data', text: definitionText(spec) }));
  if (segments.length === 0) return;
  const passed = passedOf(screening.screen);
  const key = sha256(JSON.stringify([scope.caller.tenant ?? null, segments.map(({ text }) => text)]));
  if (passed.has(key)) return;
  const decisions = scope.record.decisions.length;
  const note = (): void => {
    // What was flagged, or let pass by a mode, is to be in the record of each request.
    if (scope.record.decisions.length === decisions) remember(passed, key, true, MOST_PASSED);
  };
  const screened = screenTexts(scope, screening, segments, false);
  if (screened instanceof Promise) return screened.then(note);
  note();
};
