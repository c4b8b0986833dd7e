/** The tools that a call offers, and the results that it sends, before anything is sent. */

import { blockType, type ContentBlock, type ConverseInput, member } from '../../../core/converse/types.ts';
import { BulwarkError } from '../../../core/errors.ts';
import { type InjectionScreen, type Segment, segmentKey } from '../../../core/injection/index.ts';
import { definitionText } from '../../../core/tools/definition.ts';
import { hasToolRules, toolRulesOf } from '../../../core/tools/policy.ts';
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

/** Most definitions that a screen remembers to have passed. */
const MOST_PASSED = 256;

/** Definitions that passed, by screen: digests of their texts, under a tenant's settings. */
const passedBy = new WeakMap<InjectionScreen, Set<string>>();

const passedOf = (screen: InjectionScreen): Set<string> => {
  const passed = passedBy.get(screen) ?? new Set();
  passedBy.set(screen, passed);
  return passed;
};

/**
 * Screens the definitions of tools as data: whoever wrote a tool's server wrote them. Those that passed are remembered.
 *
 * @returns A promise only where the deep tier is asked, or a refusal waits.
 * @throws BulwarkError `prompt_rejected`; what the screen throws.
 */
export const screenTools = (
  { scope, rules }: CallSetting,
  screening: ScreenRules,
  input: ConverseInput,
): void | Promise<void> => {
  if (!hasToolRules(rules.tools)) return;
  const passed = passedOf(screening.screen);
  const segments = specsOf(input).map((spec): Segment => ({ channel: 'data', text: definitionText(spec) }));
  const keyOf = (segment: Segment): string => JSON.stringify([scope.caller.tenant ?? null, sha256(segment.text)]);
  const fresh = segments.filter((segment) => !passed.has(keyOf(segment)));
  if (fresh.length === 0) return;
  const remember = (): void => {
    const found = scope.screened.resultsOf(screening.screen);
    for (const segment of fresh) {
      if (found.get(segmentKey(segment))?.verdict !== 'allow') continue;
      if (passed.size >= MOST_PASSED) passed.clear();
      passed.add(keyOf(segment));
    }
  };
  const screened = screenTexts(scope, screening, fresh, false);
  if (screened instanceof Promise) return screened.then(remember);
  remember();
};
