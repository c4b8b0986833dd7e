/** How rights of a type are written. */

import { ACCOUNT, REGION } from '../../../tools/template/resolve.ts';

/** Steps in the life of a resource. */
export const STEPS = ['create', 'read', 'update', 'delete'] as const;

/** Rights of a type: what they are asked of, and actions with their service. */
export type TypeRights = Readonly<Record<(typeof STEPS)[number], readonly string[]>> & { readonly resource: string };

/** ARN of something that has a Region and an account. */
export const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** Rights of one service, step by step; an action of another one has that service before it. */
export const rightsOf = (
  service: string,
  resource: string,
  ...steps: readonly [string, string, string, string]
): TypeRights => {
  const [create, read, update, remove] = steps.map((actions) =>
    actions
      .split(' ')
      .filter((action) => action !== '')
      .map((action) => (action.includes(':') ? action : `${service}:${action}`)),
  ) as [string[], string[], string[], string[]];
  return { resource, create, read, update, delete: remove };
};
