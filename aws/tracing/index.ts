/**
 * Traces in AWS X-Ray, without content: one subsegment a request and one for each of its calls to a model, with times,
 * codes and names of models, and nothing that a caller, a model or an error said.
 */

import { randomBytes } from 'node:crypto';
import { callable, checkOptions, text } from '../../core/options.ts';
import { daemonAt, type SendSegment } from './daemon.ts';
import { currentTraceHeader, traceContextOf } from './trace-context.ts';

/** How a request ended. */
export interface TraceEnd {
  /** `ok`, or a code of the kit's own. */
  readonly outcome: string;
  /** Status of the answer. */
  readonly status: number;
  /** What kind of event it was. */
  readonly source: string;
  readonly mode: 'enforce' | 'monitor';
  /** Model of the policy's allowlist. */
  readonly model: string | undefined;
}

/** The trace of one request. */
export interface Trace {
  /** A call to a model begins; what is returned ends it, with the code of its failure where it failed. */
  call(model: string | undefined): (code?: string) => void;
  /** Ends and sends it, once. A stream ends when its last piece has left. */
  end(how: TraceEnd): void;
}

/** Makes traces. */
export interface Tracing {
  /** The trace of the invocation that begins; `undefined` where it is not sampled. */
  begin(): Trace | undefined;
}

/** Options of {@link createTracing}. */
export interface TracingOptions {
  /** Name of the subsegment. @default 'bulwark' */
  readonly name?: string;
  /** The daemon: on this machine, or Lambda's own. @default AWS_XRAY_DAEMON_ADDRESS or '127.0.0.1:2000' */
  readonly daemon?: string;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** Most calls that a trace has; the metric `ModelCalls` counts them all. */
const MAX_CALLS = 50;

/** Longest value of an annotation, in UTF-16 units: X-Ray takes a thousand, and fifty models must fit a datagram. */
const MAX_VALUE = 200;

/** Characters that X-Ray takes in the name of a segment. Source: X-Ray developer guide, "Segment fields", name. */
const NAME = /^[\w .:/%&#=+\-@]{1,200}$/;

/** Codes and kinds of events, as the kit spells them: whatever else comes here is left out. */
const WORD = /^[a-z][a-z\d_-]{0,63}$/;

const segmentId = (): string => randomBytes(8).toString('hex');

const word = (value: string): string => (WORD.test(value) ? value : 'other');

const annotated = (values: Readonly<Record<string, string | number | undefined>>): object =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, MAX_VALUE) : value]),
  );

/** What X-Ray colours a segment by. */
const flagsOf = (status: number): object => ({
  ...(status >= 500 && { fault: true }),
  ...(status >= 400 && status < 500 && { error: true }),
  ...(status === 429 && { throttle: true }),
});

/**
 * Traces of the requests of one function, to be given to `guardHandler` as a service. What the kit sends cannot hold
 * content: there is no place for it. Requests in one process share nothing but the socket. See `docs/telemetry.md`.
 *
 * @throws TypeError for an unknown or invalid option, and for a daemon anywhere else than on this machine.
 *
 * @example
 * export const handler = guardHandler(chat, policy, { tracing: createTracing() });
 */
export const createTracing = (options: TracingOptions = {}): Tracing => {
  checkOptions('createTracing', options, { name: text(), daemon: text(), now: callable });
  const { name = 'bulwark', now = Date.now } = options;
  if (!NAME.test(name)) throw new TypeError('createTracing: name must be of letters, digits, spaces and _.:/%&#=+-@');
  const send: SendSegment = daemonAt(options.daemon ?? process.env['AWS_XRAY_DAEMON_ADDRESS'] ?? '127.0.0.1:2000');
  const seconds = (): number => now() / 1000;

  return {
    begin() {
      const context = traceContextOf(currentTraceHeader());
      if (context === undefined) return undefined;
      const start_time = seconds();
      const calls: object[] = [];
      let begun = 0;
      let ended = false;
      return {
        call(model) {
          begun += 1;
          if (begun > MAX_CALLS) return () => {};
          const call = { id: segmentId(), name: 'bedrock', namespace: 'remote', start_time: seconds() };
          return (code) => {
            const annotations = annotated({ model, code: code === undefined ? undefined : word(code) });
            calls.push({ ...call, end_time: seconds(), ...(code !== undefined && { fault: true }), annotations });
          };
        },
        end({ outcome, status, source, mode, model }) {
          if (ended) return;
          ended = true;
          const annotations = annotated({ outcome: word(outcome), source: word(source), mode, model, status });
          const document = {
            name,
            id: segmentId(),
            trace_id: context.traceId,
            parent_id: context.parentId,
            type: 'subsegment',
            start_time,
            end_time: seconds(),
            ...flagsOf(status),
            annotations,
            ...(calls.length > 0 && { subsegments: calls }),
          };
          send(JSON.stringify(document));
        },
      };
    },
  };
};
