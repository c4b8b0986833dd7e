/** The table out of reach: nothing is spent that nobody can count. */

import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from '../../local/stack/index.ts';
import { metricsOf } from '../../local/stack/output-log.ts';
import { send } from '../support/chat-client.ts';
import { chatBody } from '../support/events.ts';

describe('with DynamoDB out of reach', () => {
  let stack: Stack;
  let proxy: net.Server;
  let reachable = true;
  const sockets = new Set<net.Socket>();

  beforeAll(async () => {
    let target = 0;
    proxy = net.createServer((socket) => {
      if (!reachable) return socket.destroy();
      const upstream = net.connect(target, '127.0.0.1');
      for (const end of [socket, upstream]) {
        sockets.add(end);
        end.on('error', () => {}).on('close', () => sockets.delete(end));
      }
      socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    stack = await startStack({
      env: { AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
    });
    target = Number(new URL(stack.dynamodb.endpoint).port);
  });
  afterAll(async () => {
    await stack.close();
    proxy.close();
  });

  const cutOff = (): void => {
    reachable = false;
    for (const socket of sockets) socket.destroy();
  };
  const emitted = (name: string): boolean =>
    stack.output.lines.some(({ line }) => metricsOf(line).some(([metric]) => metric === name));

  test('a request is refused before the model is asked, and served again afterwards', async () => {
    expect((await send(stack, chatBody('What is a pear?'))).status).toBe(200);
    const asked = stack.bedrock.local?.requests.length;
    cutOff();
    const answer = await send(stack, chatBody('What is a pear?'));
    expect([answer.status, answer.json['code'], answer.headers.get('retry-after')]).toEqual([
      503,
      'control_unavailable',
      '5',
    ]);
    expect(stack.bedrock.local?.requests.length).toBe(asked);
    expect(emitted('ControlFailures')).toBe(true);
    reachable = true;
    expect((await send(stack, chatBody('What is a pear?'))).status).toBe(200);
  });

  test('an answer goes out though its usage cannot be settled, and stays charged in full', async () => {
    const hold = stack.bedrock.local?.hold();
    const sent = send(stack, chatBody('What is a quince?'), { user: 'unsettled' });
    while (hold?.waiting() === 0) await new Promise(setImmediate);
    cutOff();
    hold?.release();
    expect((await sent).status).toBe(200);
    expect(emitted('QuotaSettleFailed')).toBe(true);
    reachable = true;
    const { json } = await send(stack, undefined, { user: 'unsettled', path: '/v1/usage', method: 'GET' });
    const budgets = json['budgets'] as readonly { budget: string; used: number }[];
    expect(budgets.find(({ budget }) => budget === 'day-tokens')?.used).toBeGreaterThan(4000);
  });
});
