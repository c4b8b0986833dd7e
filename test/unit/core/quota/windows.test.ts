import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkZone, windowAt, windowSeconds } from '../../../../core/quota/windows/windows.ts';

const at = (text: string): number => Date.parse(text);
const HOUR = 3_600_000;

describe('windowAt in UTC', () => {
  test.each([
    ['minute', '2026-11-24T12:34:56Z', '2026-11-24T12:34:00Z', '2026-11-24T12:35:00Z'],
    ['hour', '2026-11-24T12:34:56Z', '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z'],
    ['day', '2026-11-24T23:59:59.999Z', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['week', '2026-11-22T23:59:59Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['week', '2027-01-01T00:00:00Z', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['month', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['month', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('%s of %s', (window, moment, start, end) => {
    expect(windowAt({ window }, at(moment))).toMatchObject({ startsAt: at(start), endsAt: at(end) });
  });

  test('keys are the first day, the month, or a number', () => {
    const keyOf = (window: 'minute' | 'hour' | 'day' | 'week' | 'month') =>
      windowAt({ window }, at('2026-11-27T10:00:00Z')).key;
    expect([keyOf('day'), keyOf('week'), keyOf('month')]).toEqual(['20261127', '20261123', '202611']);
    expect([keyOf('minute'), keyOf('hour')]).toEqual(['29929560', '498826']);
  });

  test('a session never ends', () => {
    const session = { window: 'session' } as const;
    expect(windowAt(session, 0)).toEqual(windowAt(session, at('2090-01-01T00:00:00Z')));
    expect(windowSeconds(session, 0)).toBe(0);
    expect(windowSeconds({ window: 'month' }, at('2026-02-10T00:00:00Z'))).toBe(28 * 86_400);
  });
});

describe('windowAt in a time zone', () => {
  test.each([
    ['a day of 23 hours', 'Europe/Berlin', 'day', '2026-03-29T12:00Z', '20260329', '2026-03-28T23:00Z', 23],
    ['a day of 25 hours', 'Europe/Berlin', 'day', '2026-10-25T01:30Z', '20261025', '2026-10-24T22:00Z', 25],
    ['a week of 167 hours', 'America/New_York', 'week', '2026-03-08T12:00Z', '20260302', '2026-03-02T05:00Z', 167],
    ['a month of 745 hours', 'Europe/Berlin', 'month', '2026-10-31T22:59Z', '202610', '2026-09-30T22:00Z', 745],
    ['a new year before that of UTC', 'Asia/Tokyo', 'month', '2026-12-31T15:00Z', '202701', '2026-12-31T15:00Z', 744],
    ['an offset of quarter hours', 'Asia/Kathmandu', 'day', '2026-11-27T18:14Z', '20261127', '2026-11-26T18:15Z', 24],
    ['no midnight in Beirut', 'Asia/Beirut', 'day', '2026-03-29T12:00Z', '20260329', '2026-03-28T22:00Z', 23],
    ['no midnight in Cairo', 'Africa/Cairo', 'day', '2026-04-24T12:00Z', '20260424', '2026-04-23T22:00Z', 23],
    ['no midnight in Asunción', 'America/Asuncion', 'day', '2023-10-01T12:00Z', '20231001', '2023-10-01T04:00Z', 23],
    ['a last hour twice', 'Africa/Cairo', 'day', '2026-10-29T21:30Z', '20261029', '2026-10-28T21:00Z', 25],
    ['midnight twice', 'America/Havana', 'day', '2026-11-01T05:30Z', '20261101', '2026-11-01T04:00Z', 25],
    ['the day before once more', 'America/St_Johns', 'day', '2006-10-29T03:00Z', '20061029', '2006-10-29T02:30Z', 25],
    ['half an hour twice', 'Australia/Lord_Howe', 'day', '2026-04-05T12:00Z', '20260405', '2026-04-04T13:00Z', 24.5],
    ['the day before a day left out', 'Pacific/Apia', 'day', '2011-12-30T09:59Z', '20111229', '2011-12-29T10:00Z', 24],
    ['the day after a day left out', 'Pacific/Apia', 'day', '2011-12-30T10:00Z', '20111231', '2011-12-30T10:00Z', 24],
    ['a week of six days', 'Pacific/Apia', 'week', '2011-12-31T12:00Z', '20111226', '2011-12-26T10:00Z', 144],
    ['an offset in seconds', 'Africa/Monrovia', 'day', '1970-06-01T12:00Z', '19700601', '1970-06-01T00:44:30Z', 24],
  ] as const)('%s: %s %s of %s', (_, zone, window, moment, key, start, hours) => {
    const startsAt = at(start);
    const budget = { window, zone };
    expect(windowAt(budget, at(moment))).toEqual({ key, startsAt, endsAt: startsAt + hours * HOUR });
    expect(windowSeconds(budget, at(moment))).toBe(hours * 3600);
  });
});

describe('windows of a budget tile time', () => {
  /** The local date as a number, `20261127`: slow, and without the code under test. */
  const localDate = (zone: string): ((moment: number) => number) => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (moment) => Number(format.format(moment).replaceAll('-', ''));
  };

  /** The date some days and months after the first day of the window that a key names. */
  const dateAfter = (key: string, days: number, months: number): Date =>
    new Date(Date.UTC(Number(key.slice(0, 4)), Number(key.slice(4, 6)) - 1 + months, Number(key.slice(6) || 1) + days));

  const asNumber = (date: Date): number => Number(date.toISOString().slice(0, 10).replaceAll('-', ''));

  /** Moments before a start: each minute of three hours, each half hour of two days. */
  const EARLIER = [
    ...Array.from({ length: 180 }, (_, index) => index * 60_000 + 1),
    ...Array.from({ length: 90 }, (_, index) => (index + 6) * 30 * 60_000),
  ];

  /** The first instant of a date is the one that no instant of that date, or of a later one, comes before. */
  const expectFirstInstant = (dateAt: (moment: number) => number, date: number, moment: number): void => {
    expect(dateAt(moment)).toBeGreaterThanOrEqual(date);
    expect(Math.max(...EARLIER.map((earlier) => dateAt(moment - earlier)))).toBeLessThan(date);
  };

  const NEXT: Record<'day' | 'week' | 'month', readonly [days: number, months: number]> = {
    day: [1, 0],
    week: [7, 0],
    month: [0, 1],
  };

  const holds = (zone: string, window: 'day' | 'week' | 'month', moment: number): void => {
    const budget = { zone, window };
    const { key, startsAt, endsAt } = windowAt(budget, moment);
    if (window === 'week') expect(dateAfter(key, 0, 0).getUTCDay()).toBe(1);
    expect(startsAt <= moment && moment < endsAt).toBe(true);
    const dateAt = localDate(zone);
    expectFirstInstant(dateAt, asNumber(dateAfter(key, 0, 0)), startsAt);
    expectFirstInstant(dateAt, asNumber(dateAfter(key, ...NEXT[window])), endsAt);
    const [before, after] = [windowAt(budget, startsAt - 1), windowAt(budget, endsAt)];
    expect([before.endsAt, after.startsAt]).toEqual([startsAt, endsAt]);
    expect(before.key < key && key < after.key).toBe(true);
  };

  /** Somewhere in the two days before or after the first change of clocks in half a year, if it has one. */
  const nearChange = (zone: string, from: number, distance: number): number => {
    const hour = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    const noon = (day: number): string => hour.format(from + day * 24 * HOUR);
    const day = Array.from({ length: 183 }, (_, index) => index).find((index) => noon(index) !== noon(0)) ?? 0;
    return from + day * 24 * HOUR + distance;
  };

  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
  const moments = fc.integer({ min: 3 * 24 * HOUR, max: at('2100-01-01T00:00Z') });

  test('whatever the zone, the kind and the moment', () => {
    fc.assert(fc.property(zones, fc.constantFrom('day', 'week', 'month'), moments, holds), { numRuns: 400 });
  }, 60_000);

  test('on the days around a change of clocks', () => {
    const distance = fc.integer({ min: -48 * HOUR, max: 48 * HOUR });
    fc.assert(
      fc.property(zones, moments, distance, (zone, from, away) => holds(zone, 'day', nearChange(zone, from, away))),
      {
        numRuns: 400,
        examples: [
          ['America/St_Johns', at('2006-09-01T12:00Z'), 0],
          ['Pacific/Kwajalein', at('1993-08-01T12:00Z'), 0],
        ],
      },
    );
  }, 60_000);

  test('minutes and hours too', () => {
    fc.assert(
      fc.property(moments, fc.constantFrom('minute', 'hour'), (moment, window) => {
        const { key, startsAt, endsAt } = windowAt({ window }, moment);
        expect(startsAt <= moment && moment < endsAt).toBe(true);
        expect(windowAt({ window }, endsAt)).toMatchObject({ key: String(Number(key) + 1), startsAt: endsAt });
      }),
    );
  });
});

describe('checkZone', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('takes %s', (zone) => {
    expect(checkZone({ window: 'day', zone })).toBeUndefined();
  });

  test('takes any window without a zone', () => {
    for (const window of ['minute', 'hour', 'day', 'week', 'month', 'session'] as const)
      expect(checkZone({ window })).toBeUndefined();
  });

  test.each(['', 'Mars/Olympus', '+01:00', 'Europe/Berlin ', 7 as unknown as string])('refuses %o', (zone) => {
    expect(checkZone({ window: 'day', zone })).toMatch(/^zone must be an IANA time zone/);
  });

  test('refuses a zone where none counts', () => {
    expect(checkZone({ window: 'minute', zone: 'UTC' })).toBe('zone: a minute is the same everywhere');
    expect(checkZone({ window: 'hour', zone: 'UTC' })).toBe('zone: an hour is the same everywhere');
    expect(checkZone({ window: 'session', zone: 'UTC' })).toBe('zone: a session has no days');
  });
});
