/** What a report means for whoever reads it. */

import type { ErrorCode } from '../../core/errors.ts';
import type { ModeReport, Report } from './tally.ts';

/** What to look at when requests would have been refused with a code. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  body_too_large: 'raise body.maxBytes, if these bodies are wanted',
  unsupported_media_type: 'clients must send plain application/json',
  malformed_json: 'clients must send JSON; body.maxDepth bounds its nesting',
  invalid_request: 'compare body.schema with what clients send; the answer would tell them which field',
  content_not_allowed: 'the reason names what a call had beside text and tools, or an operation other than Converse',
  unauthenticated: 'callers prove nothing that the policy asks for: see caller.require and the budgets’ per',
  confirmation_required: 'clients must send the token back, or raise confirmAboveTokens',
  prompt_rejected: 'look at who sends these; where they are wanted, raise injection.cutPoints for that channel',
  caller_suspended: 'strikes of the time before are still counted',
  quota_exceeded: 'raise the budget, or expect these callers to be slowed down',
  request_never_fits: 'a single request is larger than the whole budget: raise it, or bound model.maxTokens',
  model_not_allowed: 'add the model to model.models',
  model_unpriced: 'add the model to model.prices',
  tool_approval_required: 'give the tool its effect in model.tools: one that is not described waits for an approval',
  tool_not_allowed:
    'add the tool to model.tools, or offer it in the call; the reason names the rule of a tool that has some',
  output_blocked: 'the reason says why: system-prompt, unreadable (binary or compressed), too-large',
  output_truncated: 'replies of the model ended early; the handler passed them on as if they were whole',
  control_unavailable:
    'a control failed: see the table and its alarms; onFailure of a budget decides what happens then',
  internal: 'a control failed: this would have been an error 500',
};

/** Most codes that are explained. */
const MOST = 6;

const adviceFor = ({ refusals }: ModeReport): readonly string[] => {
  const codes = [...new Set(refusals.map(({ key: [code = ''] }) => code))];
  return codes.slice(0, MOST).flatMap((code) => {
    const advice = ADVICE[code as ErrorCode];
    return advice === undefined ? [] : [`${code}: ${advice}.`];
  });
};

/** Steps in the order in which they are taken, one a line. */
export const nextSteps = ({ monitor, enforce }: Report): readonly string[] => {
  if (monitor.requests === 0)
    return enforce.refused === 0 ? [] : ['Nothing here is in monitor mode: what is listed was refused.'];
  const steps: string[] = [];
  if (monitor.all.callers === 0)
    steps.push('Set policy.keys, so that callers are told apart by their digests and budgets count for each of them.');
  if (monitor.refused === 0) {
    steps.push("Nothing would have been refused. When this is a usual week, set mode: 'enforce'.");
  } else {
    steps.push(
      ...adviceFor(monitor),
      'bulwark report --json names the ids of the first requests of each row; the log has no content of theirs.',
      "When all that is left in the first table is what you want refused, set mode: 'enforce'.",
    );
  }
  if (monitor.redacted > 0)
    steps.push(
      'Values under “Would have been redacted” still leave in full; redaction.entities and minScore choose among them.',
    );
  return steps;
};
