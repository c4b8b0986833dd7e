/** The operations that are answered, each as the SDK's command. */

import {
  ConverseCommand,
  ConverseRequest$,
  ConverseResponse$,
  ConverseStreamCommand,
  ConverseStreamOutput$,
  ConverseStreamRequest$,
  ConverseStreamResponse$,
  InvokeModelCommand,
  InvokeModelRequest$,
  InvokeModelResponse$,
  InvokeModelWithResponseStreamCommand,
  InvokeModelWithResponseStreamRequest$,
  InvokeModelWithResponseStreamResponse$,
  ResponseStream$,
} from '@aws-sdk/client-bedrock-runtime';
import type { CommandInput } from './command-input.ts';
import type { OperationName } from './route.ts';

/** How an operation is sent, and what stands in its answer. */
export interface Operation {
  /** Schema of the request. */
  readonly request: unknown;
  /** Schema of the answer. */
  readonly response: unknown;
  /** Whether the body of request and answer is the model's own, and no member of the API. */
  readonly raw: boolean;
  /** Member of the output that is a stream, with the schema of its events. */
  readonly stream?: { readonly member: string; readonly events: unknown };
  /** The command for this input. It is checked where it is sent. */
  command(input: CommandInput): ConverseCommand;
}

/** Every operation by the last part of its path. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  converse: {
    request: ConverseRequest$,
    response: ConverseResponse$,
    raw: false,
    command: (input) => new ConverseCommand(input as never),
  },
  'converse-stream': {
    request: ConverseStreamRequest$,
    response: ConverseStreamResponse$,
    raw: false,
    stream: { member: 'stream', events: ConverseStreamOutput$ },
    command: (input) => new ConverseStreamCommand(input as never) as never,
  },
  invoke: {
    request: InvokeModelRequest$,
    response: InvokeModelResponse$,
    raw: true,
    command: (input) => new InvokeModelCommand(input as never) as never,
  },
  'invoke-with-response-stream': {
    request: InvokeModelWithResponseStreamRequest$,
    response: InvokeModelWithResponseStreamResponse$,
    raw: true,
    stream: { member: 'body', events: ResponseStream$ },
    command: (input) => new InvokeModelWithResponseStreamCommand(input as never) as never,
  },
};
