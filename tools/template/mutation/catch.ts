/** Which check, if any, finds a mutant. */

import { checkAlarms } from '../check-alarms.ts';
import { checkFrontDoors, checkStreams } from '../check-front-doors.ts';
import { checkReferences } from '../check-references.ts';
import { checkRoles, checkSharing, checkTables } from '../check-security.ts';
import { checkSpecification } from '../check-specification.ts';
import { checkTableKeys } from '../check-table-keys.ts';
import { checkAccess } from '../iam/check-access.ts';
import { RULES } from '../rules/index.ts';
import { type Promises, viewOf } from '../rules/rule.ts';
import type { Template } from '../template.ts';

/** Name of the first check that finds something in a template; `undefined` where none does. */
export const caughtBy = (template: Template, promises: Promises): string | undefined => {
  const cheap: readonly (readonly [string, (template: Template) => readonly string[]])[] = [
    ['specification', checkSpecification],
    ['references', checkReferences],
  ];
  for (const [name, check] of cheap) if (check(template).length > 0) return name;
  const view = viewOf(template, promises);
  for (const { name, check } of RULES) if (check(view).length > 0) return name;
  const others: typeof cheap = [
    ['wide roles', checkRoles],
    ['shared roles', checkSharing],
    ['table keys', checkTableKeys],
    ['front doors', checkFrontDoors],
    ['streams', checkStreams],
    ['protected tables', checkTables],
    ['alarms', checkAlarms],
  ];
  for (const [name, check] of others) if (check(template).length > 0) return name;
  return checkAccess(view).problems.length > 0 ? 'access' : undefined;
};
