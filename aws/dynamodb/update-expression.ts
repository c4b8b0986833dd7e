/** Updates of the ledger in DynamoDB's words: no I/O. */

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Condition, ItemUpdate } from '../../core/quota/ledger/item-store.ts';

/** The expression part of an UpdateItem. */
export interface UpdateExpression {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

const attributeValue = (value: number | string): AttributeValue =>
  typeof value === 'number' ? { N: String(value) } : { S: value };

/** The UpdateItem that does `update`. Every attribute name and value gets a placeholder; equal ones share it. */
export const updateExpression = (update: ItemUpdate): UpdateExpression => {
  const names = new Map<string, string>();
  const values = new Map<number | string, string>();
  const name = (attribute: string): string => {
    const placeholder = names.get(attribute) ?? `#${names.size}`;
    names.set(attribute, placeholder);
    return placeholder;
  };
  const value = (content: number | string): string => {
    const placeholder = values.get(content) ?? `:${values.size}`;
    values.set(content, placeholder);
    return placeholder;
  };
  const condition = (part: Condition): string => {
    if ('absent' in part) return `attribute_not_exists(${name(part.absent)})`;
    if ('equals' in part) return `${name(part.equals)} = ${value(part.text)}`;
    const within = `${name(part.atMost)} <= ${value(part.number)}`;
    return part.number < 0 ? within : `(attribute_not_exists(${name(part.atMost)}) OR ${within})`;
  };
  const conditions = update.conditions.map(condition).join(' AND ');
  const clauses = {
    SET: Object.entries(update.set).map(([attribute, content]) => `${name(attribute)} = ${value(content)}`),
    ADD: Object.entries(update.add).map(([attribute, amount]) => `${name(attribute)} ${value(amount)}`),
    REMOVE: update.remove.map(name),
  };
  return {
    UpdateExpression: Object.entries(clauses)
      .filter(([, parts]) => parts.length > 0)
      .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
      .join(' '),
    ConditionExpression: conditions,
    ExpressionAttributeNames: Object.fromEntries(
      [...names].map(([attribute, placeholder]) => [placeholder, attribute]),
    ),
    ExpressionAttributeValues: Object.fromEntries(
      [...values].map(([content, placeholder]) => [placeholder, attributeValue(content)]),
    ),
  };
};
