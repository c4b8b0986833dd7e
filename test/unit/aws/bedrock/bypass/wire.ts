/** Between the checks and the wire: what middlewares, and copies of a client, do to a call that has passed. */

import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { runInScope } from '../../../../../aws/invocation-scope.ts';
import { client, converse, type Probe, refusal, scope, turn } from './probe.ts';

interface Request {
  path: string;
  method: string;
  hostname: string;
  port: number;
  protocol: string;
  query: object;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

type Next = (args: never) => Promise<unknown>;

/** A middleware of the command at the step right before the wire. */
const meddled = (
  name: string,
  meddle: (request: Request, goOn: () => Promise<unknown>) => unknown,
  reason = 'changed-after-checks',
  command: () => ConverseCommand = () => new ConverseCommand({ modelId: 'm', messages: [turn('Hi')] }),
): Probe => ({
  name,
  attempt: (guard) => {
    const { bedrock } = client(guard);
    const own = command();
    own.middlewareStack.add(
      ((next: Next) => async (args: { request: Request }) => {
        await meddle(args.request, () => next(args as never));
        return next(args as never);
      }) as never,
      { step: 'finalizeRequest', priority: 'low', name: 'meddle' } as never,
    );
    return refusal(() => runInScope(scope(), () => bedrock.send(own)), 'internal', reason);
  },
});

/** Of a role. */
const CREDENTIAL = 'Credential=ASIATEST/20260101/eu-central-1/bedrock/aws4_request';

/** Another header in place of the signature. */
const signed = (name: string, authorization: string): Probe =>
  meddled(
    name,
    ({ headers }) => {
      headers['authorization'] = authorization;
    },
    'not-sigv4',
  );

const bytes = (): ConverseCommand =>
  new InvokeModelCommand({
    modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
    body: JSON.stringify({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    }),
  }) as never;

/** By what is changed. */
export const WIRE: readonly Probe[] = [
  meddled('another method', (request) => {
    request.method = 'PUT';
  }),
  meddled('another host', (request) => {
    request.hostname = 'evil.test';
  }),
  meddled('another port', (request) => {
    request.port = 8443;
  }),
  meddled('another path', (request) => {
    request.path = '/model/other/converse';
  }),
  meddled('a query', (request) => {
    request.query = { trace: 'enabled' };
  }),
  meddled('a header that is a parameter', ({ headers }) => {
    headers['x-amzn-bedrock-service-tier'] = 'priority';
  }),
  meddled(
    'bytes of a body that are written into',
    ({ body }) => {
      if (body instanceof Uint8Array) body[body.length - 1] = 0x20;
    },
    'changed-after-checks',
    bytes,
  ),
  meddled('a request that is sent twice', (_, goOn) => goOn()),
  meddled(
    'a second signature',
    ({ headers }) => {
      headers['Authorization'] = `AWS4-HMAC-SHA256 ${CREDENTIAL}, Signature=x`;
    },
    'not-sigv4',
  ),
  signed('a signature of another kind', `Bearer key, ${CREDENTIAL}`),
  signed('a signature without a credential', 'AWS4-HMAC-SHA256 SignedHeaders=host'),
  {
    name: 'a client with the handler of a guarded one',
    attempt: (guard) => {
      const { bedrock } = client(guard);
      const { credentials, requestHandler } = bedrock.config;
      const copy = new BedrockRuntimeClient({ region: 'eu-central-1', credentials, requestHandler });
      return refusal(() => converse(copy, {}), 'internal', 'unguarded');
    },
  },
];
