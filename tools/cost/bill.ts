/** What a stage costs: while nothing happens, and for the requests of a month. */

import { GATEWAY_METRICS, METRICS, streamsOf } from '../../core/catalogue.ts';
import type { Inventory } from './inventory.ts';
import { type PriceName, usdFor } from './prices.ts';
import { LOG_BYTES, PLATFORM_LOG_BYTES, REQUEST, REQUESTS } from './request.ts';

/** A line of a bill. */
export interface BillLine {
  readonly what: string;
  readonly price: PriceName;
  readonly quantity: number;
  readonly usd: number;
}

const GIGABYTE = 1_000_000_000;
const MEGABYTES = 1024;

/** Models of the service's allowlist: the one that it calls. */
const MODELS = 1;

/** Custom metrics that a stage can have at most. */
export const customMetrics = (inventory: Inventory): number =>
  streamsOf(METRICS, MODELS) + (inventory.accessLog ? streamsOf(GATEWAY_METRICS, MODELS) : 0);

const line = (what: string, price: PriceName, quantity: number): BillLine[] =>
  quantity === 0 ? [] : [{ what, price, quantity, usd: usdFor(price, quantity) }];

/** A month without requests. */
export const idleBill = (inventory: Inventory): readonly BillLine[] => [
  ...line('metrics of alarms', 'alarmMetric', inventory.alarmMetrics),
  ...line('composite alarms', 'compositeAlarm', inventory.alarms.composite),
  ...line('dashboard', 'dashboard', inventory.dashboards),
  ...line('secrets', 'secret', inventory.secrets),
  ...line('KMS key', 'key', inventory.keys),
  ...line('web ACL', 'webAcl', inventory.webAcls),
  ...line('rules of the web ACL', 'webAclRule', inventory.webAclRules),
  ...line('interface endpoints, by Availability Zone', 'endpoint', inventory.endpointZones),
];

/** Bytes that a request leaves in logs, those of the gateway only where it has an access log. */
const logBytes = ({ accessLog }: Inventory): number =>
  LOG_BYTES.metrics +
  LOG_BYTES.audit +
  LOG_BYTES.other +
  PLATFORM_LOG_BYTES.lambda +
  (accessLog ? PLATFORM_LOG_BYTES.gateway : 0);

const guardrailLines = ({ guardrails }: Inventory, requests: number): BillLine[] =>
  guardrails.flatMap(({ content, privateInput, privateOutput }) => {
    const { promptUnits, replyUnits } = REQUEST;
    const personal = (privateInput ? promptUnits : 0) + (privateOutput ? replyUnits : 0);
    return [
      ...line('guardrail, content filters', 'guardrailContent', content ? (promptUnits + replyUnits) * requests : 0),
      ...line('guardrail, private data', 'guardrailPrivate', personal * requests),
    ];
  });

/** What the requests of a month add. */
export const requestBill = (inventory: Inventory, requests: number = REQUESTS): readonly BillLine[] => {
  const gigabytes = (logBytes(inventory) * requests) / GIGABYTE;
  const masked = inventory.maskedFunctions > 0 ? ((LOG_BYTES.metrics + LOG_BYTES.other) * requests) / GIGABYTE : 0;
  return [
    ...line('REST API', 'restRequest', requests),
    ...line('Lambda, invocations', 'invocation', requests),
    ...line('Lambda, GB-seconds', 'computeSecond', (REQUEST.seconds * requests * inventory.memory) / MEGABYTES),
    ...line('quota table, writes', 'writeUnit', REQUEST.writeUnits * requests),
    ...line('quota table, reads', 'readUnit', REQUEST.readUnits * requests),
    ...line('custom metrics, at most', 'customMetric', customMetrics(inventory)),
    ...line('logs, GB', 'logIngestion', gigabytes),
    ...line('masking of logs, GB', 'logMasking', masked),
    ...line('traces, at most', 'trace', inventory.tracedFunctions > 0 ? requests : 0),
    ...line('web ACL, requests', 'webAclRequest', inventory.webAcls * requests),
    ...guardrailLines(inventory, requests),
  ];
};

/** Sum of a bill. */
export const totalOf = (lines: readonly BillLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
