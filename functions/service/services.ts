/** What the functions work with beside their policy. */

import { createTracing } from '../../aws/tracing/index.ts';
import type { GuardServices } from '../../middleware/index.ts';
import { setting } from './environment.ts';

/** Traces in X-Ray where `BULWARK_TRACING` is `on`. */
const tracingOf = (): Pick<GuardServices, 'tracing'> => {
  const mode = setting('BULWARK_TRACING', 'off');
  if (mode !== 'on' && mode !== 'off') throw new TypeError('environment: BULWARK_TRACING must be on or off');
  return mode === 'on' ? { tracing: createTracing() } : {};
};

/** @throws TypeError for a setting that is none. */
export const services: GuardServices = tracingOf();
