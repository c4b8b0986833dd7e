/** Whatever an answer looks like, what leaves has been looked at. */

import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { guardHandler } from '../../../middleware/index.ts';
import { lambdaContext, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const email = ['ada', 'example.com'].join('@');

const answerOf = (answer: unknown, event: object): Promise<unknown> =>
  guardHandler(async (_: object) => answer, {}, { telemetry: recordTelemetry() })(event, lambdaContext());

test.each([
  ['with a status and a body that is no text', { statusCode: 200, body: { text: email } }],
  ['with a status and other members', { statusCode: 200, answer: email }],
  [
    'with a status and a body of an unreadable type',
    { statusCode: 200, headers: { 'content-type': 'image/png' }, body: email },
  ],
  ['without a status', { answer: email }],
])('of a direct invocation: %s', async (_, answer) => {
  const seen = JSON.stringify(await answerOf(answer, { direct: true }));
  expect(seen).toContain('[EMAIL_ADDRESS_1]');
  expect(seen).not.toContain(email);
});

test.each([
  ['a body that is no text', { statusCode: 200, body: { text: email } }],
  ['a status in letters', { statusCode: '200', headers: { 'content-type': 'text/plain' }, body: email }],
])('to HTTP: %s', async (_, answer) => {
  expect(JSON.stringify(await answerOf(answer, restEvent()))).toContain('[EMAIL_ADDRESS_1]');
});

test.each([
  [
    'an image, its status in letters',
    {
      statusCode: '200',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(email).toString('base64'),
      isBase64Encoded: true,
    },
  ],
  [
    'text in a charset that hides it',
    {
      statusCode: 200,
      headers: { 'content-type': 'text/plain; charset=utf-16le' },
      body: Buffer.from(email, 'utf16le').toString('base64'),
      isBase64Encoded: true,
    },
  ],
  ['a stream beside a status that is none', { statusCode: 'OK', body: Readable.from([email]) }],
])('to HTTP, nobody can look into it and it is withheld: %s', async (_, answer) => {
  expect(await answerOf(answer, restEvent())).toMatchObject({ statusCode: 502 });
});

test('to HTTP, a text is a text, whatever charset it is said to be in', async () => {
  const headers = { 'content-type': 'text/html; charset=ISO-8859-1' };
  expect(await answerOf({ statusCode: 200, headers, body: `Mail ${email}` }, restEvent())).toMatchObject({
    statusCode: 200,
    body: 'Mail [EMAIL_ADDRESS_1]',
  });
});

test('to HTTP, a body that was changed has no length of before', async () => {
  const headers = { 'Content-Length': '5', 'content-type': 'text/plain' };
  const changed = await answerOf({ statusCode: 200, headers, body: email }, restEvent());
  expect(Object.keys((changed as { headers: object }).headers)).not.toContain('Content-Length');
  expect(await answerOf({ statusCode: 200, headers, body: 'pears' }, restEvent())).toMatchObject({ headers });
});

test.each([
  ['in time', 100, 200],
  ['too late', 2000, 504],
])('of a function with little time: a handler that answers %s', async (_, needsMs, statusCode) => {
  const slow = guardHandler(
    async (_event: object) => {
      await sleep(needsMs, undefined, { ref: false });
      return { statusCode: 200, body: '{}' };
    },
    {},
    { telemetry: recordTelemetry() },
  );
  expect(await slow(restEvent(), lambdaContext(700))).toMatchObject({ statusCode });
});
