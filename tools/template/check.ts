/** `npm run check:template -- FILE`: a packaged template, this service's or somebody else's, against what any has to keep. */

import { readFileSync } from 'node:fs';
import { checkAnyTemplate } from './check-template.ts';
import type { Template } from './template.ts';

const [file = '.serverless/cloudformation-template-update-stack.json'] = process.argv.slice(2);
const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
const problems = checkAnyTemplate(template).flatMap((checked) => checked.problems);
for (const problem of problems) console.log(problem);
console.log(`${Object.keys(template.Resources).length} resources, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
