/** What a handler may do, and what Lambda is told of it: the function host says the same as Lambda's runtime client. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionHost, PRELUDE_TYPE, startFunction } from '../../local/function-host/index.ts';
import { failure } from '../../local/function-host/protocol.ts';
import { BUILD_COMMAND, isRuntimeBuilt, startLambdaFunction } from '../../local/lambda-runtime/index.ts';
import { zipFunction } from '../support/zip-function.ts';

const MODULE = new URL('../support/functions/runtime-contract.ts', import.meta.url);
const HOW = { name: 'contract', env: {}, timeoutMs: 1000 };
const folder = mkdtempSync(path.join(tmpdir(), 'bulwark-contract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ok = (value: unknown = null) => ({ ok: true, value });
const tooFar = failure('RangeError', 'too far');
const timedOut = failure('Sandbox.Timedout', 'Task timed out after 1.00 seconds');
const exited = (status: number) => failure('Runtime.ExitError', `Runtime exited with error: exit status ${status}`);
const END = '\0'.repeat(8);

/** What is invoked, and what comes of it. */
const ANSWERS: readonly (readonly [what: string, result: object])[] = [
  ['an object', ok({ a: 1, at: '1970-01-01T00:00:00.000Z' })],
  ['nothing', ok()],
  ['an error', tooFar],
  ['no error', failure('string', 'text')],
  ['a circle', failure('Runtime.JSONStringifyError', 'Unable to stringify response body')],
  ['too much', failure('Function.ResponseSizeTooLarge', '6291558 bytes exceed the limit')],
  ['no answer', timedOut],
  ['a rejection that nobody hears', exited(1)],
  ['an exit', exited(3)],
];

/** What is streamed, what comes of it, and what of it arrives. */
const STREAMS: readonly (readonly [what: string, result: object, type: string | undefined, body: string])[] = [
  ['pieces', ok(), 'text/plain', 'ab'],
  ['an object', ok(), 'application/octet-stream', '{"a":1}'],
  ['nothing', ok(), 'application/octet-stream', ''],
  ['a head', ok(), PRELUDE_TYPE, `{"statusCode":201}${END}a`],
  ['a head and nothing', ok(), PRELUDE_TYPE, `{"statusCode":204}${END}`],
  ['a head that is never written', ok(), PRELUDE_TYPE, 'a'],
  [
    'a type too late',
    failure('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.'),
    'application/octet-stream',
    'a',
  ],
  ['an error', tooFar, undefined, ''],
  ['an error on its way', tooFar, 'application/octet-stream', 'a'],
  ['a pipeline', ok(), PRELUDE_TYPE, `{"statusCode":200}${END}ab`],
  ['a pipeline that fails', exited(1), 'application/octet-stream', 'a'],
  ['no end', timedOut, 'application/octet-stream', 'a'],
  ['an exit', exited(3), 'application/octet-stream', 'a'],
];

const HOSTS: readonly (readonly [name: string, able: boolean, start: (handler: string) => Promise<FunctionHost>])[] = [
  ['the function host', true, (handler) => startFunction({ ...HOW, entry: MODULE.href, handler })],
  [
    "Lambda's runtime client",
    isRuntimeBuilt(),
    (handler) => startLambdaFunction({ ...HOW, zip: zipFunction(MODULE, folder), handler: `index.${handler}` }),
  ],
];
if (!isRuntimeBuilt()) console.log(`skipped: Lambda's runtime client is not built (${BUILD_COMMAND})`);

for (const [name, able, start] of HOSTS)
  describe.skipIf(!able)(name, () => {
    let buffered: FunctionHost;
    let streaming: FunctionHost;
    beforeAll(async () => {
      [buffered, streaming] = await Promise.all([start('handler'), start('stream')]);
    });
    afterAll(() => Promise.all([buffered.close(), streaming.close()]));

    test.each(ANSWERS)('says of %s', async (what, expected) => {
      expect(await buffered.invoke({ case: what })).toEqual(expected);
    });

    test.each(STREAMS)('says of a stream of %s', async (what, expected, type, body) => {
      const heads: string[] = [];
      const chunks: Uint8Array[] = [];
      const result = await streaming.stream(
        { case: what },
        { head: (contentType) => heads.push(contentType), chunk: (bytes) => chunks.push(bytes) },
      );
      expect(result).toEqual(expected);
      expect([heads, Buffer.concat(chunks).toString()]).toEqual([type === undefined ? [] : [type], body]);
    });
  });
