import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attempt, type Breaker, createBreaker } from '../../../../core/retry/breaker.ts';

const setUp = (options = {}) => {
  let time = 0;
  const breaker = createBreaker({ failures: 3, spanMs: 0, openMs: 100, maxOpenMs: 350, now: () => time, ...options });
  const pass = (ms: number) => {
    time += ms;
  };
  return { breaker, pass };
};

const enter = (breaker: Breaker): Attempt => {
  const leave = breaker.enter();
  if (!leave.granted) throw new Error('refused');
  return leave;
};

const fail = (breaker: Breaker, times = 1) => {
  for (let time = 0; time < times; time++) enter(breaker).failed();
};

describe('a breaker', () => {
  test('opens after failures in a row, and a success between starts the row again', () => {
    const { breaker } = setUp();
    fail(breaker, 2);
    enter(breaker).succeeded();
    fail(breaker, 2);
    expect(breaker.state()).toBe('closed');
    fail(breaker);
    expect(breaker.state()).toBe('open');
    expect(breaker.enter()).toEqual({ granted: false, retryAfterMs: 100 });
  });

  test('takes the refusals of a crowd, which come back before its answers, for no row', () => {
    const { breaker, pass } = setUp({ spanMs: 1000 });
    for (let round = 0; round < 20; round++) {
      const calls = Array.from({ length: 16 }, () => enter(breaker));
      for (const call of calls.slice(0, 5)) call.failed();
      pass(90);
      for (const call of calls.slice(5)) call.succeeded();
    }
    expect(breaker.state()).toBe('closed');
    fail(breaker, 16);
    expect(breaker.state()).toBe('closed');
    pass(1000);
    fail(breaker);
    expect(breaker.state()).toBe('open');
  });

  test('lets one probe find out, and closes when it succeeds', () => {
    const { breaker, pass } = setUp();
    fail(breaker, 3);
    pass(100);
    expect(breaker.state()).toBe('half-open');
    const probe = enter(breaker);
    expect(breaker.enter()).toMatchObject({ granted: false });
    probe.succeeded();
    expect(breaker.state()).toBe('closed');
    fail(breaker, 2);
    expect(breaker.state()).toBe('closed');
  });

  test('stays open twice as long each time the probe fails, and no longer than the longest time', () => {
    const { breaker, pass } = setUp();
    fail(breaker, 3);
    const times: number[] = [];
    for (let round = 0; round < 4; round++) {
      times.push(breaker.openForMs());
      pass(breaker.openForMs());
      enter(breaker).failed();
    }
    expect(times).toEqual([100, 200, 350, 350]);
  });

  test('gives the place of a probe that left to the next', () => {
    const { breaker, pass } = setUp();
    fail(breaker, 3);
    pass(100);
    enter(breaker).left();
    enter(breaker).succeeded();
    expect(breaker.state()).toBe('closed');
  });

  test('learns nothing from what began before it opened', () => {
    const { breaker } = setUp();
    const early = enter(breaker);
    const other = enter(breaker);
    fail(breaker, 3);
    early.succeeded();
    other.failed();
    expect([breaker.state(), breaker.openForMs()]).toEqual(['open', 100]);
  });

  test('counts an attempt once, whatever is said of it later', () => {
    const { breaker } = setUp({ failures: 2 });
    const attempt = enter(breaker);
    attempt.left();
    attempt.failed();
    attempt.failed();
    expect(breaker.state()).toBe('closed');
  });

  test('never lets more than one attempt pass while it is not closed', () => {
    const actions = fc.array(fc.oneof(fc.constantFrom('enter', 'succeeded', 'failed', 'left'), fc.nat(150)));
    fc.assert(
      fc.property(actions, (steps) => {
        const { breaker, pass } = setUp({ failures: 1 });
        const under: { attempt: Attempt; probe: boolean }[] = [];
        for (const step of steps) {
          if (typeof step === 'number') pass(step);
          else if (step === 'enter') {
            const state = breaker.state();
            const leave = breaker.enter();
            if (state === 'open') expect(leave.granted).toBe(false);
            if (leave.granted) under.push({ attempt: leave, probe: state === 'half-open' });
            if (breaker.state() !== 'closed') expect(under.filter(({ probe }) => probe).length).toBeLessThanOrEqual(1);
          } else under.shift()?.attempt[step as 'failed']();
        }
      }),
    );
  });
});
