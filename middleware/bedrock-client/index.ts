import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { MiddlewareObj, Request } from '@middy/core';
import type { Context } from 'aws-lambda';
import { CLIENT_RULE_CHECKS, type ClientRules } from '../../aws/bedrock/client-rules.ts';
import { guardClient } from '../../aws/bedrock/guard-client.ts';
import { standInsOf } from '../../aws/bedrock/pseudonyms.ts';
import { approveIn } from '../../aws/bedrock/tools/scope-tools.ts';
import { runInScope } from '../../aws/invocation-scope.ts';
import { checkOptions, object } from '../../core/options.ts';
import { restoredText } from '../../core/pseudonyms/index.ts';
import type { HttpEvent } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';

/** Options of {@link bedrockClient}: the rules of the Bedrock edge, and the client to share. */
export interface BedrockClientOptions extends ClientRules {
  /** Guarded here and shared by all requests. Without it the handler brings clients of its own, guarded by itself. */
  readonly client?: BedrockRuntimeClient;
}

/** A Bedrock client that is bound to one request. */
export interface GuardedBedrock extends Pick<BedrockRuntimeClient, 'send'> {
  /**
   * A text of the model with the values of this request's stand-ins, for handlers that store or send it themselves: what
   * they answer with is restored on its way out. Without `pseudonymize`, the text itself.
   */
  restore(text: string): string;
  /**
   * Brings the tokens of tool calls that the client has approved: each lets the call pass once that it was made for. See
   * `docs/tools.md`.
   */
  approve(tokens: readonly string[]): void;
}

/** What the middleware adds to the Lambda context. */
export interface BedrockContext extends Context {
  bedrock: GuardedBedrock;
}

/**
 * Gives the handler `context.bedrock`, bound to this request's caller, reservation and deadline, and lays down the
 * rules for every guarded client that the handler uses.
 *
 * @throws TypeError at creation for an unknown or invalid option.
 */
export const bedrockClient = (
  options: BedrockClientOptions = {},
): MiddlewareObj<HttpEvent, unknown, Error, BedrockContext> => {
  checkOptions('bedrockClient', options, { ...CLIENT_RULE_CHECKS, client: object });
  const { client, ...rules } = options;
  const guarded = client === undefined ? undefined : guardClient(client);

  const bedrockClientBefore = (request: Request<HttpEvent, unknown, Error, BedrockContext>): void => {
    const scope = scopeOf(request);
    scope.clientRules = rules;
    if (guarded === undefined) return;
    const send = (...args: Parameters<GuardedBedrock['send']>): unknown =>
      runInScope(scope, () => guarded.send(...args));
    const restore = (text: string): string => restoredText(standInsOf(scope), text);
    const approve = (tokens: readonly string[]): void => approveIn(scope, tokens);
    request.context.bedrock = { send: send as GuardedBedrock['send'], restore, approve };
  };

  return { before: bedrockClientBefore };
};
