/** All probes, by class. */

import { BODIES } from './bodies.ts';
import { BODY_SHAPES } from './body-shapes.ts';
import { CHUNKS } from './chunks.ts';
import { DEEP } from './deep.ts';
import { DOORS } from './doors.ts';
import { FETCHES } from './fetches.ts';
import { LOOPS } from './loops.ts';
import { MARKS } from './marks.ts';
import { PARAMETERS } from './parameters.ts';
import type { Probe } from './probe.ts';
import { REPLIES } from './replies.ts';
import { REQUESTS } from './requests.ts';
import { RETRIES } from './retries.ts';
import { SETTINGS } from './settings.ts';
import { SPENDING } from './spending.ts';
import { TOOLS } from './tools.ts';
import { WATCHED } from './watched.ts';
import { WIRE } from './wire.ts';

export const PROBES: Readonly<Record<string, readonly Probe[]>> = {
  'what a call carries': REQUESTS,
  'parameters, cache points and media': PARAMETERS,
  'what a reply shows': REPLIES,
  'marks, canaries and stand-ins': MARKS,
  'deep tiers and filters': DEEP,
  'ways round': DOORS,
  'what a client is made with': SETTINGS,
  'bodies of InvokeModel': BODIES,
  'shapes of bodies': BODY_SHAPES,
  'chunks of a reply': CHUNKS,
  'requests of a fetch': FETCHES,
  tools: TOOLS,
  'loops of an agent': LOOPS,
  'what is spent': SPENDING,
  'calls that fail': RETRIES,
  'monitor mode': WATCHED,
  'between checks and wire': WIRE,
};
