/** The tools of the demo agent: what runs, and the rules that the policy has for them. */

import * as v from 'valibot';
import type { ToolRules } from '../../core/tools/index.ts';
import type { RunnableTool, ToolContext } from '../../middleware/index.ts';
import { type Orders, ordersOf } from './orders.ts';

/** Arguments of both tools. */
const OrderArguments = v.strictObject({ orderId: v.pipe(v.string(), v.regex(/^[A-Z]-\d{1,8}$/)) }); // A-1001

/** The same as the model reads it. */
const inputSchema = {
  json: {
    type: 'object',
    properties: { orderId: { type: 'string', description: 'The number of the order, such as A-1001.' } },
    required: ['orderId'],
    additionalProperties: false,
  },
};

/** Runs `work` on the order that the model names, among those of the caller. What no order is named by is no order. */
const onOrder =
  <Result>(work: (orders: Orders, orderId: string) => Result | undefined) =>
  (args: unknown, { caller = {} }: ToolContext): Result | string =>
    work(ordersOf(caller), v.parse(OrderArguments, args).orderId) ?? 'There is no such order.';

/** The tools by name. */
export const tools: Readonly<Record<string, RunnableTool>> = {
  look_up_order: {
    spec: { description: 'Tells the status, the items and the note of an order of the customer.', inputSchema },
    run: onOrder((orders, orderId) => orders.find(orderId)),
  },
  cancel_order: {
    spec: { description: 'Cancels an order of the customer for good.', inputSchema },
    run: onOrder((orders, orderId) => orders.cancel(orderId)),
  },
};

/** Whoever may ask may look; what cannot be undone waits for the caller's own word. */
export const TOOL_RULES: Readonly<Record<string, ToolRules>> = {
  look_up_order: { input: OrderArguments, effect: 'read', maxCalls: 8 },
  cancel_order: { input: OrderArguments, effect: 'irreversible', maxCalls: 1 },
};
