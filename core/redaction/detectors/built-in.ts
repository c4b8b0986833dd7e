/** Every detector that the kit brings. */

import type { Detector } from '../types.ts';
import { BEYOND_EUROPE_DETECTORS } from './personal/beyond-europe.ts';
import { EUROPEAN_DETECTORS } from './personal/europe.ts';
import { EVERYWHERE_DETECTORS } from './personal/everywhere.ts';
import { PHONE_DETECTORS } from './personal/phone.ts';
import { AI_SECRETS } from './secrets/ai.ts';
import { CHAT_SECRETS } from './secrets/chat.ts';
import { CLOUD_SECRETS } from './secrets/cloud.ts';
import { DATABASE_SECRETS } from './secrets/databases.ts';
import { GENERIC_SECRETS } from './secrets/generic.ts';
import { KEY_SECRETS } from './secrets/keys.ts';
import { KUBERNETES_SECRETS } from './secrets/kubernetes.ts';
import { OBSERVABILITY_SECRETS } from './secrets/observability.ts';
import { PAYMENT_SECRETS } from './secrets/payment.ts';
import { REGISTRY_SECRETS } from './secrets/registries.ts';
import { SERVICE_SECRETS } from './secrets/services.ts';
import { SOURCE_HOSTING_SECRETS } from './secrets/source-hosting.ts';
import { WEB_SECRETS } from './secrets/web.ts';

/** In no order that matters: the surest match counts. */
export const BUILT_IN: readonly Detector[] = [
  ...EVERYWHERE_DETECTORS,
  ...EUROPEAN_DETECTORS,
  ...BEYOND_EUROPE_DETECTORS,
  ...PHONE_DETECTORS,
  ...AI_SECRETS,
  ...CHAT_SECRETS,
  ...CLOUD_SECRETS,
  ...DATABASE_SECRETS,
  ...GENERIC_SECRETS,
  ...KEY_SECRETS,
  ...KUBERNETES_SECRETS,
  ...OBSERVABILITY_SECRETS,
  ...PAYMENT_SECRETS,
  ...REGISTRY_SECRETS,
  ...SERVICE_SECRETS,
  ...SOURCE_HOSTING_SECRETS,
  ...WEB_SECRETS,
];
