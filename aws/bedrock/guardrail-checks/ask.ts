/** One call about one piece, by the operation of the options. */

import { oneAttempt } from '../guardrails/one-attempt.ts';
import { type Confidence, guardrailRequest, readGuardrail } from './apply-guardrail.ts';
import { checksRequest, readChecks } from './invoke-guardrail-checks.ts';
import type { Ask } from './judge-text.ts';
import type { GuardrailChecksOptions } from './options.ts';

const askChecks = ({ client, threshold = 0.6 }: GuardrailChecksOptions): Ask => {
  return async (text, abortSignal) => {
    // Loaded when it is first needed: whoever imports a middleware alone does without the SDK.
    const { InvokeGuardrailChecksCommand } = await import('../guardrails/commands.ts');
    const command = oneAttempt(new InvokeGuardrailChecksCommand(checksRequest(text)));
    return readChecks(await client.send(command, { abortSignal }), threshold as number);
  };
};

const askGuardrail = (options: GuardrailChecksOptions): Ask => {
  const { client, guardrailIdentifier = '', guardrailVersion = 'DRAFT', threshold = 'LOW' } = options;
  const guardrail = { guardrailIdentifier, guardrailVersion };
  return async (text, abortSignal) => {
    const { ApplyGuardrailCommand } = await import('../guardrails/commands.ts');
    const command = oneAttempt(new ApplyGuardrailCommand(guardrailRequest(guardrail, text)));
    return readGuardrail(await client.send(command, { abortSignal }), threshold as Confidence);
  };
};

/** Asks through the client of checked options. */
export const createAsk = (options: GuardrailChecksOptions): Ask =>
  options.operation === 'ApplyGuardrail' ? askGuardrail(options) : askChecks(options);
