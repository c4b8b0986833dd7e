/** All probes, by class. */

import { DOORS } from './doors.ts';
import type { Probe } from './probe.ts';
import { REPLIES } from './replies.ts';
import { REQUESTS } from './requests.ts';

export const PROBES: Readonly<Record<string, readonly Probe[]>> = {
  'what a call carries': REQUESTS,
  'what a reply shows': REPLIES,
  'ways round': DOORS,
};
