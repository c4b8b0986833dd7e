/** A DynamoDB client that counts what it does, in the same way for everybody who is measured. */

import { type AttributeValue, ConditionalCheckFailedException, DynamoDB } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** More connections than the widest burst, so that no request waits for one. */
const MAX_SOCKETS = 512;

/** What a client did: HTTP requests with their retries, capacity units, and bytes of bodies in both directions. */
export interface Consumption {
  readonly calls: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly bytes: number;
}

/** A client and its counts. */
export interface MeteredClient {
  readonly client: DynamoDB;
  /** What was counted since it was last asked. */
  take(): Consumption;
}

const NOTHING: Consumption = { calls: 0, writeUnits: 0, readUnits: 0, bytes: 0 };

/** Bytes of an item as DynamoDB counts them: names, text, and about a byte for two digits. */
export const sizeOf = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce(
    (sum, [name, { S = '', N }]) => sum + name.length + S.length + (N === undefined ? 0 : N.length / 2 + 1),
    0,
  );

/** Handles requests as the SDK does, and tells their bytes and those of the replies. */
class CountingHandler extends NodeHttpHandler {
  readonly #count: (bytes: number) => void;

  constructor(count: (bytes: number) => void) {
    super({ httpAgent: { maxSockets: MAX_SOCKETS } });
    this.#count = count;
  }

  override async handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    const answer = await super.handle(request, options);
    this.#count(Buffer.byteLength(request.body) + Number(answer.response.headers['content-length']));
    return answer;
  }
}

/** A client of the emulator at `endpoint`. DynamoDB is asked for the capacity units of every command. */
export const createMeteredClient = (endpoint: string): MeteredClient => {
  let counted = NOTHING;
  const add = (more: Partial<Consumption>): void => {
    counted = {
      calls: counted.calls + (more.calls ?? 0),
      writeUnits: counted.writeUnits + (more.writeUnits ?? 0),
      readUnits: counted.readUnits + (more.readUnits ?? 0),
      bytes: counted.bytes + (more.bytes ?? 0),
    };
  };
  const client = new DynamoDB({
    endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: new CountingHandler((bytes) => add({ calls: 1, bytes })),
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const unit = commandName === 'GetItemCommand' ? 'readUnits' : 'writeUnits';
        try {
          const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
          const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
          add({ [unit]: ConsumedCapacity?.CapacityUnits ?? 0 });
          return answer;
        } catch (error) {
          // A write whose condition fails costs as much as the item that is there, and does not say so.
          if (error instanceof ConditionalCheckFailedException)
            add({ writeUnits: Math.max(1, Math.ceil(sizeOf(error.Item ?? {}) / 1024)) });
          throw error;
        }
      },
    { step: 'initialize', name: 'meter' },
  );
  return {
    client,
    take() {
      const taken = counted;
      counted = NOTHING;
      return taken;
    },
  };
};
