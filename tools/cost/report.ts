/** The bill as text: what `npm run cost` prints, and docs/cost.md shows. */

import { PRICES_AS_OF as MODEL_PRICES_AS_OF, PRICE_LIST } from '../../aws/bedrock/index.ts';
import { type BillLine, customMetrics, idleBill, requestBill, totalOf } from './bill.ts';
import type { Inventory } from './inventory.ts';
import { PRICE_REGION, PRICES, PRICES_AS_OF, type Price, type Standing, standingOf } from './prices.ts';
import { LOG_BYTES, REQUEST, REQUESTS, TOKENS } from './request.ts';

/** The model that the service calls unless told otherwise. */
const MODEL = 'amazon.nova-lite-v1:0';

const usd = (amount: number): string => amount.toFixed(2);
const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Marks behind prices, by who confirms them. */
const MARKS: Readonly<Record<Standing, string>> = { aws: '', others: ' ¹', unconfirmed: ' ²' };

/** A price as the bill has it, with a mark unless AWS confirms it. */
export const priceText = (price: Price): string =>
  `${price.usd}${MARKS[standingOf(price)]} / ${price.per === 1 ? '' : `${number(price.per)} `}${price.unit}`;

/** Rows of a Markdown table. */
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** Lines of bills side by side; a stage that has none of a line has a dash. */
const bills = (stages: readonly string[], all: readonly (readonly BillLine[])[]): string => {
  const whats = [...new Set(all.flatMap((lines) => lines.map(({ what }) => what)))];
  const cell = (lines: readonly BillLine[], what: string): string => {
    const line = lines.find((each) => each.what === what);
    return line === undefined ? '–' : usd(line.usd);
  };
  const unitOf = (what: string): string => {
    const line = all.flat().find((each) => each.what === what);
    return line === undefined ? '' : priceText(PRICES[line.price]);
  };
  return table(
    ['', 'price in USD', ...stages],
    [
      ...whats.map((what) => [what, unitOf(what), ...all.map((lines) => cell(lines, what))]),
      ['**sum**', '', ...all.map((lines) => `**${usd(totalOf(lines))}**`)],
    ],
  );
};

const counts = (stages: readonly string[], inventories: readonly Inventory[]): string => {
  const row = (what: string, count: (inventory: Inventory) => number): string[] => [
    what,
    ...inventories.map((inventory) => number(count(inventory))),
  ];
  return table(
    ['', ...stages],
    [
      row('custom metrics, at most', customMetrics),
      row('alarms on one metric', ({ alarms }) => alarms.single),
      row('alarms on an expression', ({ alarms }) => alarms.math),
      row('alarms on a band', ({ alarms }) => alarms.band),
      row('metrics that these alarms are charged for', ({ alarmMetrics }) => alarmMetrics),
      row('composite alarms', ({ alarms }) => alarms.composite),
      row('dashboards', ({ dashboards }) => dashboards),
    ],
  );
};

/** USD of the model for the requests of the bill, at the highest price of the Region groups. */
const modelUsd = (): number => {
  const price = PRICE_LIST[MODEL];
  if (price === undefined) throw new Error(`${MODEL} has no price`);
  return ((TOKENS.input * price.input + TOKENS.output * price.output) * REQUESTS) / 1_000_000;
};

/** What a switch adds, while idle and for the requests of the bill. */
export interface SwitchCost {
  readonly name: string;
  readonly what: string;
  readonly idle: number;
  readonly requests: number;
}

/** What a switch adds to an inventory without it. */
export const addedBy = (
  without: Inventory,
  withIt: Inventory,
): { readonly idle: number; readonly requests: number } => ({
  idle: totalOf(idleBill(withIt)) - totalOf(idleBill(without)),
  requests: totalOf(requestBill(withIt)) - totalOf(requestBill(without)),
});

const assumptions = (): string =>
  `A request has ${number(TOKENS.input)} tokens of input and ${number(TOKENS.output)} of output, runs for ${REQUEST.seconds} s, writes ${REQUEST.writeUnits} units and reads ${REQUEST.readUnits} at most, and leaves ${number(LOG_BYTES.metrics)} bytes of metrics, ${number(LOG_BYTES.audit)} of audit and ${number(LOG_BYTES.other)} of other lines in the logs.`;

/** What stages cost. */
export const stageReport = (stages: Readonly<Record<string, Inventory>>): string => {
  const names = Object.keys(stages);
  const inventories = Object.values(stages);
  return `List prices of ${PRICE_REGION}, ${PRICES_AS_OF}, in USD a month, without free tiers and taxes. Prices without a mark: read on a page of AWS. ¹ Read on a page of somebody else. ² Found on no page: compare it before you rely on it. Pages: \`tools/cost/prices.ts\`.

### What there is

${counts(names, inventories)}

### While nothing happens

${bills(
  names,
  inventories.map((inventory) => idleBill(inventory)),
)}

### For ${number(REQUESTS)} requests, beside that

${assumptions()}

${bills(
  names,
  inventories.map((inventory) => requestBill(inventory)),
)}

The model comes to that: ${usd(modelUsd())} with \`${MODEL}\`, at its prices of ${MODEL_PRICES_AS_OF} ([prices.md](prices.md)).
`;
};

/** What switches cost. */
export const switchReport = (switches: readonly SwitchCost[]): string => `### What each switch adds

${table(
  ['switch', 'what it brings', 'idle', `${number(REQUESTS)} requests`],
  switches.map(({ name, what, idle, requests }) => [`\`${name}\``, what, usd(idle), usd(requests)]),
)}
`;
