/** A probe tries to get something past the Bedrock edge: past a bare client it gets, past a guarded one it must not. */

import {
  type BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import type { ClientRules } from '../../../../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope } from '../../../../../aws/invocation-scope.ts';
import { isBulwarkError } from '../../../../../core/errors.ts';
import { createInjectionScreen } from '../../../../../core/injection/index.ts';
import { createRedactor } from '../../../../../core/redaction/index.ts';
import { type Answering, converseReply, fakeBedrock, type WireRequest } from '../../../../support/bedrock.ts';

/** Guards a client, or leaves it as it is. */
export type Guarding = <Client extends BedrockRuntimeClient>(client: Client, rules?: ClientRules) => Client;

/** Leaves a client as it is. */
export const bare: Guarding = (client) => client;

/** Made once: each client would make its own. */
const ENGINES = { screen: createInjectionScreen(), redactor: createRedactor() };

/** What became of it: `held`, `through`, or what else happened, in words. */
export type Outcome = 'held' | 'through' | `otherwise: ${string}`;

/** One way past the guard. */
export interface Probe {
  readonly name: string;
  readonly attempt: (guard: Guarding) => Promise<Outcome>;
}

/** A scope of its own for each probe. */
export const scope = (): InvocationScope => createScope({ requestId: 'probe' });

/** A client that is answered by `answer`, guarded or not, and what it sent. */
export const client = (
  guard: Guarding,
  rules?: ClientRules,
  answer: Answering = () => converseReply([{ text: 'A pear.' }]),
): { readonly bedrock: BedrockRuntimeClient; readonly requests: readonly WireRequest[] } => {
  const { client: plain, requests } = fakeBedrock(answer);
  return { bedrock: guard(plain, { ...ENGINES, ...rules }), requests };
};

/** A turn of the user. */
export const turn = (text: string): { role: 'user'; content: { text: string }[] } => ({
  role: 'user',
  content: [{ text }],
});

/** Whether `work` is refused with this code, and reason where one is given. What comes to its end is through. */
export const refusal = async (work: () => Promise<unknown>, code: string, reason?: string): Promise<Outcome> => {
  try {
    await work();
    return 'through';
  } catch (error) {
    if (isBulwarkError(error) && error.code === code && (reason === undefined || error.reason === reason))
      return 'held';
    const said = isBulwarkError(error) ? `${error.code} ${error.reason}` : String(error);
    return `otherwise: ${said}`;
  }
};

/** Whether `work` gives nothing that shows `secret`, and comes to its end. */
export const unseen = async (work: () => Promise<unknown>, secret: string): Promise<Outcome> => {
  try {
    return JSON.stringify(await work()).includes(secret) ? 'through' : 'held';
  } catch (error) {
    return `otherwise: ${isBulwarkError(error) ? `${error.code} ${error.reason}` : String(error)}`;
  }
};

/** A Converse call within an invocation. */
export const converse = (bedrock: BedrockRuntimeClient, input: object, within = scope()): Promise<unknown> =>
  runInScope(within, () =>
    bedrock.send(new ConverseCommand({ modelId: 'm', messages: [turn('Hi')], ...input } as never)),
  );

/** A ConverseStream call, read to its end. */
export const converseStream = async (
  bedrock: BedrockRuntimeClient,
  input: object = {},
  within = scope(),
): Promise<readonly unknown[]> => {
  const command = new ConverseStreamCommand({ modelId: 'm', messages: [turn('Hi')], ...input } as never);
  const { stream } = await runInScope(within, () => bedrock.send(command));
  const events: unknown[] = [];
  for await (const event of stream ?? []) events.push(event);
  return events;
};

/** An InvokeModel call within an invocation: what its body says. */
export const invoke = async (
  bedrock: BedrockRuntimeClient,
  modelId: string,
  body: unknown,
  more: object = {},
  within = scope(),
): Promise<string> => {
  const command = new InvokeModelCommand({ modelId, body: bodyOf(body), ...more });
  const { body: said } = await runInScope(within, () => bedrock.send(command));
  return Buffer.from(said).toString();
};

/** An InvokeModelWithResponseStream call, read to its end: what its chunks say. */
export const invokeStream = async (
  bedrock: BedrockRuntimeClient,
  modelId: string,
  body: unknown,
  within = scope(),
): Promise<readonly string[]> => {
  const command = new InvokeModelWithResponseStreamCommand({ modelId, body: bodyOf(body) });
  const { body: parts } = await runInScope(within, () => bedrock.send(command));
  const chunks: string[] = [];
  for await (const { chunk } of parts ?? []) chunks.push(Buffer.from(chunk?.bytes ?? []).toString());
  return chunks;
};

const bodyOf = (body: unknown): string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);

/** A probe whose Converse call must be refused before anything is sent. */
export const refused = (name: string, input: object, code: string, reason?: string, rules?: ClientRules): Probe => ({
  name,
  attempt: async (guard) => {
    const { bedrock, requests } = client(guard, rules);
    const outcome = await refusal(() => converse(bedrock, input), code, reason);
    return outcome === 'held' && requests.length > 0 ? 'otherwise: it was sent' : outcome;
  },
});
