import { describe, expect, test } from 'vitest';
import { fieldsOf, type LogLine, rowOf, runQuery } from '../../support/logs-insights/index.ts';

const at = Date.UTC(2026, 10, 30, 12, 0, 0);
const line = (fields: object, minutes = 0): LogLine => ({
  text: JSON.stringify(fields),
  at: at + minutes * 60_000,
  group: 'audit',
});

const LINES: readonly LogLine[] = [
  line({ message: 'audit', status: 200, usd: 0.5, principals: { user: 'a' }, 'x-y': 1 }),
  line(
    { message: 'audit', status: 429, usd: 0, principals: { user: 'b' }, decisions: [{ code: 'quota_exceeded' }] },
    1,
  ),
  line({ message: 'audit', status: 200, usd: 1.5, principals: { user: 'b' } }, 7),
  line({ message: 'other', status: '503' }, 8),
  { text: 'id Task timed out after 29.00 seconds', at, group: 'functions' },
];

const run = (query: string) => runQuery(query, LINES.map(rowOf));

describe('the interpreter of Logs Insights', () => {
  test('filters by comparisons, lists, texts and patterns, and takes text that is a number for one', () => {
    expect(run("filter message = 'audit' and status >= 400")).toHaveLength(1);
    expect(run('filter status in [429, 503]')).toHaveLength(2);
    expect(run('filter status >= 500')).toHaveLength(1);
    expect(run('filter @message like /Task timed out/')).toHaveLength(1);
    expect(run('filter @message like /(?i)task TIMED/')).toHaveLength(1);
    expect(run('filter @message not like "audit"')).toHaveLength(2);
    expect(run('filter not (message = "audit") or usd > 1')).toHaveLength(3);
  });

  test('knows nothing of fields that a line lacks', () => {
    expect(run('filter usd != 0.5')).toHaveLength(2);
    expect(run('filter ispresent(decisions.0.code)')).toHaveLength(1);
    expect(run('filter usd < 9')).toHaveLength(3);
  });

  test('reads paths, and names with signs in backticks', () => {
    expect(run('filter `x-y` = 1 | fields principals.user as who')[0]).toMatchObject({ who: 'a' });
  });

  test('counts, sums and groups, by time too', () => {
    expect(run("filter message = 'audit' | stats count(*) as n, sum(usd) as usd by bin(5m)")).toEqual([
      { 'bin(5m)': at, n: 2, usd: 0.5 },
      { 'bin(5m)': at + 300_000, n: 1, usd: 1.5 },
    ]);
    expect(run('stats count_distinct(principals.user) as users, max(usd) as most, pct(usd, 50) as half')).toEqual([
      { users: 2, most: 1.5, half: 0.5 },
    ]);
    expect(run('stats 100 * sum(usd) / count(usd) as share')).toEqual([{ share: (100 * 2) / 3 }]);
  });

  test('parses by globs and named groups, sorts, cuts and drops what is twice', () => {
    const parsed = 'parse @message \'"status":*,\' as found | filter ispresent(found)';
    expect(
      run(`${parsed} | sort usd desc, @timestamp asc | limit 2 | display found`).map(({ found }) => found),
    ).toEqual(['200', '200']);
    expect(run('parse @message /after (?<seconds>[0-9.]+) s/ | filter seconds > 28')).toHaveLength(1);
    expect(run("filter message = 'audit' | dedup principals.user")).toHaveLength(2);
  });

  test('leaves comments out, and bars within quotes in', () => {
    expect(run('# a comment | with a bar\nfilter message = "a|b" or message = \'other\'')).toHaveLength(1);
  });

  test.each([
    'filtre message = 1',
    'filter (message = 1',
    'filter message = 1 usd',
    'stats median_of(usd)',
    'fields nothing(usd)',
    'limit many',
    'parse @message "*:*" as one',
    'stats count(*) by bin(5y)',
    'filter message = "open',
  ])('refuses %s', (query) => {
    expect(() => run(query)).toThrow(SyntaxError);
  });

  test('says which fields of lines a query needs', () => {
    expect(
      fieldsOf(
        'parse @message "*" as all | filter a.b = 1 and all = 2 | stats sum(`c-d`) as e by bin(1h), f | sort e desc',
      ),
    ).toEqual(['@message', 'a.b', 'c-d', 'f']);
  });
});
