/** Every detector that the kit brings. */

import type { Detector } from '../types.ts';
import { PERSONAL_DETECTORS } from './personal.ts';
import { SECRET_DETECTORS } from './secrets.ts';

/** In no order that matters: the surest match counts. */
export const BUILT_IN: readonly Detector[] = [...PERSONAL_DETECTORS, ...SECRET_DETECTORS];
