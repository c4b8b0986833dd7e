import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { guardHandler, type ResponseStream } from '../../../middleware/index.ts';
import { lambdaContext, restEvent } from '../../support/events.ts';
import { SHAPES } from '../../support/frames.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const card = ['4111 1111', ' 1111 1111'].join('');
const token = ['ghp', '_', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR1234'].join('');
const TYPES = { sse: 'text/event-stream; charset=utf-8', ndjson: 'application/x-ndjson' } as const;
const reply = `Für 梨 ${card}, sign with ${token}. Done.`;
const clean = 'Für 梨 [CREDIT_CARD_1], sign with [SECRET_1]. Done.';
const counts = { CREDIT_CARD: { count: 1 }, 'SECRET:github-pat': { count: 1 } };
const event = restEvent({ body: {}, claims: { sub: 'ada' } });

/** What a model's tokens may look like: they end where values do not. */
const tokens = reply.match(/.{1,4}/g) ?? [];

describe.each(SHAPES)('a handler that knows nothing of the kit and streams as $name', ({ framing, frame, read }) => {
  test('leaks no value that is split over its frames, wrapped by one line', async () => {
    const telemetry = recordTelemetry();
    const existing = async () => ({
      statusCode: 200,
      headers: { 'Content-Type': TYPES[framing] },
      body: Readable.from(tokens.map((piece) => frame(piece))),
    });
    const guarded = guardHandler(existing, { stream: {} }, { telemetry });
    const { body, pieces, error } = await invokeStream(guarded, event);
    expect(error).toBeUndefined();
    expect(read(body)).toBe(clean);
    expect(pieces.length).toBeGreaterThan(2);
    expect(telemetry.lines.at(-1)?.fields['redactions']).toMatchObject(counts);
  });

  test('leaks none either when it writes bytes that end anywhere', async () => {
    const existing = awslambda.streamifyResponse(async (_: object, stream: unknown) => {
      const out = awslambda.HttpResponseStream.from(stream as never, {
        statusCode: 200,
        headers: { 'content-type': TYPES[framing] },
      }) as never as ResponseStream;
      const bytes = Buffer.from(tokens.map((piece) => frame(piece)).join(''));
      for (let at = 0; at < bytes.length; at += 7) out.write(bytes.subarray(at, at + 7));
      out.end();
    });
    const guarded = guardHandler(existing as never, {}, { telemetry: recordTelemetry() });
    const { body } = await invokeStream(guarded as never, event);
    expect(read(body)).toBe(clean);
  });
});

test.each(SHAPES)(
  'a body that is all frames of $name at once is redacted by them',
  async ({ framing, frame, read }) => {
    const existing = async () => ({
      statusCode: 200,
      headers: { 'content-type': TYPES[framing] },
      body: tokens.map((piece) => frame(piece)).join(''),
    });
    const guarded = guardHandler(existing, {}, { telemetry: recordTelemetry() });
    const { body } = (await guarded(event as never, lambdaContext())) as { body: string };
    expect(read(body)).toBe(clean);
  },
);

test('of a stream that is only watched, everything passes and is counted', async () => {
  const [shape] = SHAPES;
  if (shape === undefined) expect.unreachable();
  const telemetry = recordTelemetry();
  const existing = async () => ({
    statusCode: 200,
    headers: { 'content-type': TYPES.sse },
    body: Readable.from(tokens.map((piece) => shape.frame(piece))),
  });
  const guarded = guardHandler(existing, { stream: {}, mode: 'monitor' }, { telemetry });
  expect(shape.read((await invokeStream(guarded, event)).body)).toBe(reply);
  expect(telemetry.lines.at(-1)?.fields['redactions']).toMatchObject(counts);
});

test('a frame without an end is not sent, and ends the stream with an error', async () => {
  const existing = async () => ({
    statusCode: 200,
    headers: { 'content-type': TYPES.sse },
    body: Readable.from(['data: a. \n\n', `data: ${card}`, ...Array.from({ length: 11 }, () => 'x'.repeat(100_000))]),
  });
  const guarded = guardHandler(existing, { stream: {} }, { telemetry: recordTelemetry() });
  const { body } = await invokeStream(guarded, event);
  expect(body).toMatch(/^data: a\. \n\nevent: error\ndata: .*output_blocked/);
});
