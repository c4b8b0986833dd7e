/** A guarded handler whose keys and system prompt come from Secrets Manager, and rotate while it runs. */

import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import { assertCredentials } from '../aws/bedrock/credentials/environment.ts';
import { createSecretStore, type SecretIds, type Secrets, type SecretsFailure } from '../aws/secrets/index.ts';
import { createRequestRecord, createTelemetry, quietly, type Telemetry } from '../aws/telemetry/index.ts';
import { BulwarkError, isBulwarkError } from '../core/errors.ts';
import { callable, checkOptions, flag, integer, object, oneOf, text } from '../core/options.ts';
import { guardHandler } from './guard-handler.ts';
import type { ResponseStream, StreamHandler } from './stream-handler.ts';

export type { SecretIds, Secrets } from '../aws/secrets/index.ts';

/** Options of {@link withSecrets}. */
export interface WithSecretsOptions extends SecretIds {
  /** How long secrets are used before they are fetched again, in seconds. @default 300 */
  readonly maxAgeSeconds?: number;
  /** The handlers that are made stream: `awslambda.streamifyResponse`, or a policy with `stream`. @default false */
  readonly stream?: boolean;
  /** Mode of the policy: in monitor mode a cold start refuses no credentials, and `guardHandler` warns of them. @default 'enforce' */
  readonly mode?: 'enforce' | 'monitor';
  /** @default one of its own */
  readonly client?: SecretsManagerClient;
  /** @default Powertools, as in `guardHandler` */
  readonly telemetry?: Telemetry;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A handler that Lambda calls with an event, and that returns its answer. */
export type ReturningHandler<Event, Result> = (event: Event, context: Context) => Promise<Result>;

/** Makes the handler for a set of secrets. It is called again when they have changed. */
export interface WithSecrets {
  <Event>(
    options: WithSecretsOptions & { readonly stream: true },
    make: (secrets: Secrets) => StreamHandler<Event>,
  ): StreamHandler<Event>;
  <Event, Result>(
    options: WithSecretsOptions & { readonly stream?: false },
    make: (secrets: Secrets) => ReturningHandler<Event, Result>,
  ): ReturningHandler<Event, Result>;
}

type AnyHandler = (event: unknown, ...more: readonly unknown[]) => Promise<unknown>;

const CHECKS = {
  digest: text(),
  mac: text(),
  systemPrompt: text(),
  maxAgeSeconds: integer(1),
  stream: flag,
  mode: oneOf('enforce', 'monitor'),
  client: object,
  telemetry: object,
  now: callable,
};

/** Answers as the chain answers any refusal, in the shape of the front door; a source that expects none gets it thrown. */
const createUnavailableHandler = (stream: boolean, telemetry: Telemetry): AnyHandler =>
  guardHandler(
    async () => {
      throw new BulwarkError('control_unavailable', { reason: 'secrets', headers: { 'retry-after': '5' } });
    },
    { injection: false, redaction: false, ...(stream && { stream: {} }) },
    { telemetry },
  ) as AnyHandler;

/** What cannot be answered need not be read: of an event with a body, a bad one would be complained of first. */
const withoutBody = (event: unknown): unknown =>
  typeof event === 'object' && event !== null && 'body' in event ? { ...event, body: null } : event;

/**
 * A Lambda handler that fetches its secrets with the first event, makes the guarded handler of them, and keeps it until
 * they change. Requests that are under way when they change end with the handler that they began with. See
 * `docs/secrets.md` for how keys rotate.
 *
 * While there are no secrets, an HTTP request is answered with `control_unavailable` (503), any other event fails with it,
 * and the next one has them fetched again. What `make` throws of the first secrets is thrown.
 *
 * @throws TypeError at cold start for an unknown or invalid option, and for credentials that a function must not have.
 *
 * @example
 * export const handler = withSecrets({ digest: 'bulwark/digest', mac: 'bulwark/mac' }, ({ digest, mac }) =>
 *   guardHandler(existing, { keys: { digest, mac } }),
 * );
 */
export const withSecrets: WithSecrets = (<Handler extends AnyHandler>(
  options: WithSecretsOptions,
  make: (secrets: Secrets) => Handler,
): unknown => {
  checkOptions('withSecrets', options, CHECKS);
  const { stream = false, mode = 'enforce', telemetry: given, ...more } = options;
  if (mode === 'enforce') assertCredentials('withSecrets', process.env);
  const telemetry = given ?? createTelemetry();
  const store = createSecretStore({ ...more, make });
  let unavailable: AnyHandler | undefined;

  const warn = (failure: SecretsFailure, requestId: string): void => {
    const record = createRequestRecord();
    record.count('ControlFailures');
    quietly(() => telemetry.warn('secrets', { ...failure }));
    quietly(() => telemetry.publish(record, requestId));
  };

  const invoke = async (event: unknown, ...rest: readonly unknown[]): Promise<unknown> => {
    const { awsRequestId } = rest.at(-1) as Context;
    let handler: Handler;
    try {
      handler = await store.current((failure) => warn(failure, awsRequestId));
    } catch (error) {
      if (!isBulwarkError(error)) throw error;
      unavailable ??= createUnavailableHandler(stream, telemetry);
      return unavailable(withoutBody(event), ...rest);
    }
    return handler(event, ...rest);
  };
  if (!stream) return (event: unknown, context: Context) => invoke(event, context);
  const { streamifyResponse } = awslambda;
  return streamifyResponse(async (event: unknown, responseStream: unknown, context: Context) => {
    await invoke(event, responseStream as ResponseStream, context);
  });
}) as WithSecrets;
