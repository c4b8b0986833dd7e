#!/usr/bin/env node
/** `bulwark-check-template`: the checks of `npm run check:template` for whoever has the package and no checkout. */

import { harmlessLine } from '../../cli/output.ts';

const NEEDED = '@aws-cdk/aws-service-spec';

const complain = (error: unknown): void => {
  process.exitCode = 2;
  const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  // The specification has 3 MB that no function needs: it is no dependency of the package.
  if (missing) console.error(`bulwark-check-template needs the specification: npm i -D ${NEEDED}`);
  else console.error(harmlessLine(`bulwark-check-template: ${error instanceof Error ? error.message : String(error)}`));
};

import('./check.ts').catch(complain);
