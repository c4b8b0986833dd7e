import {
  type ConverseCommandInput,
  ConverseRequest$,
  InvokeModelRequest$,
  InvokeModelWithResponseStreamRequest$,
} from '@aws-sdk/client-bedrock-runtime';
import { NormalizedSchema } from '@smithy/core/schema';
import { NumericValue } from '@smithy/core/serde';
import { describe, expect, test, vi } from 'vitest';
import { inputOfHeaders, inputOfJson } from '../../../../aws/bedrock/guard-fetch/command-input.ts';
import { wireJson } from '../../../../aws/bedrock/guard-fetch/wire-json.ts';

const HI = 'aGk=';
const hi = new TextEncoder().encode('hi');
const inputOf = (body: object): ConverseCommandInput => inputOfJson(ConverseRequest$, JSON.stringify(body)) as never;
const contentOf = (content: object): unknown =>
  inputOf({ messages: [{ role: 'user', content: [content] }] }).messages?.[0]?.content?.[0];
const plainBytes = (value: unknown): unknown => new Uint8Array(value as Uint8Array);

describe('members of a request', () => {
  test('are bytes where the service model says so, however deep', () => {
    const image = contentOf({ image: { format: 'png', source: { bytes: HI } } }) as never;
    expect(plainBytes(image['image']['source']['bytes'])).toEqual(hi);
    const result = contentOf({
      toolResult: { toolUseId: 't', content: [{ document: { format: 'pdf', name: 'd', source: { bytes: HI } } }] },
    }) as never;
    expect(plainBytes(result['toolResult']['content'][0]['document']['source']['bytes'])).toEqual(hi);
    const thought = contentOf({ reasoningContent: { redactedContent: HI } }) as never;
    expect(plainBytes(thought['reasoningContent']['redactedContent'])).toEqual(hi);
  });

  test('stay text in free documents, and in what the service model does not know', () => {
    const json = { bytes: HI, source: { bytes: HI }, image: { source: { bytes: HI } }, $unknown: ['text', 'x'] };
    for (const content of [
      { toolUse: { toolUseId: 't', name: 'n', input: json } },
      { toolResult: { toolUseId: 't', content: [{ json }] } },
      { fresh: json },
    ])
      expect(contentOf(content)).toEqual(content);
    const more = { additionalModelRequestFields: json, fresh: { $unknown: 1 } };
    expect(inputOf(more)).toEqual(more);
  });

  test('of another type than the service model has stay as they are, for admission to see', () => {
    for (const bytes of [7, null, ['aGk='], { 0: 1 }])
      expect(contentOf({ image: { format: 'png', source: { bytes } } })).toEqual({
        image: { format: 'png', source: { bytes } },
      });
    for (const body of [{ messages: 'Hi' }, { messages: { 0: {} } }, { system: [null, 1, 'Hi'] }])
      expect(inputOf(body)).toEqual(body);
  });

  test('have no prototype of the sender', () => {
    const text = '{"messages":[{"role":"user","content":[{"text":"Hi","__proto__":{"image":{}}}]}]}';
    const block = (inputOfJson(ConverseRequest$, text) as never)['messages'][0]['content'][0] as object;
    expect(Object.getPrototypeOf(block)).toBe(Object.prototype);
    expect(Object.keys(block)).toEqual(['text', '__proto__']);
  });

  test('are looked up once, however many blocks ask for them', () => {
    const blocks = `{"messages":[{"role":"user","content":[${'{"text":""},'.repeat(1000)}{"text":""}]}]}`;
    // What the SDK makes anew each time that it is asked would take a second for each megabyte of a request.
    const asked = vi.spyOn(NormalizedSchema.prototype, 'getMemberSchemas');
    inputOfJson(ConverseRequest$, blocks);
    expect(asked.mock.calls.length).toBeLessThan(10);
    asked.mockRestore();
  });
});

describe('headers of a request', () => {
  test('are the parameters that the service model has for them', () => {
    const headers = new Headers({
      'content-type': 'application/json',
      accept: '*/*',
      'X-Amzn-Bedrock-GuardrailIdentifier': 'g',
      'X-Amzn-Bedrock-GuardrailVersion': '1',
      'X-Amzn-Bedrock-Trace': 'ENABLED',
      'X-Amzn-Bedrock-PerformanceConfig-Latency': 'optimized',
      'X-Amzn-Bedrock-Service-Tier': 'flex',
      authorization: 'AWS4-HMAC-SHA256 …'.slice(0, 16),
    });
    const members = {
      contentType: 'application/json',
      guardrailIdentifier: 'g',
      guardrailVersion: '1',
      trace: 'ENABLED',
      performanceConfigLatency: 'optimized',
      serviceTier: 'flex',
    };
    expect(inputOfHeaders(InvokeModelRequest$, headers)).toEqual(members);
    expect(inputOfHeaders(InvokeModelWithResponseStreamRequest$, headers)).toEqual(members);
  });

  test('of Bedrock that it does not have are refused', () => {
    const headers = new Headers({ 'x-amzn-bedrock-fresh': '1' });
    for (const schema of [ConverseRequest$, InvokeModelRequest$])
      expect(() => inputOfHeaders(schema, headers)).toThrow(
        expect.objectContaining({ code: 'content_not_allowed', reason: 'parameter' }),
      );
  });
});

describe('JSON of an answer', () => {
  test('has bytes in base64, whatever holds them', () => {
    const window = new Uint8Array([0, ...hi, 0]).subarray(1, 3);
    expect(wireJson({ a: hi, b: Buffer.from(hi), c: [window] })).toBe(`{"a":"${HI}","b":"${HI}","c":["${HI}"]}`);
  });

  test('has numbers with all their digits', () => {
    const digits = '12345678901234567890.123';
    expect(wireJson({ a: 2n ** 64n, b: new NumericValue(digits, 'bigDecimal'), c: 1 })).toBe(
      `{"a":18446744073709551616,"b":${digits},"c":1}`,
    );
  });

  test('has what a model wrote as it wrote it', () => {
    const input = { type: 'bigDecimal', string: '1' };
    expect(wireJson({ input })).toBe(JSON.stringify({ input }));
  });

  test('has nothing that the SDK added or could not name', () => {
    expect(
      wireJson({ $metadata: { requestId: 'r' }, content: [{ $unknown: ['fresh', 'secret'] }, { text: 'Hi' }] }),
    ).toBe('{"content":[{},{"text":"Hi"}]}');
  });
});
