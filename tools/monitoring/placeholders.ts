/** What a generated file leaves for the Serverless Framework to fill in, each with a default for whoever says nothing. */

import { type Capacity, type CapacityKey, capacityOf, DEFAULT_RATE } from '../../core/alarms/index.ts';
import { METRICS_NAMESPACE } from '../../core/catalogue.ts';

/** A variable of the framework, or of `Fn::Sub`. */
export const variable = (source: string): string => `\${${source}}`;

/** Namespace of the kit's metrics. */
export const NAMESPACE: string = variable(`self:custom.metricsNamespace, '${METRICS_NAMESPACE}'`);

/** Value of the dimension `service`. */
export const SERVICE: string = variable('self:custom.metricsService, self:service');

/** The stage, of the REST API too. */
export const STAGE: string = variable('sls:stage');

/** What names that are unique in an account and Region begin with. */
export const STACK: string = `${variable('self:service')}-${STAGE}`;

/** The REST API's name, as the framework makes it. */
export const API_NAME: string = `${STAGE}-${variable('self:service')}`;

/** USD a month that alarms hold spending against. */
const BUDGET_USD: string = variable("self:custom.alarmBudgetUsd, param:monthlyBudgetUsd, '100'");

/** Numbers where nobody chose a row of the capacity table: those of the default rate, and the cap that table.yml then has. */
const UNCHOSEN: Capacity = { ...capacityOf(DEFAULT_RATE), writeUnits: 1000, readUnits: 500 };

/** A number of the capacity table. */
export const capacityNumber = (key: CapacityKey): string => variable(`self:custom.capacity.${key}, ${UNCHOSEN[key]}`);

/** An expression of an alarm with its numbers left to be filled in. */
export const filledIn = (expression: string): string =>
  expression.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
    key === 'budgetUsd' ? BUDGET_USD : capacityNumber(key as CapacityKey),
  );
