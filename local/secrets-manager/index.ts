/**
 * Secrets Manager on loopback, as far as functions ask it: `GetSecretValue` over the real wire (AWS JSON 1.1), signatures
 * checked, rotation and faults on demand. Source: Secrets Manager API reference, "GetSecretValue".
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsJsonAnswer, startAwsJson } from '../aws-json.ts';
import { createVersions, type SecretVersions } from './versions.ts';

export type { SecretVersions, Stage } from './versions.ts';

/** What the next requests meet in place of an answer, or on their way to it. */
export type SecretsFault =
  | { readonly kind: 'throttle' }
  | { readonly kind: 'error' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'slow'; readonly ms: number };

/** Options of {@link startLocalSecretsManager}. */
export interface LocalSecretsOptions {
  /** First versions of secrets, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Secret access keys by access key id: requests must be signed with one of them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** @default 0: a free one */
  readonly port?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A running server. */
export interface LocalSecretsManager {
  /** For `AWS_ENDPOINT_URL_SECRETS_MANAGER`. */
  readonly url: string;
  /** Name and stage of what was asked for, oldest first. */
  readonly requests: readonly (readonly [name: string, stage: string])[];
  arnOf(name: string): string;
  /** The versions of a secret. */
  secret(name: string): SecretVersions;
  /** Sets what every request meets from now on; nothing by default. */
  fail(fault?: SecretsFault): void;
  close(): Promise<void>;
}

const TARGET = 'secretsmanager.GetSecretValue';
const ARN = /^arn:aws:secretsmanager:[a-z\d-]{1,32}:\d{12}:secret:(?<name>.{1,512})-[A-Za-z\d]{6}$/; // …:secret:mac-AbCdEf

const FAULTS = {
  throttle: { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } },
  error: { status: 500, body: { __type: 'InternalServiceError', Message: 'An error occurred on the server side.' } },
  reset: 'reset',
} as const;

/** Starts a server. */
export const startLocalSecretsManager = async (options: LocalSecretsOptions): Promise<LocalSecretsManager> => {
  const { credentials, port, now = Date.now } = options;
  const versions = new Map(Object.entries(options.secrets).map(([name, value]) => [name, createVersions(value, now)]));
  const requests: [string, string][] = [];
  let fault: SecretsFault | undefined;

  const secret = (name: string): SecretVersions => {
    const known = versions.get(name);
    if (known === undefined) throw new Error(`no secret is named ${name}`);
    return known;
  };
  const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-LoCaL1`;

  const answer = async (operation: string, input: Readonly<Record<string, unknown>>): Promise<AwsJsonAnswer> => {
    if (operation !== TARGET) return { status: 400, body: { __type: 'UnknownOperationException' } };
    const { SecretId = '', VersionStage = 'AWSCURRENT' } = input as Readonly<Record<string, string>>;
    const name = ARN.exec(SecretId)?.groups?.['name'] ?? SecretId;
    requests.push([name, VersionStage]);
    const struck = fault;
    if (struck?.kind === 'slow') await sleep(struck.ms);
    else if (struck !== undefined) return FAULTS[struck.kind];
    const known = versions.get(name);
    const version = known?.of(VersionStage);
    if (known === undefined || version === undefined)
      return {
        status: 400,
        body: {
          __type: 'ResourceNotFoundException',
          Message: `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
        },
      };
    return {
      status: 200,
      body: {
        ARN: arnOf(name),
        Name: name,
        VersionId: version.versionId,
        SecretString: version.value,
        VersionStages: known.stagesOf(version),
        CreatedDate: version.createdAt / 1000,
      },
    };
  };

  const { url, close } = await startAwsJson({ service: 'secretsmanager', credentials, port, now }, answer);
  return {
    url,
    requests,
    arnOf,
    secret,
    fail: (next) => {
      fault = next;
    },
    close,
  };
};
