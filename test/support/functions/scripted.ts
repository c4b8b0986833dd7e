/** A handler that does what its event tells it to: for tests of the gateway and of the function host. */

import type { Context } from 'aws-lambda';

interface Script {
  readonly reply?: unknown;
  readonly print?: readonly string[];
  readonly exit?: number;
  readonly fail?: string;
  readonly waitMs?: number;
}

const scriptOf = (event: unknown): Script => {
  const { body } = event as { body?: string | null };
  try {
    return JSON.parse(body ?? '{}').script ?? {};
  } catch {
    return {};
  }
};

export const handler = async (event: unknown, context: Context): Promise<unknown> => {
  const { reply, print = [], exit, fail, waitMs } = scriptOf(event);
  for (const line of print) console.log(line);
  if (exit !== undefined) process.exit(exit);
  if (fail !== undefined) throw new Error(fail);
  if (waitMs !== undefined) await new Promise((resolve) => setTimeout(resolve, waitMs));
  if (reply !== undefined) return reply;
  const { awsRequestId: id, functionName } = context;
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      event,
      id,
      functionName,
      remaining: context.getRemainingTimeInMillis(),
      env: Object.keys(process.env),
    }),
  };
};
