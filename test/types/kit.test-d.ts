/** What the compiler must say of the kit's face. Checked by `npm run types`, never run. */

import type {
  APIGatewayProxyEvent,
  APIGatewayProxyHandler,
  APIGatewayProxyResult,
  Context,
  SQSHandler,
} from 'aws-lambda';
import * as v from 'valibot';
import { expectTypeOf } from 'vitest';
import { METRICS, type MetricDefinition } from '../../core/catalogue.ts';
import { ERRORS } from '../../core/errors.ts';
import { type BodyLimitOptions, bodyLimit } from '../../middleware/body-limit/index.ts';
import {
  type ErrorCode,
  type GuardedContext,
  guardHandler,
  type Policy,
  type ValidatedEvent,
} from '../../middleware/index.ts';

expectTypeOf(bodyLimit).parameter(0).toEqualTypeOf<BodyLimitOptions | undefined>();
// @ts-expect-error an unknown option does not compile
bodyLimit({ maxByte: 1 });

const schema = v.object({ name: v.string() });
expectTypeOf<ValidatedEvent<typeof schema>['body']>().toEqualTypeOf<{ name: string }>();

const handler = async (
  event: ValidatedEvent<typeof schema>,
  context: GuardedContext,
): Promise<APIGatewayProxyResult> => ({
  statusCode: 200,
  body: `${event.body.name} ${context.bulwark.requestId}`,
});
expectTypeOf(guardHandler(handler)).toEqualTypeOf<
  (event: ValidatedEvent<typeof schema>, context: Context) => Promise<APIGatewayProxyResult>
>();

// Handlers that carry the types of @types/aws-lambda, whose third parameter is the callback of old.
const rest: APIGatewayProxyHandler = async ({ path }) => ({ statusCode: 200, body: path });
expectTypeOf(guardHandler(rest)).toEqualTypeOf<
  (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>
>();
guardHandler(rest) satisfies APIGatewayProxyHandler;
const queue: SQSHandler = async () => ({ batchItemFailures: [] });
guardHandler(queue, {}) satisfies SQSHandler;

expectTypeOf<'quota_exceeded'>().toExtend<ErrorCode>();
// @ts-expect-error a policy has no such part
({ quotas: {} }) satisfies Policy;

METRICS satisfies Record<string, MetricDefinition>;
ERRORS satisfies Record<string, { status: number; title: string; detail: string }>;
