/**
 * What CloudFormation asks for to create, read, update and delete a resource of each type that the service has. Source:
 * `handlers` of CloudFormation's resource type schemas, without what is asked for properties that no template of ours has
 * (replicas, file systems, streams to Firehose, …), and without `GetSecretValue`, which deployments live without. Budgets
 * have no schema: user guide of AWS Budgets. Endpoints ask Route 53 for private names, Lambda and DynamoDB ask KMS for keys
 * of the customer: Lambda developer guide, "Securing environment variables"; DynamoDB developer guide, "Usage notes".
 */

import { DOOR_RIGHTS } from './door.ts';
import type { TypeRights } from './rights.ts';
import { SERVICE_RIGHTS } from './service.ts';
import { WATCH_RIGHTS } from './watch.ts';

export { STEPS } from './rights.ts';

/** Rights by type. */
export const RIGHTS: Readonly<Record<string, TypeRights>> = { ...DOOR_RIGHTS, ...SERVICE_RIGHTS, ...WATCH_RIGHTS };
