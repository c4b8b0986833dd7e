/** An execution environment: a process of Lambda's runtime client around one function, and its Runtime API. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitFailure, failure, type InvokeResult, type StreamListener } from '../function-host/protocol.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { type FunctionConfiguration, lambdaVariables, nodeOptions } from './variables.ts';

const CLIENT = new URL('../../tools/lambda-runtime/node_modules/aws-lambda-ric/', import.meta.url);

/** Command that builds the runtime client. */
export const BUILD_COMMAND = 'npm run build:lambda-runtime';

/** Whether the runtime client is built. */
export const isRuntimeBuilt = (): boolean => existsSync(new URL('rapid-client.node', CLIENT));

/** Options of {@link startEnvironment}. */
export interface EnvironmentOptions extends FunctionConfiguration {
  /** Folder with the unpacked function. */
  readonly taskRoot: string;
  /** The function's own environment variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onOutput?: ((line: string, stream: 'stdout' | 'stderr') => void) | undefined;
}

/** A running environment. */
export interface Environment {
  readonly pid: number | undefined;
  /** Whether it takes no more invocations. */
  readonly ended: () => boolean;
  /** Settles when the function has loaded: with the error that kept it from it, or without. */
  readonly loaded: Promise<InvokeResult | undefined>;
  /** Runs an invocation. `undefined` when the environment ended before it began. */
  readonly run: (event: unknown, listener: StreamListener) => Promise<InvokeResult | undefined>;
  /** Ends the process at once, as a crash does. */
  kill(): void;
  close(): Promise<void>;
}

/** Time that a function has to load (Lambda developer guide, "Init phase"). */
const INIT_TIMEOUT_MS = 10_000;

/** Turns of the event loop in which nothing more was printed, before what was printed counts as read. */
const QUIET_TURNS = 3;

/** Reads what the process prints, line by line. Resolves a call when all that was printed before it was read. */
const readOutput = (child: ChildProcess, onOutput: EnvironmentOptions['onOutput']): (() => Promise<void>) => {
  let lines = 0;
  for (const stream of ['stdout', 'stderr'] as const)
    if (child[stream] !== null)
      createInterface({ input: child[stream] }).on('line', (line) => {
        lines += 1;
        onOutput?.(line, stream);
      });
  // The process writes to its pipes before it posts its answer: a few turns read what is in them already.
  return async () => {
    for (let quiet = 0, seen = lines; quiet < QUIET_TURNS; quiet = seen === lines ? quiet + 1 : 0) {
      seen = lines;
      await nextTurn();
    }
  };
};

/** Starts an environment. */
export const startEnvironment = async (options: EnvironmentOptions): Promise<Environment> => {
  const { name, taskRoot, env, timeoutMs, memoryMb, maxConcurrency, onOutput } = options;
  const region = env['AWS_REGION'] ?? 'eu-central-1';
  let ended = false;
  const kill = (): void => {
    ended = true;
    child.kill('SIGKILL');
  };
  const api = await startRuntimeApi({
    functionArn: `arn:aws:lambda:${region}:123456789012:function:${name}`,
    timeoutMs,
    ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    onTimeout: kill,
  });
  const child = spawn(process.execPath, [...nodeOptions(memoryMb), fileURLToPath(new URL('index.mjs', CLIENT))], {
    cwd: taskRoot,
    env: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      ...env,
      ...lambdaVariables(options, taskRoot, api.endpoint),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const outputRead = readOutput(child, onOutput);
  const gone = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', (code, signal) => {
      ended = true;
      api.end(exitFailure(code, signal));
      resolve();
    });
  });
  const timer = setTimeout(() => {
    api.end(failure('Sandbox.Timedout', `Init timed out after ${INIT_TIMEOUT_MS} ms`));
    kill();
  }, INIT_TIMEOUT_MS);
  const loaded = api.loaded.then(async (problem) => {
    clearTimeout(timer);
    await outputRead();
    return problem;
  });
  return {
    pid: child.pid,
    ended: () => ended,
    loaded,
    run: async (event, listener) => {
      const result = await api.run(event, listener);
      await outputRead();
      return result;
    },
    kill,
    close: async () => {
      kill();
      await gone;
      await api.close();
    },
  };
};
