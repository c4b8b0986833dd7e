/** The clients that are compared, each with a Bedrock of its own that fails by the same dice. */

import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { type ClientRules, guardClient } from '../../../aws/bedrock/index.ts';
import {
  type FaultKind,
  type LocalBedrock,
  type ReceivedRequest,
  startLocalBedrock,
} from '../../../local/bedrock/index.ts';
import { createRandom } from '../../support/quota-simulation/random.ts';

/** The model that is asked, and the one that may be asked in its place. */
export const MODEL = 'amazon.nova-lite-v1:0';
/** {@link MODEL}'s fallback: half its price. */
export const OTHER_MODEL = 'amazon.nova-micro-v1:0';

const SEED = 7;
const LATENCY_MS = 10;
/** What both clients wait for an answer: the SDK's own default is for ever. */
const REQUEST_TIMEOUT_MS = 1000;

/** Somebody who asks a model. */
export interface Contender {
  readonly name: string;
  /** Rules of the guard; none for the SDK's client alone. */
  readonly rules: ClientRules | undefined;
}

/** The SDK's client as it comes, and the guarded one with the kit's defaults. */
export const CONTENDERS: readonly Contender[] = [
  { name: 'SDK alone (standard mode, 3 attempts)', rules: undefined },
  { name: 'guarded', rules: {} },
];

/** A contender at work. */
export interface Setting {
  readonly bedrock: LocalBedrock;
  /** Every attempt that arrived. */
  readonly attempts: readonly ReceivedRequest[];
  /** One call, by one of the clients. @returns Whether it was answered. */
  ask(client: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Calls of each client before anything fails: connections are made and code is compiled. */
const WARM_UP = 5;

const createClient = ({ url, credentials }: LocalBedrock, { rules }: Contender): BedrockRuntimeClient => {
  const client = new BedrockRuntimeClient({
    endpoint: url,
    region: 'eu-central-1',
    credentials,
    requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS },
  });
  return rules === undefined ? client : guardClient(client, { unscoped: 'engines', ...rules });
};

/** Starts one with so many clients, each as a function's process has it. Nothing fails yet. */
export const startContender = async (contender: Contender, clientCount: number): Promise<Setting> => {
  const bedrock = await startLocalBedrock({ latencyMs: LATENCY_MS, random: createRandom(SEED).next });
  const clients = Array.from({ length: clientCount }, () => createClient(bedrock, contender));
  const messages = [{ role: 'user' as const, content: [{ text: 'Write 30 words about the orchard.' }] }];
  const ask = async (client: number): Promise<boolean> => {
    const command = new ConverseCommand({ modelId: MODEL, messages, inferenceConfig: { maxTokens: 200 } });
    try {
      return (await clients[client % clientCount]?.send(command))?.stopReason !== undefined;
    } catch {
      return false;
    }
  };
  for (let call = 0; call < WARM_UP * clientCount; call++) await ask(call);
  const attempts: ReceivedRequest[] = [];
  bedrock.faults.add({
    kind: 'delay',
    ms: 0,
    times: Number.POSITIVE_INFINITY,
    when: (request) => {
      attempts.push(request);
      return false;
    },
  });
  return {
    bedrock,
    attempts,
    ask,
    close: async () => {
      for (const client of clients) client.destroy();
      await bedrock.close();
    },
  };
};

/** Lets every attempt at {@link MODEL} meet `fault`, or a share of them. */
export const strike = (
  { bedrock }: Setting,
  fault: FaultKind,
  probability = 1,
  when: () => boolean = () => true,
): void => bedrock.faults.add({ ...fault, modelId: MODEL, probability, times: Number.POSITIVE_INFINITY, when });
