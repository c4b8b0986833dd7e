/** The tool calls of a reply, held against the rules of their tools before the handler sees any of them. */

import type { ConverseInput } from '../../../core/converse/types.ts';
import { BulwarkError } from '../../../core/errors.ts';
import { namesOnlyHosts } from '../../../core/tools/addresses.ts';
import { canonicalJson } from '../../../core/tools/canonical-json.ts';
import { flowsFromData } from '../../../core/tools/data-flow.ts';
import { type CallFlow, callFlowOf } from '../../../core/tools/flow-texts.ts';
import { hasToolRules, type SettledToolRules, toolRulesOf } from '../../../core/tools/policy.ts';
import { unlessAborted } from '../../../core/unless-aborted.ts';
import type { CallSetting } from '../call-engines.ts';
import { toolDenied } from '../clean-reply.ts';
import { pseudonymsOf } from '../pseudonyms.ts';
import { snapshotOf } from '../snapshot.ts';
import { type CallToApprove, demandApprovals } from './approvals.ts';
import { scopeToolsOf } from './scope-tools.ts';

/** With what the tool calls of one reply are judged. */
export interface ToolStage {
  readonly setting: CallSetting;
  /** The call that is answered, before it is marked. */
  readonly input: ConverseInput;
  /** Ends when nobody waits for the reply any more. */
  readonly signal: AbortSignal;
}

/** A tool call as the handler would get it. */
export interface ToolCall {
  readonly name: string;
  /** Absent for arguments that cannot be read in one way only. */
  readonly input?: unknown;
}

/** Longest arguments of a tool with rules, in UTF-16 units of JSON. */
const MOST_ARGUMENTS = 65_536;

/** The stage of a reply; `undefined` where its rules have none for each tool. */
export const toolStageOf = (setting: CallSetting, input: ConverseInput, signal: AbortSignal): ToolStage | undefined =>
  hasToolRules(setting.rules.tools) ? { setting, input, signal } : undefined;

/** Arguments as one text; `undefined` for those that are no object, too long, or that name what objects are made of. */
const argumentsText = (input: unknown): string | undefined => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined;
  const text = canonicalJson(input);
  return text === undefined || text.length > MOST_ARGUMENTS || text.includes('"__proto__":') ? undefined : text;
};

/** Whether a schema takes arguments as they are: it finds no issue in them, and gives back the same. */
const matches = async (
  { input: schema }: SettledToolRules,
  input: unknown,
  text: string,
  signal: AbortSignal,
): Promise<boolean> => {
  if (schema === undefined) return true;
  // What a schema does to its value must not reach the tool.
  const judging = Promise.resolve(schema['~standard'].validate(snapshotOf(input)));
  const outcome = await unlessAborted(judging, signal);
  if (outcome === undefined) throw new BulwarkError('upstream_timeout', { reason: 'deadline' });
  return outcome.issues === undefined && canonicalJson(outcome.value) === text;
};

const flowOf = ({ setting, input }: ToolStage): CallFlow => {
  const flow = callFlowOf(input);
  // Where values went to the model as stand-ins, arguments have the values again.
  return (pseudonymsOf(setting)?.restoreJson(flow) ?? flow) as CallFlow;
};

/**
 * Checks the tool calls of a reply: names, calls in the request, arguments, addresses in them, and approvals of those that
 * cannot be undone or that say what data say. All of them are checked before any is approved.
 *
 * @throws BulwarkError `tool_not_allowed` or `tool_approval_required`; what a schema or the ledger throws.
 */
export const checkToolCalls = async (stage: ToolStage, calls: readonly ToolCall[]): Promise<void> => {
  const { setting, signal } = stage;
  const { scope, rules: clientRules } = setting;
  const counts = scopeToolsOf(scope).calls;
  const toApprove: CallToApprove[] = [];
  let flow: CallFlow | undefined;
  const isFromData = (input: unknown): boolean => {
    flow ??= flowOf(stage);
    return flow.isOpaque || flowsFromData(input, flow);
  };
  for (const { name, input } of calls) {
    const rules = toolRulesOf(clientRules.tools, name);
    if (rules === undefined) throw toolDenied(scope, 'called');
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    if (count > rules.maxCalls) throw toolDenied(scope, 'calls');
    const text = argumentsText(input);
    if (text === undefined || !(await matches(rules, input, text, signal))) throw toolDenied(scope, 'arguments');
    if (!namesOnlyHosts(input, rules.hosts)) throw toolDenied(scope, 'host');
    const { effect, fromData } = rules;
    if (effect === 'irreversible' || (effect === 'write' && fromData === 'approve' && isFromData(input)))
      toApprove.push({ tool: name, input, text });
  }
  if (toApprove.length > 0) await demandApprovals(setting, toApprove);
};
