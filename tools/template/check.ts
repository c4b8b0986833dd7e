/** `npm run check:template`: the packaged template against specification and security rules, offline. */

import { readFileSync } from 'node:fs';
import { checkAlarms } from './check-alarms.ts';
import { checkFrontDoors, checkStreams } from './check-front-doors.ts';
import { checkRoles, checkSharing, checkTables } from './check-security.ts';
import { checkSpecification } from './check-specification.ts';
import { checkTableKeys } from './check-table-keys.ts';
import type { Template } from './template.ts';

const [file = '.serverless/cloudformation-template-update-stack.json'] = process.argv.slice(2);
const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
const problems = [
  ...checkSpecification(template),
  ...checkRoles(template),
  ...checkSharing(template),
  ...checkTableKeys(template),
  ...checkFrontDoors(template),
  ...checkStreams(template),
  ...checkTables(template),
  ...checkAlarms(template),
];
for (const problem of problems) console.log(problem);
console.log(`${Object.keys(template.Resources).length} resources, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
