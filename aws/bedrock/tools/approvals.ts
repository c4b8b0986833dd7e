/** Approvals of tool calls: which of them the client brought, and what it is asked for. */

import { randomBytes, randomUUID } from 'node:crypto';
import { identityOf } from '../../../core/caller.ts';
import { BulwarkError } from '../../../core/errors.ts';
import type { Macs } from '../../../core/mac.ts';
import {
  APPROVAL_MS,
  type ApprovalSubject,
  type ApprovalUse,
  openApproval,
  sealApproval,
  type ToolApproval,
} from '../../../core/tools/approval.ts';
import { canonicalJson } from '../../../core/tools/canonical-json.ts';
import { macOf } from '../../mac.ts';
import { sha256 } from '../../sha256.ts';
import type { CallSetting } from '../call-engines.ts';
import { scopeToolsOf } from './scope-tools.ts';
import { useUpAll } from './used-approvals.ts';

/** A tool call that somebody has to approve. */
export interface CallToApprove {
  readonly tool: string;
  readonly input: unknown;
  /** The input, as `canonicalJson` writes it. */
  readonly text: string;
}

/** For clients without a key of their own: their approvals end with the process. */
const processMac = macOf(randomBytes(32));

const macOfRules = ({ rules }: CallSetting): Macs => rules.approvalMac ?? processMac;

const subjectOf = ({ scope }: CallSetting, { tool, text }: CallToApprove): ApprovalSubject => {
  const identity = identityOf(scope.caller);
  return {
    owner: identity === undefined ? '' : `${identity.kind}:${identity.id}`,
    tenant: scope.caller.tenant ?? '',
    tool,
    argumentsDigest: sha256(text),
  };
};

/** The refusal of a call that nobody has approved, with what it takes to do so. */
const approvalRequired = (setting: CallSetting, call: CallToApprove): BulwarkError => {
  const { scope, rules, engines } = setting;
  const expiresAt = Date.now() + APPROVAL_MS;
  const redactor = engines.redactor(scope, rules);
  const shown = redactor === undefined ? call.text : canonicalJson(redactor.redactJson(call.input).value);
  // Nobody is to approve what cannot be shown.
  if (shown === undefined) throw new TypeError('approval: the arguments cannot be shown');
  const approval: ToolApproval = {
    tool: call.tool,
    arguments: shown,
    token: sealApproval(macOfRules(setting), subjectOf(setting, call), randomUUID(), expiresAt),
    expiresAt: new Date(expiresAt).toISOString(),
  };
  scope.record.count('ToolApprovalsRequired');
  return new BulwarkError('tool_approval_required', { extra: { approval }, reason: 'approval' });
};

interface Approved {
  readonly call: CallToApprove;
  readonly token: string;
  readonly use: ApprovalUse;
}

/**
 * Lets calls of one reply pass, each with an approval of its own that the client brought. They are used up only where
 * all calls have one: else the client would have to ask for those again that it has.
 *
 * @throws BulwarkError `tool_approval_required` for the first call that has none, or one that was used before; what the
 * ledger throws where it cannot be told.
 */
export const demandApprovals = async (setting: CallSetting, calls: readonly CallToApprove[]): Promise<void> => {
  const { scope } = setting;
  const { tokens } = scopeToolsOf(scope);
  const mac = macOfRules(setting);
  const now = Date.now();
  const approved: Approved[] = [];
  for (const call of calls) {
    const subject = subjectOf(setting, call);
    const found = [...tokens].flatMap((token) => {
      const use = approved.some((other) => other.token === token) ? undefined : openApproval(mac, token, subject, now);
      return use === undefined ? [] : [{ call, token, use }];
    })[0];
    if (found === undefined) throw approvalRequired(setting, call);
    approved.push(found);
  }
  // Nothing is waited for before they are taken: another reply of this invocation might take them, too.
  for (const { token } of approved) tokens.delete(token);
  if (scope.monitor) return;
  const refused =
    approved[
      await useUpAll(
        scope,
        approved.map(({ use }) => use),
      )
    ];
  if (refused !== undefined) throw approvalRequired(setting, refused.call);
};
