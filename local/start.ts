/** `npm start`: the whole service on loopback, then the tour, then it keeps serving. */

import { parseArgs } from 'node:util';
import { type Stack, startStack } from './stack/index.ts';
import { AGENT_PATH, LOCAL_API_KEY, STREAM_PATH } from './stack/routes.ts';
import { runTour, tourReport, tourSize } from './tour/index.ts';

const USAGE = `npm start -- [options]

  --bedrock local|aws   the local Bedrock, or the real one with your temporary credentials (default: local)
  --port N              first of four ports to listen on (default: 8700)
  --no-tour             serve at once
  --verbose             print what the functions print`;

const { values } = parseArgs({
  options: {
    bedrock: { type: 'string', default: 'local' },
    port: { type: 'string', default: '8700' },
    'no-tour': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const describe = async (stack: Stack): Promise<string> => {
  const { gateway, dynamodb, bedrock } = stack;
  const token = await gateway.issueToken({ sub: 'you' }, { expiresIn: '12h' });
  return [
    `REST API      ${gateway.urls['rest-v1']}   (events of REST v1)`,
    `HTTP API      ${gateway.urls['http-v2']}   (events of HTTP API v2)`,
    `Function URL  ${gateway.urls['function-url']}   (no authorizer)`,
    `Bedrock       ${bedrock.local?.url ?? 'AWS, with your credentials'}`,
    `DynamoDB      ${dynamodb.endpoint}   (${dynamodb.name}, table ${dynamodb.table})`,
    '',
    `Try it (the path ${STREAM_PATH} answers as server-sent events, ${AGENT_PATH} looks orders up, as A-1001, and`,
    'asks before it cancels one; /unguarded/v1/chat asks the unguarded twin):',
    '',
    `  curl -sN ${gateway.urls['rest-v1']}/v1/chat -H 'content-type: application/json' \\`,
    `    -H 'x-api-key: ${LOCAL_API_KEY.value}' \\`,
    `    -H 'authorization: Bearer ${token}' \\`,
    `    -d '{"messages":[{"role":"user","content":[{"text":"What is the e-mail on file?"}]}]}'`,
    '',
  ].join('\n');
};

const serve = async (): Promise<void> => {
  if (values.bedrock !== 'local' && values.bedrock !== 'aws') throw new Error(`--bedrock must be local or aws`);
  const stack = await startStack({
    bedrock: values.bedrock,
    port: Number(values.port),
    ...(values.verbose ? { onOutput: (name: string, line: string) => console.log(`${name}: ${line}`) } : {}),
  });
  const stop = (): void => {
    void stack.close().then(() => process.exit());
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  console.log(await describe(stack));
  if (values.bedrock === 'aws') console.log('The tour is for the local Bedrock, whose answers are known: not run.');
  else if (!values['no-tour']) {
    console.log(
      `The tour: ${tourSize()}, each to the guarded service, in one piece and streamed, and to its unguarded twin …\n`,
    );
    console.log(tourReport(await runTour(stack), process.stdout.columns));
  }
  console.log('Serving until Ctrl+C.');
};

const explain = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EADDRINUSE'
    ? `Something listens on port ${values.port} or one of the next three: try --port 0.`
    : message;
};

if (values.help) console.log(USAGE);
else
  await serve().catch((error: unknown) => {
    console.error(explain(error));
    process.exitCode = 1;
  });
