/** The zips that would be deployed, under Lambda's own runtime client. The whole tour of them: `npm run test:packaged`. */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  BUILD_COMMAND,
  isRuntimeBuilt,
  type LambdaFunction,
  startLambdaFunction,
} from '../../local/lambda-runtime/index.ts';
import { unpack } from '../../local/lambda-runtime/zip.ts';
import { type FunctionName, type Stack, startStack } from '../../local/stack/index.ts';
import { metricsOf } from '../../local/stack/output-log.ts';
import { STREAM_PATH } from '../../local/stack/routes.ts';
import { wholeAnswer } from '../../local/tour/streamed-answer.ts';
import { packageService } from '../../tools/package-service.ts';
import { open, send } from '../support/chat-client.ts';
import { chatBody, restEvent } from '../support/events.ts';
import { zipFunction } from '../support/zip-function.ts';

if (!isRuntimeBuilt()) console.log(`skipped: Lambda's runtime client is not built (${BUILD_COMMAND})`);

describe.skipIf(!isRuntimeBuilt())("under Lambda's runtime client", () => {
  let folder: string;
  let packaged: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bulwark-packaged-'));
    packaged = await packageService(folder);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pidsOf = (stack: Stack, name: FunctionName): readonly number[] =>
    (stack.functions[name] as LambdaFunction).pids();
  const email = (name: string): string => [name, 'example.org'].join('@');

  describe('a packaged function', () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack({ packaged: { folder: packaged } });
    });
    afterAll(() => stack.close());

    test('brings all that it needs in one file', () => {
      const task = unpack(path.join(packaged, 'chat.zip'));
      expect(readdirSync(path.join(task, 'dist/functions')).sort()).toEqual(['chat.mjs', 'chat.mjs.map']);
      rmSync(task, { recursive: true });
    });

    test('answers in one piece, and knows its callers', async () => {
      const answer = await send(stack, chatBody(`Repeat after me: ${email('ada')}`));
      expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('[EMAIL_ADDRESS_1]')]);
      const usage = await send(stack, undefined, { path: '/v1/usage', method: 'GET' });
      expect(JSON.stringify(usage.json['budgets'])).toMatch(/"used":[1-9]/);
    });

    test('streams chunk by chunk while the model writes', async () => {
      stack.bedrock.local?.faults.add({ kind: 'slow-stream', ms: 20 });
      const written = (): number => stack.bedrock.local?.requests.at(-1)?.billed.outputTokens ?? 0;
      const response = await open(stack, chatBody('What is a pear?'), { path: STREAM_PATH });
      const arrivals: number[] = [];
      let text = '';
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += piece;
        if (text.includes('"text"')) arrivals.push(written());
      }
      stack.bedrock.local?.faults.clear();
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      expect(new Set(arrivals).size).toBeGreaterThan(3);
      expect(arrivals[0]).toBeLessThan(written());
      expect(wholeAnswer(200, text).json['usage']).toMatchObject({ outputTokens: written() });
    });

    test('refuses what is no event, or no JSON', async () => {
      for (const name of ['chat', 'chatStream'] as const) {
        expect(await stack.functions[name].invoke('no event')).toMatchObject({ ok: false });
        const result = await stack.functions[name].invoke(restEvent({ raw: '{"messages', claims: { sub: 'ada' } }));
        expect(JSON.stringify(result)).toContain('malformed_json');
      }
    });

    test.each([
      ['chat', '/v1/chat'],
      ['chatStream', STREAM_PATH],
    ] as const)('%s: a crash is a bad gateway, and the next request has a new process', async (name, route) => {
      const hold = stack.bedrock.local?.hold();
      const [before] = pidsOf(stack, name);
      const answer = send(stack, chatBody('What is a pear?'), { path: route });
      await hold?.reached(1);
      stack.functions[name].kill();
      hold?.release();
      expect((await answer).status).toBe(502);
      expect((await send(stack, chatBody('What is a pear?'), { path: route })).status).toBe(200);
      expect(pidsOf(stack, name)).not.toContain(before);
    });

    const startIllBehaved = (handler: string): Promise<LambdaFunction> =>
      startLambdaFunction({
        name: handler,
        zip: zipFunction(new URL('../support/functions/ill-behaved.ts', import.meta.url), folder),
        handler: `index.${handler}`,
        env: {},
        timeoutMs: 2000,
      });

    test('answers for a handler that never comes back, before Lambda ends it', async () => {
      const stuck = await startIllBehaved('stuck');
      const pids = stuck.pids();
      const result = await stuck.invoke(restEvent({ body: chatBody('Hi') }));
      expect(result).toMatchObject({ ok: true, value: { statusCode: 504 } });
      expect(stuck.pids()).toEqual(pids);
      await stuck.close();
    });

    test('tells Lambda of a stream that breaks off, and lives on', async () => {
      const breaking = await startIllBehaved('breaking');
      const pids = breaking.pids();
      for (const _ of pids.concat(pids)) {
        const pieces: string[] = [];
        const result = await breaking.stream(restEvent({ body: chatBody('Hi') }), {
          head: () => {},
          chunk: (bytes) => pieces.push(Buffer.from(bytes).toString()),
        });
        expect(result).toMatchObject({ ok: false, errorType: 'BulwarkError' });
        expect(pieces.join('')).toContain('Once upon a time.');
      }
      expect(breaking.pids()).toEqual(pids);
      await breaking.close();
    });
  });

  describe('two invocations at once in one process', () => {
    let stack: Stack;
    beforeAll(async () => {
      stack = await startStack({ packaged: { folder: packaged, maxConcurrency: 2 } });
    });
    afterAll(() => stack.close());

    /** What was printed for a request: its audit record, and its metrics. */
    const printedFor = (requestId: unknown): readonly string[] =>
      stack.output.lines.map(({ line }) => line).filter((line) => line.includes(String(requestId)));

    test.each([
      ['chat', '/v1/chat'],
      ['chatStream', STREAM_PATH],
    ] as const)('%s: have each their caller, numbering, metrics and log', async (name, route) => {
      const hold = stack.bedrock.local?.hold();
      const questions = [`Repeat after me: ${email('ada')} and ${email('bob')}`, `Repeat after me: ${email('eve')}`];
      const sent = questions.map((question, index) =>
        send(stack, chatBody(question), { user: `${name}-${index}`, path: route }),
      );
      await hold?.reached(2);
      expect(pidsOf(stack, name)).toHaveLength(1);
      hold?.release();

      const answers = (await Promise.all(sent)).map(({ status, text, json }) => ({
        text,
        json: name === 'chat' ? json : wholeAnswer(status, text).json,
      }));
      expect(answers.map(({ json }) => JSON.stringify(json['message']).match(/EMAIL_ADDRESS_\d/g))).toEqual([
        ['EMAIL_ADDRESS_1', 'EMAIL_ADDRESS_2'],
        ['EMAIL_ADDRESS_1'],
      ]);
      const callers = new Set<unknown>();
      for (const [index, { json }] of answers.entries()) {
        const usage = json['usage'] as { totalTokens: number };
        await vi.waitFor(() => expect(printedFor(json['requestId'])).toHaveLength(3), { timeout: 5000 });
        const printed = printedFor(json['requestId']);
        const audit = JSON.parse(printed.find((line) => line.includes('"audit"')) ?? '{}');
        expect(audit).toMatchObject({ outcome: 'ok', redactions: { EMAIL_ADDRESS: { count: 2 - index } } });
        callers.add(JSON.stringify(audit.caller ?? audit.principals));
        expect(Object.fromEntries(printed.flatMap(metricsOf))).toMatchObject({
          Requests: 1,
          Redactions: 2 - index,
          TotalTokens: usage.totalTokens,
        });
      }
      expect(callers.size).toBe(2);
    });
  });
});
