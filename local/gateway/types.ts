/** What the gateway is made of. */

import type { InvokeResult, StreamListener } from '../function-host/index.ts';

/** A front door of AWS. */
export type Source = 'rest-v1' | 'http-v2' | 'function-url';

/** Calls a function with an event. */
export type Invoke = (event: unknown) => Promise<InvokeResult>;

/** Calls a function with an event, and hears its answer as it comes. */
export type InvokeStream = (event: unknown, listener: StreamListener) => Promise<InvokeResult>;

/** A route. */
export interface Route {
  readonly method: string;
  /** Without parameters: paths are compared whole. */
  readonly path: string;
  readonly source: Source;
  readonly invoke: Invoke;
  /**
   * REST APIs with `transferMode: STREAM` and Function URLs with `RESPONSE_STREAM`: the answer is passed on as it comes.
   * HTTP APIs cannot.
   * @default the answer is passed on in one piece
   */
  readonly stream?: InvokeStream;
  /** Who is let in. @default everybody */
  readonly authorizer?: 'jwt';
  /** REST only: an API key is needed. @default false */
  readonly apiKey?: boolean;
}

/** An API key. Events carry its id. */
export interface ApiKey {
  readonly id: string;
  readonly value: string;
}

/** A request as it arrived. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** As sent: names keep their case, and come as often as they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** What an authorizer found out. */
export interface Identity {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly apiKeyId?: string;
}

/** A response to be sent. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}
