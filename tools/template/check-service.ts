/** All checks of a template of this service that need no other process. */

import { type Checked, checkAnyTemplate, countOf, timed } from './check-template.ts';
import { checkAccess } from './iam/check-access.ts';
import { RULES } from './rules/index.ts';
import { type Promises, viewOf } from './rules/rule.ts';
import type { Template } from './template.ts';

/** Every check of a template of this service, with what its deployment promises. */
export const checkServiceTemplate = (template: Template, promises: Promises): readonly Checked[] => {
  const view = viewOf(template, promises);
  const access = checkAccess(view);
  return [
    ...checkAnyTemplate(template),
    ...RULES.map(({ name, why, types, check }) => timed(name, why, countOf(template, types), () => check(view))),
    timed('access', 'who may do what, asked of all policies together', access.cases, () => access.problems),
  ];
};
