/** Runs a handler in a process of its own, as Lambda keeps one execution environment. */

import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { invocationsBy } from './invocations.ts';
import {
  exitFailure,
  FLUSH_MARK,
  type FunctionHost,
  failure,
  type InvokeResult,
  type Report,
  type StreamListener,
} from './protocol.ts';

export { type FunctionHost, type InvokeResult, PRELUDE_TYPE, type StreamListener } from './protocol.ts';

/** Options of {@link startFunction}. */
export interface FunctionOptions {
  /** Name of the function, as in `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly name: string;
  /** URL of the module. */
  readonly entry: string;
  /** Export of the module. @default 'handler' */
  readonly handler?: string;
  /** The whole environment of the function, beside Lambda's own variables. */
  readonly env: Readonly<Record<string, string>>;
  /** @default 29_000 */
  readonly timeoutMs?: number;
  /** Told every line that the function prints. @default none */
  readonly onOutput?: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** What an environment that a host starts in is never told. */
const lambdaVariables = (name: string): Record<string, string> => ({
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  TZ: ':UTC',
});

/** Lines of standard error that a failure to load is reported with. */
const MAX_COMPLAINTS = 10;

interface Environment {
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly pending: Map<string, Pending>;
}

/** An invocation that is under way. */
interface Pending extends StreamListener {
  readonly done: (result: InvokeResult) => void;
}

/** Starts a function, and waits until its module has loaded. */
export const startFunction = async (options: FunctionOptions): Promise<FunctionHost> => {
  const { name, entry, handler = 'handler', env, timeoutMs = 29_000, onOutput } = options;
  let environment: Environment | undefined;

  const start = (): Environment => {
    const pending: Environment['pending'] = new Map();
    const flushed = new Set<string>();
    const results = new Map<string, InvokeResult>();
    const complaints: string[] = [];
    const child = fork(new URL('./runtime.ts', import.meta.url), [entry, handler], {
      env: { AWS_REGION: 'eu-central-1', ...env, ...lambdaVariables(name) },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    /** A result is known when it was reported and all that was printed before it was read. */
    const settle = (id: string): void => {
      const result = results.get(id);
      if (result === undefined || !flushed.has(id)) return;
      results.delete(id);
      flushed.delete(id);
      pending.get(id)?.done(result);
    };
    const read = (stream: 'stdout' | 'stderr'): void => {
      const source = child[stream];
      if (source === null) return;
      createInterface({ input: source }).on('line', (line) => {
        if (stream === 'stderr' && complaints.length < MAX_COMPLAINTS) complaints.push(line);
        if (!line.startsWith(FLUSH_MARK)) return onOutput?.(line, stream);
        const id = line.slice(FLUSH_MARK.length);
        flushed.add(id);
        settle(id);
      });
    };
    read('stdout');
    read('stderr');
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (report: Report) => {
        if ('ready' in report) {
          complaints.length = 0;
          return resolve();
        }
        if ('head' in report) pending.get(report.id)?.head(report.head);
        else if ('chunk' in report) pending.get(report.id)?.chunk(Buffer.from(report.chunk, 'base64'));
        else {
          results.set(report.id, report.result);
          settle(report.id);
        }
      });
      child.once('close', (code, signal) => {
        if (environment?.child === child) environment = undefined;
        reject(new Error(`${name}: the function ended while it loaded\n${complaints.join('\n')}`));
        for (const { done } of pending.values()) done(exitFailure(code, signal));
      });
    });
    ready.catch(() => {});
    return { child, ready, pending };
  };

  const current = (): Environment => {
    if (environment?.child.connected === false) environment = undefined;
    environment ??= start();
    return environment;
  };

  const run = async (event: unknown, listener: StreamListener): Promise<InvokeResult> => {
    const { child, ready, pending } = current();
    await ready;
    const id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<InvokeResult>();
    pending.set(id, { ...listener, done: resolve });
    const timer = setTimeout(() => {
      resolve(failure('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`));
      if (environment?.child === child) environment = undefined;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.send({ id, event, deadline: Date.now() + timeoutMs });
    const result = await promise;
    clearTimeout(timer);
    pending.delete(id);
    return result;
  };

  await current().ready;
  return {
    ...invocationsBy(run),
    kill: () => {
      environment?.child.kill('SIGKILL');
    },
    close: async () => {
      const child = environment?.child;
      environment = undefined;
      if (child === undefined || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
};
