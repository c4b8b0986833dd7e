/** The setting of a call at the Bedrock edge, for tests of its parts. */

import { type CallSetting, createCallEngines } from '../../aws/bedrock/call-engines.ts';
import { createRetryAuthority } from '../../aws/bedrock/retry-authority.ts';
import { retrySettings } from '../../core/retry/options.ts';

/** A setting whose client counts no tokens and makes one attempt, unless it is said otherwise. */
export const callSetting = (given: Pick<CallSetting, 'scope' | 'rules'> & Partial<CallSetting>): CallSetting => ({
  engines: createCallEngines(),
  counter: { sends: () => false, count: async () => undefined },
  region: 'eu-central-1',
  retries: createRetryAuthority(),
  retry: retrySettings({ maxAttempts: 1 }),
  ...given,
});
