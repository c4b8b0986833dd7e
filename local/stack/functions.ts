/** The functions of the stack: from their sources, or from the zips that would be deployed. */

import { type FunctionHost, startFunction } from '../function-host/index.ts';
import { startLambdaFunction } from '../lambda-runtime/index.ts';
import { packagedFunctions } from '../lambda-runtime/packaged-functions.ts';

/** Functions by name, with their modules. */
const MODULES = {
  chat: 'functions/chat.ts',
  chatStream: 'functions/chat-stream.ts',
  agent: 'functions/agent.ts',
  usage: 'functions/usage.ts',
  unguarded: 'local/unguarded/chat.ts',
} as const;

/** Name of a function of the stack. */
export type FunctionName = keyof typeof MODULES;

/** The zips of the service, and how they run. */
export interface PackagedSource {
  /** Folder that `serverless package` wrote. */
  readonly folder: string;
  /** Invocations that one environment runs at once. @default one, and more environments as they are needed */
  readonly maxConcurrency?: number;
}

/** Starts a function with an environment, and tells what it prints. */
export type StartFunction = (
  name: FunctionName,
  env: Readonly<Record<string, string>>,
  onOutput: (line: string) => void,
) => Promise<FunctionHost>;

const FUNCTION_TIMEOUT_MS = 29_000;

const startFromSource: StartFunction = (name, env, onOutput) =>
  startFunction({
    name,
    entry: new URL(`../../${MODULES[name]}`, import.meta.url).href,
    env,
    timeoutMs: FUNCTION_TIMEOUT_MS,
    onOutput,
  });

/**
 * How to start the functions: in the function host from their sources, or under Lambda's runtime client from their zips,
 * configured as in the template. The unguarded twin is not part of the service: it always comes from its source.
 *
 * @throws Error when a function of the service is not in the package.
 */
export const functionStarter = (packaged: PackagedSource | undefined): StartFunction => {
  if (packaged === undefined) return startFromSource;
  const { folder, ...how } = packaged;
  const functions = packagedFunctions(folder);
  return (name, env, onOutput) => {
    if (name === 'unguarded') return startFromSource(name, env, onOutput);
    const configured = functions[name];
    if (configured === undefined) throw new Error(`${name} is not in the package`);
    return startLambdaFunction({ ...configured, ...how, env: { ...configured.env, ...env }, onOutput });
  };
};
