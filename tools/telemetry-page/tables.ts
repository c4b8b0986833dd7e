/** The tables of docs/telemetry.md, from the catalogue. */

import {
  type Cardinality,
  GATEWAY_METRICS,
  METRICS,
  METRICS_NAMESPACE,
  PLATFORM_METRICS,
  streamsOf,
} from '../../core/catalogue.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const sets = (dimensions: readonly (readonly string[])[]): string =>
  dimensions.map((set) => set.map((name) => `\`${name}\``).join(' + ')).join('; ');

const bound = ({ fixed, perModel }: Cardinality): string => (perModel === 0 ? `${fixed}` : `${fixed} + models`);

const ownTable = (): string =>
  table(
    ['metric', 'unit', 'a data point says', 'dimension sets', 'streams'],
    Object.entries(METRICS)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { unit, meaning, dimensions, cardinality }]) => [
        `\`${name}\``,
        unit,
        meaning,
        sets(dimensions),
        bound(cardinality),
      ]),
  );

const gatewayTable = (): string =>
  table(
    ['metric', 'unit', 'a data point says', 'response types'],
    Object.entries(GATEWAY_METRICS).map(([name, { unit, meaning, errors }]) => [
      `\`${name}\``,
      unit,
      meaning,
      errors.map((error) => `\`${error}\``).join(', '),
    ]),
  );

const platformTable = (): string =>
  table(
    ['metric', 'unit', 'a data point says', 'dimensions'],
    PLATFORM_METRICS.map(({ namespace, name, unit, meaning, dimensions }) => [
      `\`${namespace}\` \`${name}\``,
      unit,
      meaning,
      sets([dimensions]),
    ]),
  );

const sum = (): string => {
  const all = { ...METRICS, ...GATEWAY_METRICS };
  const [none, one] = [streamsOf(all, 0), streamsOf(all, 1)];
  return `${Object.keys(all).length} names in the namespace \`${METRICS_NAMESPACE}\` make at most ${none} streams for a service, and ${one - none} more for each model of its allowlist.`;
};

/** What the page has between its marks, by mark. */
export const TABLES: Readonly<Record<string, () => string>> = {
  sum,
  own: ownTable,
  gateway: gatewayTable,
  platform: platformTable,
};

/** The page with what is generated written anew. @throws Error for a mark that the page lacks. */
export const withTables = (page: string): string =>
  Object.entries(TABLES).reduce((written, [mark, content]) => {
    const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
    const [from, to] = [written.indexOf(start), written.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page has no mark ${mark}`);
    return `${written.slice(0, from + start.length)}\n${content()}\n${written.slice(to)}`;
  }, page);
