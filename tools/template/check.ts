/** `npm run check:template -- FILE`: a packaged template, this service's or somebody else's, against what any has to keep. */

import { reportOf } from './report.ts';

const [file = '.serverless/cloudformation-template-update-stack.json'] = process.argv.slice(2);
const { lines, exitCode } = reportOf(file);
for (const line of lines) (exitCode === 2 ? console.error : console.log)(line);
process.exitCode = exitCode;
