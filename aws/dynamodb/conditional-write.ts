/** One conditional UpdateItem, and what the item was when the condition failed. */

import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { UpdateExpression } from './quota-expressions.ts';
import type { QuotaItem } from './quota-item.ts';

/** How a write ended. */
export interface WriteOutcome {
  /** Whether the condition held and the item was written. */
  readonly done: boolean;
  /** The item after the write, or as it was where the condition failed. */
  readonly item: QuotaItem;
}

/** Writes and reads items of the quota table. */
export interface ConditionalWriter {
  write(key: string, expression: UpdateExpression): Promise<WriteOutcome>;
  read(key: string): Promise<QuotaItem>;
}

/** A writer to `table`. Errors other than a failed condition pass as they are. */
export const createConditionalWriter = (client: DynamoDBClient, table: string): ConditionalWriter => {
  const read = async (key: string): Promise<QuotaItem> => {
    const { Item = {} } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return Item;
  };
  return {
    read,
    async write(key, expression) {
      try {
        const { Attributes = {} } = await client.send(
          new UpdateItemCommand({
            ...expression,
            TableName: table,
            Key: { pk: { S: key } },
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { done: true, item: Attributes };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        // A backend that does not return the old item (dynalite) is asked for it.
        return { done: false, item: error.Item ?? (await read(key)) };
      }
    },
  };
};
