/** Everything on loopback: DynamoDB, Bedrock, Secrets Manager, CloudWatch Logs, the functions and the gateway in front of them. */

import { createQuotaTable, startDynamoDb } from '../dynamodb/index.ts';
import type { FunctionHost } from '../function-host/index.ts';
import { type Gateway, startGateway } from '../gateway/index.ts';
import { type BedrockTarget, startBedrock } from './bedrock-target.ts';
import { type FunctionName, functionStarter, type PackagedSource } from './functions.ts';
import { type LogsTarget, startLogs } from './logs-target.ts';
import { createOutputLog, type OutputLog } from './output-log.ts';
import { LOCAL_SYSTEM_PROMPT } from './private-data.ts';
import { API_KEYS, routesTo } from './routes.ts';
import { type SecretsTarget, startSecrets } from './secrets-target.ts';

export type { FunctionName, PackagedSource } from './functions.ts';

/** Options of {@link startStack}. */
export interface StackOptions {
  /** The local server, or real Bedrock with the credentials of this process. @default 'local' */
  readonly bedrock?: 'local' | 'aws';
  /** DynamoDB emulator. @default 'auto' */
  readonly dynamodb?: 'auto' | 'dynoxide' | 'dynalite';
  /** First of the ports to listen on; 0 takes free ones. @default 0 */
  readonly port?: number;
  /** Run the service from its zips, under Lambda's runtime client. @default its sources, in the function host */
  readonly packaged?: PackagedSource;
  /** More environment for the functions, e.g. `BULWARK_BUDGETS`. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Told every line that a function prints. @default none */
  readonly onOutput?: (functionName: string, line: string) => void;
}

/** A running stack. */
export interface Stack {
  readonly gateway: Gateway;
  readonly bedrock: BedrockTarget;
  readonly secrets: SecretsTarget;
  readonly logs: LogsTarget;
  readonly dynamodb: { readonly name: string; readonly endpoint: string; readonly table: string };
  readonly functions: Readonly<Record<FunctionName, FunctionHost>>;
  /** What the functions printed. */
  readonly output: OutputLog;
  close(): Promise<void>;
}

const TABLE = 'bulwark-quota';

/** Addresses and names of the local deployment. */
const environmentOf = (
  bedrock: BedrockTarget,
  { secrets, logs }: { readonly secrets: SecretsTarget; readonly logs: LogsTarget },
  dynamodbEndpoint: string,
  extra: Readonly<Record<string, string>>,
): Record<string, string> => ({
  AWS_REGION: 'eu-central-1',
  ...bedrock.env,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodbEndpoint,
  BULWARK_TABLE: TABLE,
  BULWARK_SYSTEM_PROMPT: LOCAL_SYSTEM_PROMPT,
  // It holds a credential, so that the tour can show that it does not leak.
  BULWARK_SYSTEM_PROMPT_SECRETS: 'flag',
  POWERTOOLS_SERVICE_NAME: 'bedrock-bulwark',
  ...extra,
  ...secrets.env,
  ...logs.env,
});

/** Starts the stack. Everything listens on loopback only; `close` leaves no process, socket or timer. */
export const startStack = async (options: StackOptions = {}): Promise<Stack> => {
  const { port = 0, env = {}, onOutput } = options;
  const output = createOutputLog();
  await using parts = new AsyncDisposableStack();
  const keep = <T extends { close(): Promise<void> }>(part: T): T => parts.adopt(part, (started) => started.close());

  const dynamodb = keep(await startDynamoDb({ backend: options.dynamodb ?? 'auto' }));
  await createQuotaTable(dynamodb.endpoint, TABLE);
  const bedrock = keep(await startBedrock(options.bedrock ?? 'local', port === 0 ? 0 : port + 3));
  const secrets = keep(await startSecrets(bedrock, env));
  const logs = keep(await startLogs(bedrock, env));
  const environment = environmentOf(bedrock, { secrets, logs }, dynamodb.endpoint, env);
  const startOne = functionStarter(options.packaged);
  const start = async (name: FunctionName): Promise<FunctionHost> =>
    keep(
      await startOne(name, environment, (line) => {
        output.add(name, line);
        onOutput?.(name, line);
      }),
    );
  const [chat, chatStream, agent, usage, unguarded] = await Promise.all([
    start('chat'),
    start('chatStream'),
    start('agent'),
    start('usage'),
    start('unguarded'),
  ]);
  const functions = { chat, chatStream, agent, usage, unguarded };
  const gateway = keep(await startGateway({ routes: routesTo(functions), apiKeys: API_KEYS, port }));

  const running = parts.move();
  return {
    gateway,
    bedrock,
    secrets,
    logs,
    dynamodb: { name: dynamodb.name, endpoint: dynamodb.endpoint, table: TABLE },
    functions,
    output,
    close: () => running.disposeAsync(),
  };
};
