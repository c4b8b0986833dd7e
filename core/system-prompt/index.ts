/**
 * What must not stand in a system prompt: whatever a model is told it may tell, and a system prompt is in the code, in
 * logs of deployments and in everybody's hands who may read the function's configuration.
 */

import { createRedactor } from '../redaction/index.ts';
import { namesAccount } from './account-ids.ts';

/** The kind of an AWS account id, beside the rules of credentials such as `private-key` and `connection-string`. */
export const ACCOUNT_ID = 'aws-account-id';

/**
 * Kinds of credentials, connection strings and account ids in a system prompt, each once: rules of the redactor's
 * `SECRET`, and {@link ACCOUNT_ID}.
 */
export const systemPromptSecrets = (text: string): readonly string[] => {
  // The default detectors: those that replies are redacted with, so that they are made ready once.
  const credentials = createRedactor()
    .detect(text)
    .flatMap(({ entity, rule = 'secret' }) => (entity === 'SECRET' ? [rule] : []));
  return [...new Set([...credentials, ...(namesAccount(text) ? [ACCOUNT_ID] : [])])];
};

/**
 * Refuses a system prompt that holds a credential, a connection string with its password, a private key or an AWS account
 * id.
 *
 * @throws TypeError that names their kinds, and no value.
 *
 * @example
 * checkSystemPrompt('You answer questions about pears.');
 */
export const checkSystemPrompt = (text: string): void => {
  const kinds = systemPromptSecrets(text);
  if (kinds.length > 0) throw new TypeError(`system prompt: holds what a model must not know: ${kinds.join(', ')}`);
};
