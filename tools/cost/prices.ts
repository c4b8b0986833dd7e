/** List prices of AWS outside of Bedrock's models, in one place. What models cost stands in `aws/bedrock/prices/`. */

/** When the prices were put together and looked up. */
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
  /** AWS's page of prices, to compare it with. Free tiers and volume discounts are left out. */
  readonly source: string;
  /**
   * The page that was read and has this number: AWS's own, or somebody else's, which {@link standingOf} tells apart. AWS's
   * pages of prices fill in most numbers by a script, and say none to who reads them without. Absent where none was found.
   */
  readonly read: string | undefined;
}

/** Who confirms a price: a page of AWS, one of somebody else, or nobody. */
export type Standing = 'aws' | 'others' | 'unconfirmed';

/** Who confirms a price. */
export const standingOf = ({ read }: Price): Standing => {
  if (read === undefined) return 'unconfirmed';
  return /^https:\/\/(?:docs\.)?aws\.amazon\.com\//.test(read) ? 'aws' : 'others';
};

const MILLION = 1_000_000;
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/';
const WAF = 'https://aws.amazon.com/waf/pricing/';
const LAMBDA = 'https://aws.amazon.com/lambda/pricing/';
const DYNAMODB = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const BEDROCK = 'https://aws.amazon.com/bedrock/pricing/';
const KMS = 'https://aws.amazon.com/kms/pricing/';

/** Pages of others that were read. */
const OTHERS = {
  alarms: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
  metrics: 'https://github.com/nishinoshake/aws-rough/issues/37',
  logs: 'https://hykell.com/knowledge-base/aws-cloudwatch-logs-pricing',
  waf: 'https://c3x.dev/blog/aws-waf-cost-explained/',
  secrets:
    'https://raw.githubusercontent.com/api-evangelist/amazon-secrets-manager/refs/heads/main/plans/amazon-secrets-manager-plans-pricing.yml',
  endpoints: 'https://awsnegotiations.com/privatelink-cost-analysis.html',
  guardrails: 'https://hivebook.wiki/wiki/aws-bedrock-guardrails-content-filters-pii-masking-grounding-checks-for-fms',
  lambda: 'https://cloudchipr.com/blog/aws-lambda-pricing',
  invocations: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md',
  dynamodb: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing',
} as const;

const priceOf = (usd: number, unit: string, source: string, read?: string, per = 1): Price => ({
  usd,
  per,
  unit,
  source,
  read,
});

/** What is priced. */
export type PriceName = keyof typeof PRICES;

/** The prices. */
export const PRICES = {
  customMetric: priceOf(0.3, 'metric and month, while it has data', CLOUDWATCH, OTHERS.metrics),
  alarmMetric: priceOf(0.1, 'metric of an alarm and month (a band is three)', CLOUDWATCH, OTHERS.alarms),
  compositeAlarm: priceOf(0.5, 'composite alarm and month', CLOUDWATCH, OTHERS.alarms),
  dashboard: priceOf(3, 'dashboard and month', CLOUDWATCH, OTHERS.metrics),
  logIngestion: priceOf(0.5, 'GB written to logs', CLOUDWATCH, OTHERS.logs),
  logMasking: priceOf(0.12, 'GB scanned for values to mask', CLOUDWATCH, OTHERS.logs),
  webAcl: priceOf(5, 'web ACL and month', WAF, OTHERS.waf),
  webAclRule: priceOf(1, 'rule and month', WAF, OTHERS.waf),
  webAclRequest: priceOf(0.6, 'requests', WAF, OTHERS.waf, MILLION),
  key: priceOf(1, 'KMS key and month, and as much again after each of its first two rotations', KMS, KMS),
  secret: priceOf(0.4, 'secret and month', 'https://aws.amazon.com/secrets-manager/pricing/', OTHERS.secrets),
  endpoint: priceOf(
    7.3,
    'interface endpoint, Availability Zone and month of 730 hours',
    'https://aws.amazon.com/privatelink/pricing/',
    OTHERS.endpoints,
  ),
  trace: priceOf(
    5,
    'traces',
    'https://aws.amazon.com/xray/pricing/',
    'https://aws.amazon.com/de/xray/pricing/',
    MILLION,
  ),
  guardrailContent: priceOf(0.15, 'text units, content filters', BEDROCK, OTHERS.guardrails, 1000),
  guardrailPrivate: priceOf(0.1, 'text units, filters of private data', BEDROCK, OTHERS.guardrails, 1000),
  restRequest: priceOf(
    3.5,
    'requests to a REST API',
    'https://aws.amazon.com/api-gateway/pricing/',
    'https://docs.aws.amazon.com/pt_br/whitepapers/latest/best-practices-api-gateway-private-apis-integration/cost-optimization.html',
    MILLION,
  ),
  invocation: priceOf(0.2, 'invocations', LAMBDA, OTHERS.invocations, MILLION),
  computeSecond: priceOf(0.0000133334, 'GB-second on arm64', LAMBDA, OTHERS.lambda),
  writeUnit: priceOf(0.625, 'write units', DYNAMODB, OTHERS.dynamodb, MILLION),
  readUnit: priceOf(0.125, 'read units', DYNAMODB, OTHERS.dynamodb, MILLION),
} as const;

/** USD for a quantity. */
export const usdFor = (name: PriceName, quantity: number): number => (PRICES[name].usd * quantity) / PRICES[name].per;
