/** A line chart as an SVG that is legible on light and on dark pages. */

import type { Curve } from './contention.ts';

const [WIDTH, HEIGHT] = [720, 400];
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 20, 24, 104];

/** A dashed line is thinner than the solid one that it lies on. */
const strokeOf = (dashes: string): string =>
  dashes === '' ? 'stroke-width="5"' : `stroke-width="2.5" stroke-dasharray="${dashes}"`;

/** Colours that keep their contrast on white and on black. */
const COLOURS = { ours: '#2f81f7', theirs: '#d1680f', postPaid: '#a371f7', quiet: '#848d97' };

interface Line {
  readonly label: string;
  readonly colour: string;
  /** SVG's `stroke-dasharray`, empty for a solid line: lines that lie on each other stay apart. */
  readonly dashes: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const linesOf = (curves: readonly Curve[]): readonly Line[] => {
  const points = (name: string, of: 'granted' | 'counted'): Line['points'] =>
    curves.find((curve) => curve.name === name)?.bursts.map((burst) => [burst.concurrency, burst[of]]) ?? [];
  return [
    {
      label: 'post-paid: granted',
      colour: COLOURS.postPaid,
      dashes: '',
      points: points('post-paid', 'granted'),
    },
    {
      label: 'rate-limiter-flexible: counted',
      colour: COLOURS.theirs,
      dashes: '10 8',
      points: points('rate-limiter-flexible', 'counted'),
    },
    {
      label: 'bedrock-bulwark: granted',
      colour: COLOURS.ours,
      dashes: '',
      points: points('bedrock-bulwark', 'granted'),
    },
    {
      label: 'rate-limiter-flexible: granted',
      colour: COLOURS.theirs,
      dashes: '3 8',
      points: points('rate-limiter-flexible', 'granted'),
    },
  ];
};

const text = (x: number, y: number, content: string, anchor = 'start'): string =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;

/** Concurrency against tokens, with `limit` as a line across. */
export const plot = (curves: readonly Curve[], limit: number): string => {
  const lines = linesOf(curves);
  const all = lines.flatMap(({ points }) => points);
  const [maxX, maxY] = [Math.max(...all.map(([x]) => x)), Math.max(limit, ...all.map(([, y]) => y))];
  const x = (value: number): number => LEFT + Math.round((value / maxX) * (WIDTH - LEFT - RIGHT));
  const y = (value: number): number => HEIGHT - BOTTOM - Math.round((value / maxY) * (HEIGHT - TOP - BOTTOM));
  const quarters = [0, 1, 2, 3, 4];
  const ticks = quarters.flatMap((quarter) => [
    `<path d="M${LEFT} ${y((maxY * quarter) / 4)}H${WIDTH - RIGHT}" stroke="${COLOURS.quiet}" stroke-opacity=".3"/>`,
    text(LEFT - 8, y((maxY * quarter) / 4) + 4, String((maxY * quarter) / 4), 'end'),
    text(x((maxX * quarter) / 4), HEIGHT - BOTTOM + 18, String((maxX * quarter) / 4), 'middle'),
  ]);
  const drawn = lines.map(
    ({ colour, dashes, points }) =>
      `<polyline fill="none" stroke="${colour}" ${strokeOf(dashes)} points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"/>`,
  );
  const legend = lines.flatMap(({ label, colour, dashes }, index) => {
    const [left, top] = [LEFT + (index % 2) * 340, HEIGHT - 44 + Math.floor(index / 2) * 22];
    return [`<path d="M${left} ${top}h28" stroke="${colour}" ${strokeOf(dashes)}/>`, text(left + 36, top + 4, label)];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui,sans-serif" font-size="12" fill="${COLOURS.quiet}" role="img" aria-label="Tokens granted and counted by requests at once">`,
    ...ticks,
    `<path d="M${LEFT} ${y(limit)}H${WIDTH - RIGHT}" stroke="${COLOURS.quiet}" stroke-width="1.5"/>`,
    text(WIDTH - RIGHT, y(limit) + 16, `limit ${limit}`, 'end'),
    text(LEFT, TOP - 10, 'tokens'),
    text(WIDTH - RIGHT, HEIGHT - BOTTOM + 36, 'requests at once', 'end'),
    ...drawn,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
};
