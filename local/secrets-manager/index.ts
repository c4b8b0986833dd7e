/**
 * Secrets Manager on loopback, as far as functions ask it: `GetSecretValue` over the real wire (AWS JSON 1.1), signatures
 * checked, rotation and faults on demand. Source: Secrets Manager API reference, "GetSecretValue".
 */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BedrockError } from '../bedrock/errors.ts';
import { verifySignature } from '../bedrock/sigv4.ts';
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

const HOST = '127.0.0.1';
const TARGET = 'secretsmanager.GetSecretValue';
const ARN = /^arn:aws:secretsmanager:[a-z\d-]{1,32}:\d{12}:secret:(?<name>.{1,512})-[A-Za-z\d]{6}$/; // …:secret:mac-AbCdEf

const MEDIA_TYPE = 'application/x-amz-json-1.1';

const reply = (response: http.ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': MEDIA_TYPE }).end(JSON.stringify(body));
};

const FAULTS = {
  throttle: { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } },
  error: { status: 500, body: { __type: 'InternalServiceError', Message: 'An error occurred on the server side.' } },
} as const;

/** Starts a server. */
export const startLocalSecretsManager = async (options: LocalSecretsOptions): Promise<LocalSecretsManager> => {
  const { credentials, port = 0, now = Date.now } = options;
  const versions = new Map(Object.entries(options.secrets).map(([name, value]) => [name, createVersions(value, now)]));
  const requests: [string, string][] = [];
  let fault: SecretsFault | undefined;

  const secret = (name: string): SecretVersions => {
    const known = versions.get(name);
    if (known === undefined) throw new Error(`no secret is named ${name}`);
    return known;
  };
  const arnOf = (name: string): string => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-LoCaL1`;

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    try {
      verifySignature(
        { method, url, headers, body },
        { service: 'secretsmanager', credentials, allowBearer: false, now },
      );
    } catch (error) {
      const { type, message } = error as BedrockError;
      return reply(response, 400, { __type: type, message });
    }
    if (headers['x-amz-target'] !== TARGET) return reply(response, 400, { __type: 'UnknownOperationException' });
    const { SecretId = '', VersionStage = 'AWSCURRENT' } = JSON.parse(String(body)) as Record<string, string>;
    const name = ARN.exec(SecretId)?.groups?.['name'] ?? SecretId;
    requests.push([name, VersionStage]);
    const struck = fault;
    if (struck?.kind === 'slow') await sleep(struck.ms);
    else if (struck?.kind === 'reset') return void request.socket.destroy();
    else if (struck !== undefined) return reply(response, FAULTS[struck.kind].status, FAULTS[struck.kind].body);
    const known = versions.get(name);
    const version = known?.of(VersionStage);
    if (known === undefined || version === undefined)
      return reply(response, 400, {
        __type: 'ResourceNotFoundException',
        Message: `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
      });
    reply(response, 200, {
      ARN: arnOf(name),
      Name: name,
      VersionId: version.versionId,
      SecretString: version.value,
      VersionStages: known.stagesOf(version),
      CreatedDate: version.createdAt / 1000,
    });
  };

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, HOST, resolve));
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    requests,
    arnOf,
    secret,
    fail: (next) => {
      fault = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
