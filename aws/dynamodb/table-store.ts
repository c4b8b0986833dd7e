/** The ledger's items in a DynamoDB table: each write is one conditional UpdateItem. */

import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { ItemStore, QuotaItem, StoreFailure, StoreRequest } from '../../core/quota/ledger/item-store.ts';
import { updateExpression } from './update-expression.ts';

/** Name of the table's only key. */
export const KEY_ATTRIBUTE = 'pk';

/** How long somebody in a hurry waits for the table, in milliseconds. */
const HURRY_MS = 1000;

/** What is used here of a command: a hook that runs around each attempt of the SDK. */
interface Hooked {
  readonly middlewareStack: {
    add(hook: (next: (args: never) => Promise<never>) => (args: never) => Promise<never>, options: object): void;
  };
}

/**
 * Sends a command. Whoever is in a hurry gets what the table said last, where it was still being asked again when the time
 * was over: that it has no capacity for an item is another thing than that it is out of reach.
 */
const inTime = async <Output>(
  command: Hooked,
  { hurry = false }: StoreRequest = {},
  send: (options: { readonly abortSignal?: AbortSignal }) => Promise<Output>,
): Promise<Output> => {
  if (!hurry) return send({});
  let refusal: unknown;
  const noteRefusal =
    (next: (args: never) => Promise<never>) =>
    async (args: never): Promise<never> => {
      refusal = undefined;
      try {
        return await next(args);
      } catch (error) {
        refusal = error;
        throw error;
      }
    };
  command.middlewareStack.add(noteRefusal, { step: 'finalizeRequest', priority: 'low', name: 'note-refusal' });
  const abortSignal = AbortSignal.timeout(HURRY_MS);
  try {
    return await send({ abortSignal });
  } catch (error) {
    throw abortSignal.aborted && failureOf(refusal) === 'throttled' ? refusal : error;
  }
};

/** An item without its key, in terms of the core: DynamoDB writes numbers as text. */
const itemOf = (attributes: Readonly<Record<string, AttributeValue>> = {}): QuotaItem =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name !== KEY_ATTRIBUTE)
      .map(([name, { N, S }]) => [name, N === undefined ? (S ?? '') : Number(N)]),
  );

/** Refusals for want of capacity: of a table, an item, or the account. */
const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
]);

interface ServiceError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** A refusal with a status 4xx says that the request is wrong, or that it may not be made: waiting does not help. */
const failureOf = (error: unknown): StoreFailure => {
  const { name = '', $metadata: { httpStatusCode = 0 } = {} } = (error ?? {}) as ServiceError;
  if (THROTTLED.has(name)) return 'throttled';
  return httpStatusCode >= 400 && httpStatusCode < 500 ? 'invalid' : 'unreachable';
};

/** The kind of principal in a key such as `u#user#v1.…`. */
const kindIn = (key: string): string => key.split('#', 2)[1] ?? '';

/**
 * The items of a table as `quotaTable` declares it. Errors other than a failed condition pass as they are.
 *
 * @param tables Other tables, by kind of principal.
 */
export const createTableStore = (
  client: DynamoDBClient,
  table: string,
  tables: Readonly<Record<string, string>> = {},
): ItemStore => {
  const place = (key: string) => ({
    TableName: tables[kindIn(key)] ?? table,
    Key: { [KEY_ATTRIBUTE]: { S: key } },
  });
  const read: ItemStore['read'] = async (key, request) => {
    const command = new GetItemCommand({ ...place(key), ConsistentRead: true });
    const { Item } = await inTime(command as never, request, (options) => client.send(command, options));
    return itemOf(Item);
  };
  return {
    read,
    placeOf: (key) => place(key).TableName,
    failureOf,
    async write(key, update, request) {
      const command = new UpdateItemCommand({
        ...updateExpression(update),
        ...place(key),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      try {
        const sent = inTime(command as never, request, (options) => client.send(command, options));
        const { Attributes } = await sent;
        return { done: true, item: itemOf(Attributes) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // A backend that does not return the old item (dynalite) is asked for it.
        return { done: false, item: error.Item === undefined ? await read(key, request) : itemOf(error.Item) };
      }
    },
  };
};
