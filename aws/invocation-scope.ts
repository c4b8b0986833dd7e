/**
 * Everything that belongs to one invocation. Middlewares write it, the Bedrock edge reads it, also through a client made
 * at module level: the scope travels with the asynchronous context, never in a variable of a factory.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Caller } from '../core/caller.ts';
import type { MetLevel } from '../core/quota/met-level.ts';
import type { Redactor } from '../core/redaction/index.ts';
import type { Allowance } from './bedrock/allowance.ts';
import type { ClientRules } from './bedrock/client-rules.ts';
import { createScreenMemory, type ScreenMemory } from './bedrock/screen-memory.ts';
import { createRequestRecord, type RequestRecord } from './telemetry/request-record.ts';
import type { Trace } from './tracing/index.ts';

/** A call to Bedrock that has not come to its end. */
export interface OpenCall {
  /** Ends it: Bedrock is told to stop, and what it may have generated is charged. */
  abandon(): void;
}

/** State of one invocation. Each field has one writer, named beside it. */
export interface InvocationScope {
  /** Lambda's own request id: unlike API Gateway's, no client can choose it. */
  readonly requestId: string;
  /** The event as it came, before any middleware changed it. */
  readonly event: unknown;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** When the answer must be ready, milliseconds since the epoch; calls to Bedrock are aborted then. */
  readonly deadline: number | undefined;
  /** When the answer must have left, milliseconds since the epoch: nothing is waited for any longer. */
  readonly answerBy: number | undefined;
  /** Decisions are made and recorded, and nothing is changed. */
  readonly monitor: boolean;
  readonly record: RequestRecord;
  /** How long each middleware took, in milliseconds, for a request of the sample. */
  readonly timings: Map<string, number> | undefined;
  /** Where the request is traced. */
  readonly trace: Trace | undefined;
  /** The Bedrock edge: calls that are under way. */
  readonly calls: Set<OpenCall>;
  /** caller */
  caller: Caller;
  /** caller: makes the token of the session, for the reply. */
  sessionToken: (() => string) | undefined;
  /** large-request-confirmation: to be used up by the reservation. */
  confirmation: { readonly id: string; readonly expiresAt: number } | undefined;
  /** token-quota: what calls to Bedrock may draw on. */
  allowance: Allowance | undefined;
  /** token-quota: uses a one-time token up in the ledger; whether it was unused. */
  useUp: ((token: { readonly id: string; readonly expiresAt: number }) => Promise<boolean>) | undefined;
  /** token-quota: how full budgets were when the request met them, each by itself for each model. */
  readonly levels: Map<string, MetLevel>;
  /** injection-screen and the Bedrock edge: whether a prompt was rejected that is held against the caller, 0 or 1. */
  strikes: number;
  /** injection-screen and the Bedrock edge: texts that were screened, and what was found. */
  readonly screened: ScreenMemory;
  /** injection-screen: what the caller sent was screened, so that what is new in a call is somebody else's. */
  screenedAtDoor: boolean;
  /** output-redaction: one numbering for all calls and for the reply. */
  redactor: Redactor | undefined;
  /** bedrock-client */
  clientRules: ClientRules | undefined;
  /** guardHandler: time in the handler and waiting for its stream or for the client, in milliseconds. */
  handlerMs: number;
  /** Aborts at the deadline. */
  signal(): AbortSignal | undefined;
  /** Ends the calls that are still under way. */
  abandonCalls(): void;
  /** Ends what is under way, and lets go of the deadline's timer. */
  close(): void;
}

/** What a scope is made of. */
export interface ScopeOptions {
  readonly requestId: string;
  /** @default none */
  readonly event?: unknown;
  /** @default none */
  readonly deadline?: number | undefined;
  /** @default none */
  readonly answerBy?: number | undefined;
  /** @default false */
  readonly monitor?: boolean;
  /** Whether to keep the time of each middleware. @default false */
  readonly timed?: boolean;
  /** @default none */
  readonly trace?: Trace | undefined;
  readonly now?: () => number;
}

/** A scope for one invocation. */
export const createScope = ({
  requestId,
  event,
  deadline,
  answerBy,
  monitor = false,
  timed = false,
  trace,
  now = Date.now,
}: ScopeOptions): InvocationScope => {
  let controller: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  const calls = new Set<OpenCall>();
  const abandonCalls = (): void => {
    for (const call of calls) call.abandon();
  };
  return {
    requestId,
    event,
    startedAt: now(),
    deadline,
    answerBy,
    monitor,
    record: createRequestRecord(),
    timings: timed ? new Map() : undefined,
    trace,
    calls,
    caller: {},
    sessionToken: undefined,
    confirmation: undefined,
    allowance: undefined,
    useUp: undefined,
    levels: new Map(),
    strikes: 0,
    screened: createScreenMemory(),
    screenedAtDoor: false,
    redactor: undefined,
    clientRules: undefined,
    handlerMs: 0,
    signal() {
      if (deadline === undefined) return undefined;
      if (controller === undefined) {
        const aborter = new AbortController();
        controller = aborter;
        timer = setTimeout(() => aborter.abort(), Math.max(0, deadline - now()));
        timer.unref();
      }
      return controller.signal;
    },
    abandonCalls,
    close() {
      abandonCalls();
      clearTimeout(timer);
    },
  };
};

const storage = new AsyncLocalStorage<InvocationScope>();

/** Runs `work` so that {@link currentScope} finds `scope` in everything it starts. */
export const runInScope = <T>(scope: InvocationScope, work: () => T): T => storage.run(scope, work);

/**
 * Runs `work` so that nothing that outlives the invocation is started in its scope: a connection that is kept open keeps
 * all that was current when it was made.
 */
export const runOutsideScope = <T>(work: () => T): T => storage.run(undefined as never, work);

/** The scope of the running invocation, if there is one. */
export const currentScope = (): InvocationScope | undefined => storage.getStore();
