/** The bill of the service as it is, and its place in docs/cost.md. */

import { DEPLOYMENTS, packagedTemplate } from '../packaged-template.ts';
import { type Inventory, inventoryOf } from './inventory.ts';
import { addedBy, type SwitchCost, stageReport, switchReport } from './report.ts';
import { OFF, type Parameters, SWITCHES } from './switches.ts';

/** Where the report stands in the page. */
const BEGIN = '<!-- npm run cost -- --write -->';
const END = '<!-- end of npm run cost -->';

/** Packages both stages, and says what they cost. */
export const currentStages = async (): Promise<string> =>
  stageReport({
    dev: inventoryOf(await packagedTemplate(DEPLOYMENTS.dev)),
    prod: inventoryOf(await packagedTemplate(DEPLOYMENTS.prod)),
  });

/** Packages each switch, and says what it costs. */
export const currentSwitches = async (): Promise<string> => {
  const inventory = async (params: Parameters): Promise<Inventory> =>
    inventoryOf(await packagedTemplate({ ...DEPLOYMENTS.dev, params }));
  const without = await inventory(OFF);
  const switches: SwitchCost[] = [];
  for (const { name, what, on } of SWITCHES)
    switches.push({ name, what, ...addedBy(without, await inventory({ ...OFF, ...on })) });
  return switchReport(switches);
};

/** The page with a report in the place of the one that it has. */
export const pageWith = (page: string, report: string): string => {
  const [before = '', rest = ''] = page.split(BEGIN);
  return `${before}${BEGIN}\n\n${report}\n${END}${rest.split(END)[1] ?? ''}`;
};
