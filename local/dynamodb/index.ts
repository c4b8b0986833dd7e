/** A DynamoDB emulator on loopback: dynoxide where its binary is installed, else dynalite in this process. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { quotaTable } from '../../aws/dynamodb/index.ts';

/** A running emulator. */
export interface LocalDynamoDb {
  readonly name: 'dynoxide' | 'dynalite';
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Options of {@link startDynamoDb}. */
export interface LocalDynamoDbOptions {
  /** @default 'auto': dynoxide where it is installed */
  readonly backend?: 'auto' | 'dynoxide' | 'dynalite';
}

const HOST = '127.0.0.1';
const READY_MS = 5000;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, HOST, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const dynoxideBinary = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return manifest.replace(/package\.json$/, 'dynoxide');
  } catch {
    return undefined;
  }
};

/** Whether the emulator answers, and is still the one that was started: another may have taken the port. */
const isReady = async (endpoint: string, child: ChildProcess): Promise<boolean> => {
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline && child.exitCode === null; await sleep(5)) {
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return child.exitCode === null;
  }
  return false;
};

/**
 * Runs a program that ends with this process, also when this one is killed: a shell reads from a pipe that only this
 * process writes to, and ends the program when the pipe does.
 */
const WATCHED = 'exec 3<&0; { read -r _; kill $$; } <&3 & exec "$0" "$@" 3<&- </dev/null';

const startDynoxide = async (binary: string, tries = 3): Promise<LocalDynamoDb> => {
  const port = await freePort();
  const endpoint = `http://${HOST}:${port}`;
  const child = spawn('/bin/sh', ['-c', WATCHED, binary, 'serve', '--host', HOST, '--port', String(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  if (await isReady(endpoint, child)) return { name: 'dynoxide', endpoint, close };
  await close();
  if (tries > 1) return startDynoxide(binary, tries - 1);
  throw new Error('the DynamoDB emulator does not start');
};

const startDynalite = async (): Promise<LocalDynamoDb> => {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, HOST, () => resolve()));
  return {
    name: 'dynalite',
    endpoint: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

/**
 * Starts an emulator on a free port of loopback.
 *
 * @throws Error when dynoxide is asked for and not installed, or when the emulator does not answer.
 */
export const startDynamoDb = async ({ backend = 'auto' }: LocalDynamoDbOptions = {}): Promise<LocalDynamoDb> => {
  const binary = backend === 'dynalite' ? undefined : dynoxideBinary();
  if (binary !== undefined) return startDynoxide(binary);
  if (backend === 'dynoxide') throw new Error('dynoxide is not installed for this platform');
  return startDynalite();
};

/** A client of an emulator, which takes any credentials. */
export const localDynamoDbClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'local', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

/** Creates the quota table as `quotaTable` declares it. */
export const createQuotaTable = async (endpoint: string, name: string): Promise<void> => {
  const client = localDynamoDbClient(endpoint);
  await client.send(new CreateTableCommand(quotaTable(name)));
  client.destroy();
};
