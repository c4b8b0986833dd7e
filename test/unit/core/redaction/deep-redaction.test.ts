import { describe, expect, test } from 'vitest';
import { askDeepRedaction, type DeepRedaction, deepRedactionOf } from '../../../../core/redaction/deep-redaction.ts';

const finding = { entity: 'PERSON', start: 0, end: 3, score: 1 };
const saying = (verdict: unknown): DeepRedaction => ({ judge: async () => verdict as never });

describe('the options', () => {
  test('have defaults, and withhold what could not be judged', () => {
    const deep = saying([]);
    expect(deepRedactionOf('policy.redaction', { deep })).toEqual({
      deep,
      onDeepFailure: 'block',
      windowUnits: 600,
      windowMs: 1000,
      windowsInFlight: 3,
    });
    expect(deepRedactionOf('policy.redaction', {})).toBeUndefined();
  });

  test.each([
    ['deep', {}],
    ['deep', null],
    ['deep', ''],
    ['onDeepFailure', 'flag'],
    ['windowUnits', 399],
    ['windowUnits', 24_001],
    ['windowMs', 0],
    ['windowsInFlight', 0],
    ['windowUnit', 600],
  ])('refuse %s: %j', (name, value) => {
    expect(() => deepRedactionOf('policy.redaction', { [name]: value } as never)).toThrow(`policy.redaction: `);
  });
});

describe('a verdict', () => {
  test.each([[[finding]], [[]], ['blocked'], ['unknown']])('is what the deep tier says: %j', async (verdict) => {
    expect(await askDeepRedaction(saying(verdict), 'Ada', undefined)).toEqual(verdict);
  });

  test.each([
    undefined,
    null,
    'clean',
    [null],
    [{ ...finding, end: 4 }],
    [{ ...finding, start: -1 }],
    [{ ...finding, start: 3 }],
    [{ ...finding, start: 0.5 }],
    [{ ...finding, entity: 'Ada] [' }],
    [{ ...finding, entity: undefined }],
  ])('is unknown where it is none: %j', async (verdict) => {
    expect(await askDeepRedaction(saying(verdict), 'Ada', undefined)).toBe('unknown');
  });

  test('is unknown where the deep tier fails, at once or later', async () => {
    const failing: DeepRedaction = { judge: () => Promise.reject(new Error('no')) };
    const throwing: DeepRedaction = {
      judge: () => {
        throw new Error('no');
      },
    };
    expect(await askDeepRedaction(failing, 'Ada', undefined)).toBe('unknown');
    expect(await askDeepRedaction(throwing, 'Ada', undefined)).toBe('unknown');
  });

  test('is unknown when the wait ends, also of a deep tier that is deaf', async () => {
    const aborter = new AbortController();
    let asked = 0;
    const deaf: DeepRedaction = {
      judge: () => {
        asked += 1;
        return new Promise(() => {});
      },
    };
    const asking = askDeepRedaction(deaf, 'Ada', aborter.signal);
    aborter.abort();
    expect(await asking).toBe('unknown');
    expect(await askDeepRedaction(deaf, 'Ada', aborter.signal)).toBe('unknown');
    expect(asked).toBe(1);
  });
});
