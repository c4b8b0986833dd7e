/** Runs a packaged function under Lambda's own runtime client, one process an execution environment. */

import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { FunctionHost, InvokeResult, StreamListener } from '../function-host/index.ts';
import { invocationsBy } from '../function-host/invocations.ts';
import { BUILD_COMMAND, type Environment, isRuntimeBuilt, startEnvironment } from './environment.ts';
import { createTurnstile } from './turnstile.ts';
import { unpack } from './zip.ts';

export { BUILD_COMMAND, isRuntimeBuilt } from './environment.ts';

/** Options of {@link startLambdaFunction}. */
export interface LambdaFunctionOptions {
  /** Name of the function, as in `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly name: string;
  /** Path of the package. */
  readonly zip: string;
  /** File without its ending, a dot, the export: `dist/functions/chat.handler`. */
  readonly handler: string;
  /** The whole environment of the function, beside Lambda's own variables. */
  readonly env: Readonly<Record<string, string>>;
  /** @default 29_000 */
  readonly timeoutMs?: number;
  /** @default 512 */
  readonly memoryMb?: number;
  /**
   * Invocations that one environment runs at once, as on Lambda Managed Instances.
   * @default one, and an environment more for each further invocation at the same time, as on Lambda
   */
  readonly maxConcurrency?: number;
  /** Told every line that the function prints. @default none */
  readonly onOutput?: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** A function under Lambda's runtime client. */
export interface LambdaFunction extends FunctionHost {
  /** Process ids of its environments. */
  readonly pids: () => readonly number[];
}

/** In Lambda environments start on processors of their own; thirty at once on a few would all miss their time. */
const oneAProcessor = createTurnstile(availableParallelism());

/** An environment, and how many invocations it has. */
interface Place {
  readonly environment: Promise<Environment>;
  busy: number;
}

/** Starts a function, and waits until it has loaded. Needs the built runtime client: {@link isRuntimeBuilt}. */
export const startLambdaFunction = async (options: LambdaFunctionOptions): Promise<LambdaFunction> => {
  if (!isRuntimeBuilt()) throw new Error(`Lambda's runtime client is not built: ${BUILD_COMMAND}`);
  const { timeoutMs = 29_000, memoryMb = 512, maxConcurrency } = options;
  const capacity = maxConcurrency ?? 1;
  const taskRoot = unpack(options.zip);
  const places = new Set<Place>();
  const running = new Set<Environment>();

  const start = (): Promise<Environment> =>
    oneAProcessor(async () => {
      const environment = await startEnvironment({ ...options, taskRoot, timeoutMs, memoryMb });
      running.add(environment);
      await environment.loaded;
      return environment;
    });

  /** An environment with room, or a new one. */
  const placeFor = (): Place => {
    const free = [...places].find(({ busy }) => busy < capacity);
    const place = free ?? { environment: start(), busy: 0 };
    places.add(place);
    return place;
  };

  /** Takes an environment that has ended out of service. */
  const retire = async (place: Place, environment: Environment): Promise<void> => {
    places.delete(place);
    running.delete(environment);
    await environment.close();
  };

  const run = async (event: unknown, listener: StreamListener): Promise<InvokeResult> => {
    const place = placeFor();
    place.busy += 1;
    const environment = await place.environment;
    const problem = await environment.loaded;
    const result = problem ?? (await environment.run(event, listener));
    place.busy -= 1;
    if (problem !== undefined || environment.ended()) await retire(place, environment);
    // An environment may end between two invocations: Lambda then starts another.
    return result ?? run(event, listener);
  };

  const provision = async (invocations: number): Promise<void> => {
    const wanted = Math.ceil(invocations / capacity);
    for (const place of [...places].slice(wanted)) if (place.busy === 0) await retire(place, await place.environment);
    while (places.size < wanted) places.add({ environment: start(), busy: 0 });
    await Promise.all([...places].map(({ environment }) => environment));
  };

  const close = async (): Promise<void> => {
    await Promise.all([...running].map((environment) => environment.close()));
    rmSync(taskRoot, { recursive: true, force: true });
  };

  const first = await placeFor().environment;
  const problem = await first.loaded;
  if (problem !== undefined && !problem.ok) {
    await close();
    throw new Error(`${options.name}: ${problem.errorType}: ${problem.errorMessage}`);
  }
  return {
    ...invocationsBy(run),
    provision,
    pids: () => [...running].flatMap(({ pid }) => pid ?? []),
    kill: () => {
      for (const environment of running) environment.kill();
    },
    close,
  };
};
