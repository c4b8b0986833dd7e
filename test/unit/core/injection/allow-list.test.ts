/** Texts that pass by their digest, and results that are remembered by one. */

import { describe, expect, test } from 'vitest';
import { createInjectionScreen, createScreenCache, type ScreenResult } from '../../../../core/injection/index.ts';
import { BLOCKED, digest, FLAGGED, NONSENSE } from '../../../support/screen-rules.ts';

describe('a text on the allow-list', () => {
  const screenWith = (...allow: unknown[]) => createInjectionScreen({ ...NONSENSE, allow: allow as never, digest });

  test('passes exactly as it is, and the record says why', () => {
    const { screen } = screenWith(digest(BLOCKED));
    expect(screen(BLOCKED)).toMatchObject({
      verdict: 'allow',
      heldBack: { verdict: 'block', by: 'allow-list' },
      findings: [{ rule: 'test-block' }],
    });
    expect(screen(BLOCKED)).not.toHaveProperty('certain');
    expect(screen(`${BLOCKED} `).verdict).toBe('block');
    expect(screen('A ripe pear.')).not.toHaveProperty('heldBack');
  });

  test('passes on its channel only, where it names one', () => {
    const { screen } = screenWith({ sha256: digest(FLAGGED).toUpperCase(), channel: 'data' });
    expect([screen(FLAGGED).verdict, screen(FLAGGED, { channel: 'data' }).verdict]).toEqual(['flag', 'allow']);
  });

  test('does not stand for another text with the same bytes in UTF-8', () => {
    const { screen } = screenWith(digest(`${BLOCKED} \ufffd`));
    expect(screen(`${BLOCKED} \ufffd`).verdict).toBe('allow');
    expect(screen(`${BLOCKED} \ud800`).verdict).toBe('block');
  });

  test('is not read on into its neighbours', async () => {
    const { screenConversation } = screenWith(digest(BLOCKED));
    const messages = [BLOCKED, 'A ripe pear.'].map((text) => ({ role: 'user', content: [{ text }] }));
    expect((await screenConversation(messages)).verdict).toBe('allow');
  });

  test.each([
    ['the text itself', [BLOCKED], 'allow[0] must be a SHA-256 of 64 hex digits'],
    ['a digest of another kind', [digest('x').slice(1)], 'allow[0] must be'],
    ['a channel that there is not', [{ sha256: digest('x'), channel: 'tool' }], 'channel must be user or data'],
    ['an unknown field', [{ sha256: digest('x'), note: 1 }], 'unknown option note'],
    ['nothing', [undefined], 'allow must be an array of an object'],
  ])('%s is refused at creation, and not printed', (_, allow, message) => {
    expect(() => screenWith(...allow)).toThrow(message);
    expect(() => screenWith(...allow)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(BLOCKED) }),
    );
  });

  test('needs a digest, and one that is SHA-256', () => {
    expect(() => createInjectionScreen({ allow: [digest('x')] })).toThrow('allow needs digest');
    expect(() => createInjectionScreen({ digest: (text) => digest(`${text}x`) })).toThrow('digest must be');
  });
});

describe('what a screen remembers', () => {
  const long = (text: string): string => `${text} ${'A ripe pear keeps in the cellar. '.repeat(10)}`;
  const counted = () => {
    let asked = 0;
    const count = {
      id: 'test-counts',
      channels: ['user', 'data'],
      score: () => {
        asked += 1;
        return 0;
      },
    } as const;
    const screen = createInjectionScreen({
      ...NONSENSE,
      digest,
      scorers: [count],
      tenants: { strict: { cutPoints: { user: { flag: 0.1, block: 0.2 } } } },
    });
    return { screen, asked: () => asked };
  };

  test('is judged once by channel and settings, with the same result', () => {
    const { screen, asked } = counted();
    const first = screen.screen(long(FLAGGED));
    expect(screen.screen(long(FLAGGED))).toEqual(first);
    expect(asked()).toBe(1);
    expect(screen.screen(long(FLAGGED), { channel: 'data' }).verdict).toBe('flag');
    expect(screen.forTenant('strict').screen(long(FLAGGED)).verdict).toBe('block');
    expect(screen.screen(long(FLAGGED)).verdict).toBe('flag');
    expect(asked()).toBe(3);
  });

  test('never passes for a text with the same bytes in UTF-8', () => {
    const { screen } = counted();
    const [harmless, attack] = [long('zorp the\ufffd\ufffd quux at dawn'), long('zorp the\ud800\udbff quux at dawn')];
    const alone = createInjectionScreen(NONSENSE);
    screen.screen(harmless);
    expect(screen.screen(attack)).toEqual(alone.screen(attack));
  });

  test('holds digests in place of texts, and forgets the oldest', async () => {
    const keys: string[] = [];
    const results = new Map<string, ScreenResult>();
    const cache = {
      get: (key: string) => results.get(key),
      set: (key: string, result: ScreenResult) => {
        keys.push(key);
        return results.set(key, result);
      },
    };
    const messages = [BLOCKED, FLAGGED].map((text) => ({ role: 'user', content: [{ text }] }));
    await createInjectionScreen({ ...NONSENSE, digest }).screenConversation(messages, { cache });
    expect(keys.length).toBeGreaterThan(1);
    for (const key of keys) expect(key).toMatch(/^(?:read-on )?[0-9a-f]{64}$/);

    const small = createScreenCache(2);
    for (const key of ['a', 'b', 'c']) small.set(key, { verdict: 'allow', score: 0, findings: [] });
    expect(['a', 'b', 'c'].map((key) => small.get(key)?.verdict)).toEqual([undefined, 'allow', 'allow']);
  });
});
