/** Deployments that are checked, and what each promises. */

import type { Deployment } from '../package-service.ts';
import type { DEPLOYMENTS } from '../packaged-template.ts';
import type { Promises } from './rules/rule.ts';

/** Names of deployments. */
export type DeploymentName = keyof typeof DEPLOYMENTS;

const DEV: Promises = { auth: 'cognito', kms: false, waf: false };
const PROD: Promises = {
  auth: 'cognito',
  guardrail: true,
  kept: true,
  kms: true,
  logMasking: true,
  tracing: true,
  waf: true,
};

/** What each deployment promises. */
export const PROMISES: Readonly<Record<DeploymentName, Promises>> = {
  dev: DEV,
  prod: PROD,
  iam: { ...PROD, auth: 'iam' },
  everything: { ...PROD, auth: 'jwt', vpc: true },
};

/** Those that `npm run deploy:check` looks at: both stages, one with callers that sign, and one with every switch on. */
export const CHECKED: readonly DeploymentName[] = ['dev', 'prod', 'iam', 'everything'];

/** What is mutated: `prod`, with a page that may ask and somebody who hears of alarms. */
export const MUTATED: Deployment = {
  stage: 'prod',
  params: { alarmEmail: 'ops@example.com', corsOrigin: 'https://app.example.com' },
};
/** What it promises. */
export const MUTATED_PROMISES: Promises = PROD;
