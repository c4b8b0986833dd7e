import { describe, expect, test } from 'vitest';
import { admitConverse } from '../../../../core/converse/admit.ts';
import { withoutMedia } from '../../../../core/converse/media.ts';
import type { ContentBlock } from '../../../../core/converse/types.ts';
import { definePolicy } from '../../../../core/policy.ts';
import { tokenBound } from '../../../../core/quota/index.ts';

const bytes = new Uint8Array(1000);
const media = { image: { maxTokens: 1600, maxBytes: 1000, maxBlocks: 2 }, document: { maxTokens: 9000 } };
const image = { image: { format: 'png', source: { bytes } } };
const document = (source: object, more: object = {}) => ({ document: { format: 'pdf', name: 'a', source, ...more } });
const call = (...content: readonly ContentBlock[]) => ({ modelId: 'm', messages: [{ role: 'user', content }] });
const inResult = (...content: readonly ContentBlock[]) => call({ toolResult: { toolUseId: 't', content } });
const reason = (input: ReturnType<typeof call>, policy: typeof media | undefined = media) =>
  admitConverse(input, { media: policy })?.reason;

describe('images and documents', () => {
  test('are refused unless the policy names their kind, in turns and in results of tools', () => {
    for (const input of [call(image), inResult(image), call(document({ bytes }))]) {
      expect(admitConverse(input, {})?.reason).toBe('content-block');
      expect(reason(input)).toBeUndefined();
    }
    expect(reason(call({ video: { format: 'mp4', source: { bytes } } }))).toBe('content-block');
  });

  test.each([
    ['a reference to S3', { image: { format: 'png', source: { s3Location: { uri: 's3://b/k' } } } }],
    ['more bytes than the bound', { image: { format: 'png', source: { bytes: new Uint8Array(1001) } } }],
    ['what is no bytes', { image: { format: 'png', source: { bytes: 'AAAA' } } }],
    ['bytes and more', { image: { format: 'png', source: { bytes, s3Location: {} } } }],
    ['fields that nobody knows', { image: { format: 'png', source: { bytes }, alt: 'x' } }],
    ['citations, which change the reply', document({ bytes }, { citations: { enabled: true } })],
    ['content that is no text', document({ content: [{ image: {} }] })],
    ['a name that is no text', document({ bytes }, { name: { text: 'x' } })],
  ])('are refused with %s', (_, block) => {
    expect(reason(call(block))).toBe('content-block');
  });

  test('are counted over the whole call', () => {
    expect(reason(call(image, image))).toBeUndefined();
    expect(
      reason({ ...call(image, image), messages: [...call(image).messages, ...inResult(image, image).messages] }),
    ).toBe('media-count');
  });

  test('count the tokens of their bound, and their text its bytes', () => {
    const plain = tokenBound(call({ text: 'What is it?' }));
    const bound = tokenBound(call({ text: 'What is it?' }, image, document({ bytes })), media);
    expect(bound - plain).toBeGreaterThanOrEqual(1600 + 9000);
    expect(bound - plain).toBeLessThan(1600 + 9000 + 300);
    const text = 'word '.repeat(1000);
    expect(tokenBound(call(document({ text })), media)).toBeGreaterThan(text.length);
    expect(tokenBound(inResult(image), media)).toBeGreaterThan(1600);
  });

  test('stand without bytes for whoever reads texts, and the call stays as it was', () => {
    const input = inResult(image, { text: 'x' });
    expect(JSON.stringify(withoutMedia(input))).toContain('"text":"x"');
    expect(JSON.stringify(withoutMedia(input))).not.toContain('"0":0');
    expect(input).toEqual(inResult(image, { text: 'x' }));
    const plain = call({ text: 'x' });
    expect(withoutMedia(plain)).toBe(plain);
  });

  test('need a bound, and nothing else that nobody knows', () => {
    for (const policy of [{ image: {} }, { image: { maxTokens: 0 } }, { pdf: { maxTokens: 1 } }, { image: { max: 1 } }])
      expect(() => definePolicy({ model: { media: policy as never } })).toThrow(TypeError);
  });
});
