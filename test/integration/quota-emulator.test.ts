import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { localDynamoDbClient, startDynamoDb } from '../../local/dynamodb/index.ts';

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

describe.each(inject('dynamodb').map(({ name }) => name as 'dynoxide' | 'dynalite'))('%s', (backend) => {
  test('answers until it is closed, which may be done twice', async () => {
    const running = await startDynamoDb({ backend });
    expect(running.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await answers(running.endpoint)).toBe(true);
    await running.close();
    await running.close();
    expect(await answers(running.endpoint)).toBe(false);
  });

  test('ends with the process that started it, also when that is killed', async () => {
    const module = pathToFileURL('local/dynamodb/index.ts').href;
    const script = `const { startDynamoDb } = await import(${JSON.stringify(module)});
      console.log((await startDynamoDb({ backend: '${backend}' })).endpoint);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [endpoint] = (await once(createInterface(parent.stdout), 'line')) as [string];
    expect(await answers(endpoint)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expect.poll(() => answers(endpoint), { timeout: 5000, interval: 20 }).toBe(false);
  });
});

test('a client of an emulator stays on this machine', async () => {
  const client = localDynamoDbClient('http://127.0.0.1:1');
  expect((await client.config.endpoint?.())?.hostname).toBe('127.0.0.1');
  client.destroy();
});
