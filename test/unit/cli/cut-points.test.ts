/** `bulwark cut-points` over logs that the kit's own audit log wrote. */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChannelScores, STEPS } from '../../../cli/cut-points/channel-scores.ts';
import { cutPointFor } from '../../../cli/cut-points/cut-point.ts';
import { wilson } from '../../../cli/cut-points/wilson.ts';
import { main } from '../../../cli/main.ts';
import { createInjectionScreen, detectionVersion, type InjectionScreenOptions } from '../../../core/injection/index.ts';
import { guardHandler } from '../../../middleware/index.ts';
import { lambdaContext, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bulwark-cut-points-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const fileOf = (lines: readonly string[]): string => {
  files += 1;
  const file = path.join(folder, `${files}.log`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};

const run = async (...args: readonly string[]) => {
  const printed: string[] = [];
  const errors: string[] = [];
  const output = { print: (text: string) => void printed.push(text), error: (text: string) => void errors.push(text) };
  const code = await main(['cut-points', ...args], { ...output, columns: 120 });
  return { code, out: printed.join(''), err: errors.join('') };
};

const json = async (...args: readonly string[]) => {
  const { code, out } = await run('--json', ...args);
  return { code, made: JSON.parse(out) };
};

/** Scores a text by the number in it: what the screen says of it is what the test says. */
const told = {
  id: 'told',
  channels: ['user', 'data'],
  score: (text: string) => Number(/^score (\d\.\d+)$/.exec(text)?.[1] ?? 0),
} as const;

/** One request by the scores of its texts; `raw` is a body of its own. */
interface Sent {
  readonly user?: readonly number[];
  readonly data?: readonly number[];
  readonly raw?: string;
}

const bodyOf = ({ user = [0], data = [] }: Sent): object => ({
  messages: [
    ...data.map((score) => ({ role: 'assistant', content: [{ text: `score ${score.toFixed(4)}` }] })),
    ...user.map((score) => ({ role: 'user', content: [{ text: `score ${score.toFixed(4)}` }] })),
  ],
});

/** The log of a guarded handler that got these requests. */
const logOf = async (
  sent: readonly Sent[],
  mode: 'monitor' | 'enforce' = 'monitor',
  cutPoints = {},
  more: InjectionScreenOptions = {},
): Promise<string[]> => {
  const telemetry = recordTelemetry();
  const handler = guardHandler(
    async (_: object) => ({ statusCode: 200, body: 'Hello' }),
    { mode, injection: { scorers: [told], ruleModes: { model: 'off' }, cutPoints, ...more } },
    { telemetry },
  );
  for (const each of sent)
    await handler(restEvent(each.raw === undefined ? { body: bodyOf(each) } : { raw: each.raw }), lambdaContext());
  return telemetry.lines
    .filter(({ message }) => message === 'audit')
    .map(({ message, fields }) =>
      JSON.stringify({ ...fields, message, timestamp: '2026-11-24T10:00:00.000Z', service: 'orchard' }),
    );
};

/** The same log as version 3 wrote it, without the scores of what passed. */
const withoutScores = (lines: readonly string[]): string[] =>
  lines.map((line) => JSON.stringify({ ...JSON.parse(line), audit: 3, score: undefined }));

const repeated = (times: number, one: Sent): readonly Sent[] => Array.from({ length: times }, () => one);
const idOf = (line: string | undefined): string => JSON.parse(line ?? '{}').requestId;

describe('the cut point', () => {
  /** 200 requests: 190 that pass, 6 flagged, 4 blocked. */
  const sent: readonly Sent[] = [
    ...repeated(190, { user: [0.1] }),
    ...[0.55, 0.62, 0.62, 0.7, 0.74, 0.79].map((score) => ({ user: [score] })),
    ...[0.81, 0.84, 0.88, 0.95].map((score) => ({ user: [score] })),
  ];

  test.each(['monitor', 'enforce'] as const)(
    'is the lowest that keeps the budget, from a log in %s mode',
    async (mode) => {
      const log = fileOf(await logOf(sent, mode));
      const { code, made } = await json('--false-positives', '1%', '--channel', 'user', log);
      expect(code).toBe(0);
      expect(made.channels.user).toMatchObject({
        requests: 200,
        present: { requests: 4, share: 0.02 },
        cutPoint: 0.841,
        kept: { requests: 2, share: 0.01 },
        atFloor: false,
      });
      expect(made.injection).toEqual({ cutPoints: { user: { flag: 0.5, block: 0.841 } } });
    },
  );

  test('counts the requests that a screen with it would stop', async () => {
    const { made } = await json('--false-positives', '1%', '--channel', 'user', fileOf(await logOf(sent)));
    const again = await json(
      '--false-positives',
      '1%',
      '--channel',
      'user',
      fileOf(await logOf(sent, 'enforce', made.injection.cutPoints)),
    );
    expect(again.made.channels.user.present.requests).toBe(made.channels.user.kept.requests);
  });

  test('of flagging counts what is blocked too, and pushes the block point up where it must', async () => {
    const log = fileOf(await logOf(sent));
    const { made } = await json('--false-positives', '2.5%', '--at', 'flag', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ present: { requests: 10 }, cutPoint: 0.741, kept: { requests: 5 } });
    expect(made.injection.cutPoints.user).toEqual({ flag: 0.741, block: 0.8 });
    const tight = await json('--false-positives', '0.5%', '--at', 'flag', '--channel', 'user', log);
    expect(tight.made.injection.cutPoints.user).toEqual({ flag: 0.881, block: 0.881 });
  });

  test('is never below what the log knows of', async () => {
    const log = fileOf(withoutScores(await logOf(sent)));
    const { made } = await json('--false-positives', '20%', '--at', 'flag', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ scoresOfPassed: false, floor: 0.5, cutPoint: 0.5, atFloor: true });
    const names = made.cautions.map(({ caution }: { caution: string }) => caution);
    expect(names).toEqual(expect.arrayContaining(['at-floor', 'scores-missing', 'few-requests']));
  });

  test('of a log under other cut points starts at those', async () => {
    const log = fileOf(await logOf(sent, 'monitor', { user: { flag: 0.6, block: 0.7 } }));
    const { made } = await json('--false-positives', '20%', '--current', '0.6,0.7', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ present: { requests: 7 }, cutPoint: 0.6, atFloor: true });
  });

  test('warns of a log that was written under lower cut points', async () => {
    const log = fileOf(await logOf(sent, 'monitor', { user: { flag: 0.05, block: 0.7 } }));
    const { out } = await run('--false-positives', '1%', '--channel', 'user', log);
    expect(out).toContain('the log was written under other cut points');
  });

  test('goes below the flag line where records have the scores of what passed', async () => {
    const lines = (await logOf(sent)).map((line) => {
      const record = JSON.parse(line);
      return JSON.stringify({ ...record, score: { user: record.decisions.length > 0 ? 0.5 : 0.1 } });
    });
    const { made } = await json('--false-positives', '20%', '--at', 'flag', '--channel', 'user', fileOf(lines));
    expect(made.channels.user).toMatchObject({
      scoresOfPassed: true,
      floor: 0,
      cutPoint: 0.101,
      kept: { requests: 10 },
    });
  });

  test('is none where too many requests have the highest score, and the command says so', async () => {
    const log = fileOf(await logOf([...repeated(20, {}), ...repeated(5, { user: [1] })]));
    const { code, out } = await run('--false-positives', '1%', '--channel', 'user', log);
    expect(code).toBe(1);
    expect(out).toContain('no cut point keeps the budget');
    expect(out).not.toContain('For the policy');
  });
});

describe('requests', () => {
  test('count once, by the highest of their scores, for each channel apart', async () => {
    const lines = await logOf([...repeated(9, {}), { user: [0.6, 0.9, 0.7], data: [0.55] }, { data: [0.95, 0.85] }]);
    const { made } = await json('--false-positives', '10%', fileOf(lines));
    expect(made.channels.user).toMatchObject({ requests: 11, unscreened: 0, present: { requests: 1 } });
    // Refused for data: whether its own words had been read by then was not in records before version 4.
    const old = await json('--false-positives', '10%', fileOf(withoutScores(lines)));
    expect(old.made.channels.user).toMatchObject({ requests: 10, unscreened: 1, present: { requests: 1 } });
    expect(made.channels.data).toMatchObject({ present: { requests: 1 } });
    expect(Object.keys(made.injection.cutPoints)).toEqual(['user', 'data']);
  });

  test('that were refused before they were screened are no harmless requests', async () => {
    const log = fileOf(await logOf([...repeated(10, {}), { user: [0.9] }, ...repeated(30, { raw: '{"a":' })]));
    const { made } = await json('--false-positives', '1%', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ requests: 11, unscreened: 30, present: { requests: 1 } });
  });

  test('without a word on the data channel leave its cut points alone', async () => {
    const { code, made } = await json('--false-positives', '10%', fileOf(await logOf(repeated(20, { user: [0.6] }))));
    expect(code).toBe(0);
    expect(Object.keys(made.injection.cutPoints)).toEqual(['user']);
    expect(made.cautions.map(({ caution }: { caution: string }) => caution)).toContain('unseen');
  });

  test('that an allow-list let pass would pass with any cut point', async () => {
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
    const allow = [digest('score 0.9000')];
    const sent = [...repeated(10, {}), { user: [0.9] }, { user: [0.7] }];
    const log = fileOf(await logOf(sent, 'monitor', {}, { allow, digest }));
    const { made } = await json('--false-positives', '1%', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ requests: 12, present: { requests: 0 }, cutPoint: 0.701 });
  });

  test('that a mode let pass count for the cut points that hold when it is on', async () => {
    const log = fileOf(
      await logOf([...repeated(10, {}), { user: [0.9] }], 'enforce', {}, { modes: { user: 'monitor' } }),
    );
    const { made } = await json('--false-positives', '1%', '--channel', 'user', log);
    expect(made.channels.user).toMatchObject({ present: { requests: 0 }, cutPoint: 0.901 });
  });

  test('that were attacks are left out by their ids', async () => {
    const lines = await logOf([...repeated(30, {}), ...repeated(3, { user: [0.99] }), { user: [0.6] }]);
    const ids = fileOf([
      '# reported by the desk',
      ...lines.slice(30, 33).map(idOf),
      `${'0'.repeat(8)}-0000-4000-8000-${'f'.repeat(12)}`,
    ]);
    const { made } = await json('--false-positives', '1%', '--channel', 'user', '--attacks', ids, fileOf(lines));
    expect(made.attacks).toEqual({ leftOut: 3, notFound: 1 });
    expect(made.channels.user).toMatchObject({ requests: 31, present: { requests: 0 }, cutPoint: 0.601 });
  });

  test('of another time count for nothing', async () => {
    const lines = await logOf([...repeated(5, {}), { user: [0.9] }]);
    const moved = lines.map((line, index) => (index < 3 ? line.replaceAll('11-24T', '11-20T') : line));
    const args = ['--false-positives', '1%', '--channel', 'user', '--since', '2026-11-24'];
    const { made } = await json(...args, fileOf(moved));
    expect(made).toMatchObject({ read: { counted: 3, leftOut: 3 }, channels: { user: { requests: 3 } } });
  });
});

describe('what is printed', () => {
  test('is a table, a line for the policy that the screen takes, and what to mind', async () => {
    const log = fileOf(withoutScores(await logOf([...repeated(95, {}), ...repeated(5, { user: [0.9] })])));
    const { out } = await run('--false-positives', '5%', '--channel', 'user', log);
    expect(out).toMatch(/user +100 +5 +5\.00% +0\.5 /);
    const [, snippet = ''] = /For the policy\n {2}(injection: .*)\n/.exec(out) ?? [];
    expect(snippet).toBe('injection: { cutPoints: { user: { flag: 0.5, block: 0.5 } } }');
    const { made } = await json('--false-positives', '5%', log);
    expect(() => createInjectionScreen(made.injection)).not.toThrow();
    for (const said of ['gather at least 1,000', 'counts as harmless', 'nothing is known below 0.5'])
      expect(out.replaceAll(/\n +/g, ' ')).toContain(said);
  });

  test('says nothing about few requests of a thousand', async () => {
    const [line = ''] = await logOf([{}]);
    const { made } = await json('--false-positives', '1%', '--channel', 'user', fileOf(Array(1000).fill(line)));
    const names = made.cautions.map(({ caution }: { caution: string }) => caution);
    expect(names).not.toContain('few-requests');
    expect(names).not.toContain('unsure');
    expect(made.detectionVersions).toEqual([detectionVersion]);
  });

  test('tells scores of several versions and services apart from others', async () => {
    const [line = ''] = await logOf([{}]);
    const other = line.replace(detectionVersion, '2020-01-01.1').replace('orchard', 'meadow');
    const several = await json('--false-positives', '1%', fileOf([line, other]));
    const names = several.made.cautions.map(({ caution }: { caution: string }) => caution);
    expect(names).toEqual(expect.arrayContaining(['several-versions', 'several-services']));
    const old = await json('--false-positives', '1%', fileOf([other]));
    expect(old.made.cautions.map(({ caution }: { caution: string }) => caution)).toContain('other-version');
  });

  test('is nothing that anybody wrote into a log', async () => {
    const [line = ''] = await logOf([{ user: [0.9] }]);
    const record = JSON.parse(line);
    const forged = JSON.stringify({
      ...record,
      detectionVersion: 'now \u001b[31m',
      service: '<b>',
      score: { user: 1e9 },
    });
    const { out } = await run('--false-positives', '1%', fileOf([forged, 'audit":3 {"audit":3', line]));
    for (const written of ['\u001b', '<b>', '[31m']) expect(out).not.toContain(written);
  });
});

describe('the command line', () => {
  test.each([
    [[], '--false-positives must be'],
    [['--false-positives', '0.5'], '--false-positives must be'],
    [['--false-positives', '0%'], '--false-positives must be'],
    [['--false-positives', '1%', '--at', 'both'], '--at must be one of block, flag'],
    [['--false-positives', '1%', '--channel', 'system'], '--channel must be one of'],
    [['--false-positives', '1%', '--mode', 'off'], '--mode must be one of'],
    [['--false-positives', '1%', '--current', '0.9,0.5'], '--current must be'],
    [['--false-positives', '1%', '--since', 'soon'], '--since must be a time'],
    [['--false-positives', '1%', '--attacks', '/no/such/file'], 'cannot be read: ENOENT'],
    [['--false-positives', '1%', '/no/such/log'], 'cannot be read: ENOENT'],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('%j is refused', async (args, message) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test('names the line of a file of ids that is none, and not what stands there', async () => {
    const { code, err } = await run('--false-positives', '1%', '--attacks', fileOf(['', 'a secret']));
    expect(code).toBe(2);
    expect(err).toContain('line 2 of');
    expect(err).not.toContain('a secret');
  });

  test('has a help, and a line in that of the program', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--false-positives') });
    const printed: string[] = [];
    await main(['--help'], { print: (text) => void printed.push(text), error: () => {}, columns: 80 });
    expect(printed.join('')).toContain('cut-points');
  });

  test('ends with 1 where there is nothing to count', async () => {
    expect(await run('--false-positives', '1%', fileOf(['hello']))).toMatchObject({ code: 1, out: '' });
  });
});

describe('whatever the scores', () => {
  test('the share at the cut point is within the budget, and over it one step lower', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.9999, noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        fc.constantFrom(0, 0.5),
        (all, budget, floor) => {
          const scores = createChannelScores();
          for (const score of all) scores.add({ score, verdict: 'allow' });
          const { cut } = cutPointFor(scores, 'block', budget, floor);
          const shareAt = (point: number): number => all.filter((score) => score >= point).length / all.length;
          if (cut === undefined) return;
          expect(shareAt(cut.value)).toBe(cut.kept.share);
          expect(cut.kept.share).toBeLessThanOrEqual(budget);
          expect(cut.low).toBeLessThanOrEqual(cut.value);
          expect(cut.high ?? 1).toBeGreaterThanOrEqual(cut.value);
          if (!cut.atFloor) expect(shareAt((Math.round(cut.value * STEPS) - 1) / STEPS)).toBeGreaterThan(budget);
        },
      ),
    );
  });

  test('an interval holds its share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const { low, high } = wilson(Math.min(a, b), Math.max(a, b));
        expect(low).toBeLessThanOrEqual(Math.min(a, b) / Math.max(a, b, 1));
        expect(high).toBeGreaterThanOrEqual(Math.min(a, b) / Math.max(a, b, 1));
        expect(low >= 0 && high <= 1).toBe(true);
      }),
    );
    // As docs/evaluation.md says: nothing of a hundred is not nothing.
    expect(wilson(0, 100).high).toBeCloseTo(0.037, 4);
    expect([wilson(0, 764).high > 0.005, wilson(0, 765).high > 0.005]).toEqual([true, false]);
    // R: binom::binom.wilson(5, 100)
    expect(wilson(5, 100).low).toBeCloseTo(0.02154, 4);
    expect(wilson(5, 100).high).toBeCloseTo(0.11175, 4);
  });
});
