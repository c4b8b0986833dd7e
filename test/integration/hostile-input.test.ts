/** Whatever a client sends: an answer, or a problem that is documented. Never 500, never a failure of Bedrock's making. */

import net from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ERRORS } from '../../core/errors.ts';
import { type Stack, startStack } from '../../local/stack/index.ts';
import { send } from '../support/chat-client.ts';
import { chatBody } from '../support/events.ts';

/** Codes that the gateway adds to the table of `core/errors.ts`. */
const GATEWAY_CODES = ['forbidden', 'not_found', 'throttled'];

const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 1_000_000_000 }];

describe('hostile input', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ env: { BULWARK_BUDGETS: JSON.stringify(budgets) } });
  });
  afterAll(() => stack.close());

  const judge = ({ status, headers, json }: Awaited<ReturnType<typeof send>>): void => {
    expect([500, 502, 503, 504]).not.toContain(status);
    if (status === 200) return;
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json).toMatchObject({ status, title: expect.any(String), requestId: expect.any(String) });
    expect([...Object.keys(ERRORS), ...GATEWAY_CODES]).toContain(json['code']);
  };

  const anyText = fc.string({ unit: 'binary', maxLength: 200 });
  const key = fc.oneof(
    fc.constantFrom(
      'messages',
      'role',
      'content',
      'text',
      'maxTokens',
      'session',
      '__proto__',
      'constructor',
      'toolUse',
      'image',
      'toString',
      '',
    ),
    fc.string({ maxLength: 10 }),
  );
  const strange = fc.oneof(
    fc.constantFrom(
      null,
      true,
      -1,
      0,
      1e308,
      -0,
      2 ** 53,
      '',
      ' ',
      '\u0000',
      '\ud800',
      '\u202e',
      [],
      {},
      'user',
      'system',
      'assistant',
    ),
    anyText,
    fc.double(),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      strange,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const turn = fc.record({
    role: fc.oneof(fc.constantFrom('user', 'assistant'), strange),
    content: fc.oneof(
      fc.array(fc.oneof(fc.record({ text: fc.oneof(anyText, strange) }), tree), { maxLength: 3 }),
      tree,
    ),
  });
  const nearlyRight = fc.record(
    {
      messages: fc.oneof(fc.array(fc.oneof(turn, tree), { maxLength: 4 }), tree),
      maxTokens: fc.oneof(fc.integer(), strange),
      session: fc.oneof(anyText, strange),
    },
    { requiredKeys: ['messages'] },
  );

  test.each([
    ['bytes of any kind', fc.string({ unit: 'binary', maxLength: 300 })],
    ['JSON of any kind', tree.map((value) => JSON.stringify(value) ?? '')],
    ['bodies that are nearly right', nearlyRight.map((value) => JSON.stringify(value))],
    ['turns of any text', anyText.map((text) => JSON.stringify(chatBody(text)))],
  ])('%s', async (_, bodies) => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => judge(await send(stack, body))),
      { numRuns: 120 },
    );
  });

  test('headers of any kind', async () => {
    const value = fc
      .string({ unit: 'grapheme-ascii', maxLength: 60 })
      .map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
    const names = fc.constantFrom(
      'content-type',
      'content-encoding',
      'x-bulwark-confirmation',
      'authorization',
      'x-api-key',
      'origin',
      'accept',
      'cookie',
      'x-forwarded-for',
      'x-amzn-requestid',
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, value, { maxKeys: 4 }), async (headers) =>
        judge(await send(stack, chatBody('Hello'), { headers })),
      ),
      { numRuns: 80 },
    );
  });

  test.each([
    ['another method', { method: 'PUT' }],
    ['another path', { path: '/v1/admin' }],
    ['a path with dots', { path: '/v1/../v1/chat' }],
    ['an encoded path', { path: '/v1%2fchat' }],
    ['a long query', { path: `/v1/chat?${'a=b&'.repeat(1000)}` }],
    ['a made-up token', { headers: { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' } }],
    ['no key', { headers: { 'x-api-key': '' } }],
  ])('%s', async (_, options) => {
    judge(await send(stack, chatBody('Hello'), options));
  });

  test('a body of seven megabytes', async () => {
    const answer = await send(stack, `"${'a'.repeat(7_000_000)}"`);
    judge(answer);
    expect(answer.status).toBe(413);
  });

  test('a client that leaves in the middle of its body harms nobody else', async () => {
    const { hostname, port } = new URL(stack.gateway.urls['rest-v1']);
    for (let index = 0; index < 20; index++) {
      const socket = net.connect(Number(port), hostname);
      socket.write('POST /v1/chat HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"mess');
      await new Promise((resolve) => socket.write('ages', resolve));
      socket.destroy();
    }
    expect((await send(stack, chatBody('What is a pear?'))).status).toBe(200);
  });

  test('nothing of it reached Bedrock that Bedrock refused', () => {
    expect(stack.output.lines.filter(({ line }) => line.includes('ValidationException'))).toEqual([]);
  });
});
