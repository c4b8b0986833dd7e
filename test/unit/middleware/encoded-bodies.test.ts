/** Bodies in base64 and in encodings of content: read, or not sent. */

import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { guardHandler } from '../../../middleware/index.ts';
import { type HttpResult, lambdaContext, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const email = ['ada', 'example.com'].join('@');
const text = `Für 梨: ${email}`;
const base64 = Buffer.from(text).toString('base64');

const answer = async (body: string, headers: Readonly<Record<string, string>>, isBase64Encoded = true) => {
  const existing = async () => ({
    statusCode: 200,
    headers: { 'content-type': 'text/plain', ...headers },
    body,
    isBase64Encoded,
  });
  const guarded = guardHandler(existing, {}, { telemetry: recordTelemetry() });
  return (await guarded(restEvent() as never, lambdaContext())) as unknown as HttpResult & {
    isBase64Encoded?: boolean;
  };
};

describe('a body in base64', () => {
  test.each([
    ['text', base64],
    ['text without padding', base64.replace(/=+$/, '')],
    ['text in lines', base64.replaceAll(/.{16}/g, '$&\r\n')],
  ])('that is %s is redacted, and text from then on', async (_, body) => {
    expect(await answer(body, {})).toMatchObject({
      statusCode: 200,
      body: 'Für 梨: [EMAIL_ADDRESS_1]',
      isBase64Encoded: false,
    });
  });

  test('that is clean stays as it is', async () => {
    const body = Buffer.from('Für 梨').toString('base64');
    expect(await answer(body, {})).toMatchObject({ statusCode: 200, body, isBase64Encoded: true });
  });

  test('that is JSON stays JSON', async () => {
    const json = Buffer.from(JSON.stringify({ to: email })).toString('base64');
    const { body } = await answer(json, { 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({ to: '[EMAIL_ADDRESS_1]' });
  });

  test.each([
    ['is cut', Buffer.from(`${text}..`).toString('base64').slice(0, -3), {}],
    ['has bits left over', Buffer.from('abcde').toString('base64').replace(/.=$/, '9'), {}],
    ['goes on after its end', `${Buffer.from('clean').toString('base64')}${base64}`, {}],
    ['is no base64', 'Mail me!', {}],
    ['is in another charset', Buffer.from(`für ${email}`, 'latin1').toString('base64'), {}],
    ['says that it is UTF-16', base64, { 'content-type': 'text/plain; charset=utf-16le' }],
    ['is UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le').toString('base64'), {}],
    ['ends within a character', Buffer.from(text).subarray(0, 2).toString('base64'), {}],
    ['is an image', base64, { 'content-type': 'image/png' }],
  ])('that %s is withheld', async (_, body, headers) => {
    const { statusCode, body: said } = await answer(body, headers);
    expect(statusCode).toBe(502);
    expect(JSON.parse(said)).toMatchObject({ code: 'output_blocked' });
  });
});

test.each(['gzip', 'br', 'deflate', 'zstd', 'identity, gzip', 'GZIP', 'x-unknown'])(
  'a body of Content-Encoding %s is withheld, in base64 and as text',
  async (encoding) => {
    const zipped = gzipSync(text).toString('base64');
    for (const [body, isEncoded] of [
      [zipped, true],
      [text, false],
    ] as const) {
      const { statusCode, body: said } = await answer(body, { 'Content-Encoding': encoding }, isEncoded);
      expect(statusCode).toBe(502);
      expect(said).toContain('output_blocked');
    }
  },
);
