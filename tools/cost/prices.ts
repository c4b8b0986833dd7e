/** List prices of AWS outside of Bedrock's models, in one place. What models cost stands in `aws/bedrock/prices/`. */

/** When the prices were put together. */
export const PRICES_AS_OF = '2026-11-30';

/** The Region they are of: the one that AWS's own examples use. Others cost up to a quarter more. */
export const PRICE_REGION = 'us-east-1';

/** A price. */
export interface Price {
  /** USD … */
  readonly usd: number;
  /** … for so many … */
  readonly per: number;
  /** … of these. */
  readonly unit: string;
  /** The page that says so. Free tiers and volume discounts are left out. */
  readonly source: string;
}

const MILLION = 1_000_000;
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const BEDROCK = 'https://aws.amazon.com/bedrock/pricing/';

const priceOf = (usd: number, unit: string, source: string, per = 1): Price => ({ usd, per, unit, source });

/** What is priced. */
export type PriceName = keyof typeof PRICES;

/** The prices. */
export const PRICES = {
  customMetric: priceOf(0.3, 'metric and month, while it has data', CLOUDWATCH),
  alarmMetric: priceOf(0.1, 'metric of an alarm and month (a band is three)', CLOUDWATCH),
  compositeAlarm: priceOf(0.5, 'composite alarm and month', CLOUDWATCH),
  dashboard: priceOf(3, 'dashboard and month', CLOUDWATCH),
  logIngestion: priceOf(0.5, 'GB written to logs', CLOUDWATCH),
  logMasking: priceOf(0.12, 'GB scanned for values to mask', CLOUDWATCH),
  webAcl: priceOf(5, 'web ACL and month', WAF),
  webAclRule: priceOf(1, 'rule and month', WAF),
  webAclRequest: priceOf(0.6, 'requests', WAF, MILLION),
  key: priceOf(
    1,
    'KMS key and month, and as much again after each of its first two rotations',
    'https://aws.amazon.com/kms/pricing/',
  ),
  secret: priceOf(0.4, 'secret and month', 'https://aws.amazon.com/secrets-manager/pricing/'),
  endpoint: priceOf(
    7.3,
    'interface endpoint, Availability Zone and month of 730 hours',
    'https://aws.amazon.com/privatelink/pricing/',
  ),
  trace: priceOf(5, 'traces', 'https://aws.amazon.com/xray/pricing/', MILLION),
  guardrailContent: priceOf(0.15, 'text units, content filters', BEDROCK, 1000),
  guardrailPrivate: priceOf(0.1, 'text units, filters of private data', BEDROCK, 1000),
  restRequest: priceOf(3.5, 'requests to a REST API', 'https://aws.amazon.com/api-gateway/pricing/', MILLION),
  invocation: priceOf(0.2, 'invocations', LAMBDA, MILLION),
  computeSecond: priceOf(0.0000133334, 'GB-second on arm64', LAMBDA),
  writeUnit: priceOf(0.625, 'write units', DYNAMODB, MILLION),
  readUnit: priceOf(0.125, 'read units', DYNAMODB, MILLION),
} as const;

/** USD for a quantity. */
export const usdFor = (name: PriceName, quantity: number): number => (PRICES[name].usd * quantity) / PRICES[name].per;
