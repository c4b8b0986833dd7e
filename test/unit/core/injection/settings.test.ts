/** What a screen makes of what it finds: modes of channels and rules, cut points, tenants. */

import { describe, expect, test } from 'vitest';
import { createGradedEvidence } from '../../../../core/injection/graded.ts';
import { createInjectionScreen } from '../../../../core/injection/index.ts';
import { settled } from '../../../../core/injection/settings.ts';
import { BLOCKED, FLAGGED, HINTS, NONSENSE } from '../../../support/screen-rules.ts';

const screenWith = (options: object = {}) => createInjectionScreen({ ...NONSENSE, ...options }).screen;
const off = { model: 'off' } as const;

describe('the mode of a channel is the worst verdict that it gives', () => {
  test.each([
    ['block', 'block', undefined, 'flag', undefined],
    ['flag', 'flag', 'block', 'flag', undefined],
    ['monitor', 'allow', 'block', 'allow', 'flag'],
  ] as const)('%s', (mode, blocked, heldBack, flagged, flagHeldBack) => {
    const screen = screenWith({ modes: { user: mode } });
    const held = (verdict: string | undefined) => verdict && { verdict, by: 'mode' };
    expect([screen(BLOCKED).verdict, screen(BLOCKED).heldBack]).toEqual([blocked, held(heldBack)]);
    expect([screen(FLAGGED).verdict, screen(FLAGGED).heldBack]).toEqual([flagged, held(flagHeldBack)]);
    expect(screen('A ripe pear.')).toMatchObject({ verdict: 'allow' });
    expect(screen(BLOCKED).findings.map(({ rule }) => rule)).toContain('test-block');
    expect(screen(BLOCKED, { channel: 'data' })).toMatchObject({ verdict: 'block', certain: true });
  });
});

describe('the mode of a rule', () => {
  test('off: it is not even found', () => {
    const screen = screenWith({ ruleModes: { ...off, 'test-block': 'off' } });
    expect(screen(BLOCKED)).toEqual({ verdict: 'allow', score: expect.any(Number), findings: [] });
  });

  test('monitor: it is found, and adds to nothing', () => {
    const screen = screenWith({ ruleModes: { ...off, 'test-block': 'monitor' } });
    const both = screen(`${BLOCKED}, and ${FLAGGED}`);
    expect(both).toMatchObject({ verdict: 'flag', score: 0.6, heldBack: { verdict: 'block', by: 'mode' } });
    expect(both.findings.map(({ rule }) => rule).sort()).toEqual(['test-block', 'test-flag']);
    expect(screen(BLOCKED)).toMatchObject({ verdict: 'allow', score: 0, heldBack: { verdict: 'block' } });
  });

  test('flag: it adds to what is flagged, and blocks nothing, alone or with others', () => {
    const screen = screenWith({ ruleModes: { ...off, 'test-block': 'flag', 'test-hint-1': 'flag' } });
    expect(screen(BLOCKED)).toMatchObject({ verdict: 'flag', heldBack: { verdict: 'block' } });
    expect(screen(HINTS.join(' and ')).verdict).toBe('flag');
    expect(screenWith()(HINTS.join(' and ')).verdict).toBe('block');
  });

  test('of the model and of what is unread goes by their names', () => {
    expect(() => screenWith({ ruleModes: { model: 'flag', 'disguise-unread': 'off' } })).not.toThrow();
  });
});

test('a block is certain by one rule that blocks alone, not by a sum of hints, and not where it is only spoken of', () => {
  const screen = screenWith();
  expect(screen(BLOCKED).certain).toBe(true);
  expect(screen(HINTS.join(' and '))).not.toHaveProperty('certain');
  expect(screenWith({ ruleModes: { ...off, 'test-block': 'flag' } })(`${BLOCKED} ${HINTS.join(' ')}`)).toMatchObject({
    verdict: 'block',
  });
  expect(
    screenWith({ ruleModes: { ...off, 'test-block': 'flag' } })(`${BLOCKED} ${HINTS.join(' ')}`),
  ).not.toHaveProperty('certain');
  expect(screen(`Never ${BLOCKED}, and ${HINTS.join(', ')}`)).not.toHaveProperty('certain');
});

test('nothing that the model says is certain, however sure it is', () => {
  const sure = { rule: 'model', start: 0, end: 9, score: 0.99 };
  const evidence = createGradedEvidence(settled(), (rule) => (rule === 'test-block' ? 0.9 : 0));
  evidence.add(sure);
  expect(evidence.result('user', sure)).toEqual({ verdict: 'block', score: 0.99, findings: [sure] });
  evidence.add({ ...sure, rule: 'test-block', score: 0.9 });
  expect(evidence.result('user', sure).certain).toBe(true);
});

test('what the model says too faintly to be a finding is the score all the same, where the model counts', () => {
  const faint = { rule: 'model', start: 0, end: 9, score: 0.1 };
  const scoreWith = (mode: 'block' | 'flag' | 'monitor') =>
    createGradedEvidence(settled({ ruleModes: { model: mode } }), () => 0).result('user', faint).score;
  expect(['block', 'flag', 'monitor'].map((mode) => scoreWith(mode as 'block'))).toEqual([0.1, 0.1, 0]);
});

describe('a tenant', () => {
  const screen = createInjectionScreen({
    ...NONSENSE,
    modes: { data: 'flag' },
    tenants: {
      watched: { modes: { user: 'monitor' } },
      strict: { cutPoints: { user: { flag: 0.3, block: 0.5 } }, ruleModes: { 'test-hint-0': 'off' } },
    },
  });

  test('has settings of its own over those of the screen', () => {
    const watched = screen.forTenant('watched');
    expect(watched.screen(BLOCKED).verdict).toBe('allow');
    expect(watched.screen(BLOCKED, { channel: 'data' }).verdict).toBe('flag');
    const strict = screen.forTenant('strict');
    expect([strict.screen(FLAGGED).verdict, strict.screen(HINTS[0]).verdict]).toEqual(['block', 'allow']);
    expect([strict.screen(HINTS[1]).verdict, screen.screen(HINTS[1]).verdict]).toEqual(['flag', 'allow']);
  });

  test.each([['nobody'], ['constructor'], ['__proto__'], [undefined]])(
    'that has none (%s) gets the default',
    (tenant) => {
      expect(screen.forTenant(tenant).screen(BLOCKED)).toEqual(screen.screen(BLOCKED));
    },
  );

  test('screens conversations by its settings too', async () => {
    const messages = [{ role: 'user', content: [{ text: BLOCKED }] }];
    expect(await screen.forTenant('watched').screenConversation(messages)).toMatchObject({
      verdict: 'allow',
      segments: [{ result: { heldBack: { verdict: 'block', by: 'mode' } } }],
    });
  });

  test('costs no rules of its own: a thousand of them are made in the time of a few screens', () => {
    const timed = (tenants: object): number => {
      const startedAt = performance.now();
      createInjectionScreen({ ...NONSENSE, tenants: tenants as never });
      return performance.now() - startedAt;
    };
    timed({});
    const one = Math.min(timed({}), timed({}), timed({}));
    const thousand = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`t${index}`, { modes: {} }]));
    expect(Math.min(timed(thousand), timed(thousand), timed(thousand))).toBeLessThan(one * 50);
  });
});

test.each([
  ['a mode that there is not', { modes: { user: 'off' } }, 'modes: user must be one of block, flag, monitor'],
  ['a channel that there is not', { modes: { tool: 'flag' } }, 'modes: unknown option tool'],
  [
    'a rule that there is not',
    { ruleModes: { 'override-everything': 'flag' } },
    'there is no rule override-everything',
  ],
  ['a mode of a rule that there is not', { ruleModes: { model: 'on' } }, 'ruleModes: model must be one of'],
  ['cut points the wrong way round', { cutPoints: { user: { flag: 0.9, block: 0.5 } } }, '0 < flag <= block <= 1'],
  ['a tenant that is nothing', { tenants: { a: null } }, 'tenants: a must be an object'],
  ['an option that no tenant has', { tenants: { a: { rules: [] } } }, 'tenants: a: unknown option rules'],
  ['a rule of a tenant that there is not', { tenants: { a: { ruleModes: { x: 'off' } } } }, 'there is no rule x'],
  ['cut points of a tenant that are none', { tenants: { a: { cutPoints: { data: {} } } } }, 'tenants: a: cutPoints'],
])('%s is refused at creation', (_, options, message) => {
  expect(() => createInjectionScreen(options as never)).toThrow(/^createInjectionScreen: .*/);
  expect(() => createInjectionScreen(options as never)).toThrow(message);
  expect(() => createInjectionScreen(options as never)).toThrow(TypeError);
});
