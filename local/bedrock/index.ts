/** A Bedrock Runtime server on loopback: the real wire, a model that is weak on purpose, and faults on demand. */

import { listen } from './connection.ts';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { createHolder, type Hold } from './hold.ts';
import { createRequestLog, type ReceivedRequest } from './request-log.ts';
import { createService } from './service.ts';

export { CUTS, type Cut, type Fault } from './faults.ts';
export { answer } from './model/answer.ts';
export type { ReceivedRequest } from './request-log.ts';

/** Options of {@link startLocalBedrock}. */
export interface LocalBedrockOptions {
  /** @default 0: a free one */
  readonly port?: number;
  /** Secret access keys by access key id: requests must be signed with one of them. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** A running server. */
export interface LocalBedrock {
  readonly url: string;
  readonly port: number;
  /** The last requests, oldest first. */
  readonly requests: readonly ReceivedRequest[];
  /** Tokens that were really read and written, whoever got them: what an account would be billed. */
  billedTokens(): number;
  readonly faults: FaultPlan;
  /** Holds every answer back until it is released. */
  hold(): Hold;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts a server. `close` leaves no socket and no timer. */
export const startLocalBedrock = async ({ port = 0, credentials }: LocalBedrockOptions): Promise<LocalBedrock> => {
  const log = createRequestLog();
  const faults = createFaultPlan();
  const holder = createHolder();
  const service = createService({ credentials, log, faults, held: holder.pass });
  const listener = await listen(HOST, port, (request, response) => void service(request, response));
  return {
    url: `http://${HOST}:${listener.port}`,
    port: listener.port,
    requests: log.requests,
    billedTokens: log.billedTokens,
    faults,
    hold: holder.hold,
    close: async () => {
      holder.releaseAll();
      await listener.close();
    },
  };
};
