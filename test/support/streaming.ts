/** Streaming invocations as Lambda makes them. Importing this defines the global `awslambda`. */

import { finished } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import { PRELUDE_TYPE } from '../../local/function-host/protocol.ts';
import {
  createResponseStream,
  defineAwsLambda,
  type ResponseStream,
} from '../../local/function-host/response-stream.ts';
import { lambdaContext } from './events.ts';

defineAwsLambda();

/** What came of an invocation. */
export interface Streamed {
  readonly contentType: string | undefined;
  readonly prelude: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
  /** The body's pieces, as they came. */
  readonly pieces: readonly string[];
  readonly body: string;
  /** What the invocation failed with. */
  readonly error: unknown;
}

/** Options of {@link invokeStream}. */
export interface InvokeOptions {
  readonly context?: Context;
  /** Told each piece when it comes, with the stream that it came from. */
  readonly onPiece?: (piece: string, stream: ResponseStream) => void;
}

type Handler = (event: never, stream: never, context: Context) => unknown;

/** Invokes a streaming handler, and gathers what it writes. */
export const invokeStream = async (
  handler: Handler,
  event: unknown,
  { context = lambdaContext(), onPiece }: InvokeOptions = {},
): Promise<Streamed> => {
  let contentType: string | undefined;
  let head: string | undefined;
  const pieces: string[] = [];
  const stream = createResponseStream({
    head: (type) => {
      contentType = type;
    },
    chunk: (bytes) => {
      const piece = Buffer.from(bytes).toString();
      if (contentType !== PRELUDE_TYPE || head?.endsWith('\0'.repeat(8))) {
        pieces.push(piece);
        onPiece?.(piece, stream);
      } else head = (head ?? '') + piece;
    },
  });
  const ended = finished(stream).catch(() => {});
  let error: unknown;
  try {
    await (handler as (...args: readonly unknown[]) => unknown)(event, stream, context);
    await ended;
  } catch (caught) {
    error = caught;
  }
  return { contentType, prelude: JSON.parse(head?.slice(0, -8) ?? '{}'), pieces, body: pieces.join(''), error };
};
