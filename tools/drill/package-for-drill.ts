/** The service, packaged as for a deployment of the drill's rate. */

import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Capacity, capacityOf } from '../../core/alarms/index.ts';
import { copyService, packageCopy } from '../package-service.ts';
import { writeStubs } from '../packaged-template.ts';
import type { Template } from '../template/template.ts';

/** Name of the drill's row in the copy of `infra/capacity.yml`. */
const ROW = 'drill';

/** Caps of the table and the throttle are those of a request a second: below it there is no less to have. */
const capacityFor = (rate: number): Capacity => {
  const { writeUnits, readUnits, rateLimit, burstLimit } = capacityOf(Math.max(1, rate));
  return { ...capacityOf(rate), writeUnits, readUnits, rateLimit, burstLimit };
};

/** USD a month of a service that requests of a rate come to half of, at the prices of the model that it asks. */
export const monthlyBudgetOf = (rate: number): number => Math.ceil(rate * 170);

/** What the framework would deploy. */
export interface Packaged {
  /** The template that CloudFormation would get. */
  readonly template: Template;
  /** Format of the access log, which the framework writes into the stage beside the template. */
  readonly accessLog: string;
}

/** Packages a copy of the service under `folder`, with a row of capacity for `rate`. */
export const packageForDrill = async (folder: string, rate: number): Promise<Packaged> => {
  const service = path.join(folder, 'service');
  const target = path.join(folder, 'package');
  copyService(service);
  writeStubs(path.join(service, 'dist/functions'));
  const row = Object.entries(capacityFor(rate)).map(([name, value]) => `  ${name}: ${value}\n`);
  appendFileSync(path.join(service, 'infra/capacity.yml'), `'${ROW}':\n${row.join('')}`);
  await packageCopy(service, target, {
    params: { peakRequestsPerSecond: ROW, monthlyBudgetUsd: String(monthlyBudgetOf(rate)) },
  });
  const read = (name: string) => JSON.parse(readFileSync(path.join(target, name), 'utf8'));
  return {
    template: read('cloudformation-template-update-stack.json'),
    accessLog: read('serverless-state.json').service.provider.logs.restApi.format,
  };
};
