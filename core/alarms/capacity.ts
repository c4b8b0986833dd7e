/**
 * How much a service of an expected rate needs, and from where on it is too much: the table's cap, the gateway's throttle
 * and the thresholds of alarms without a band, all from one number, the requests a second of the busiest hour.
 */

/** What ordinary traffic is like. Thresholds follow from it; docs/monitoring.md says how to change one. */
export interface OrdinaryTraffic {
  /** Tokens of a request, input and output. */
  readonly tokensPerRequest: number;
  /** Hours of the busiest rate that a whole day's requests would fill. */
  readonly busyHoursPerDay: number;
  /** Shares of requests: what the screen refuses by mistake, … */
  readonly blocked: number;
  /** … callers with an expired token or a wrong key, … */
  readonly authFailures: number;
  /** … credentials in replies, … */
  readonly secrets: number;
  /** … other private values in replies (several come in one), … */
  readonly privateValues: number;
  /** … and answers of 500 and more. */
  readonly serverErrors: number;
}

/** The traffic that the kit's thresholds are made for. */
export const ORDINARY: OrdinaryTraffic = {
  tokensPerRequest: 1000,
  busyHoursPerDay: 16,
  blocked: 0.005,
  authFailures: 0.02,
  secrets: 0.001,
  privateValues: 0.1,
  serverErrors: 0.001,
};

/** What one request asks of the table at most, with the service's own budgets (docs/quotas.md). */
export interface TableUse {
  /** Principals that a request is counted for: the caller, its tenant, everybody. */
  readonly principals: number;
  /** Write units of a principal: one to reserve, one to settle. */
  readonly writesPerPrincipal: number;
  /** Further write units: one extension of a reservation, for agents. */
  readonly extensions: number;
  /** Read units: an operator's limits, at most once a request and principal, consistently. */
  readonly readsPerPrincipal: number;
}

/** The service's own use. */
export const TABLE_USE: TableUse = { principals: 3, writesPerPrincipal: 2, extensions: 1, readsPerPrincipal: 1 };

/** The throttle and the cap are so many times what the busiest hour asks: its busiest second, and growth. */
export const HEADROOM = 4;

/** A usage plan lets so many seconds of its rate through at once. */
const BURST_SECONDS = 2;

/** So many times the busiest five minutes are too much. */
const CEILING = 2;

/** Standard deviations, and events, above the usual count of five minutes. */
const DEVIATIONS = 6;
const ALLOWANCE = 5;

/** Attempts of five minutes of one client whose token has expired and that tries again every fifteen seconds: no attack. */
const FORGOTTEN_CLIENT = 20;

/** Private values come several in one reply: their count spreads wider than that of independent events. */
const VALUES_PER_REPLY = 3;

const FIVE_MINUTES = 300;
const SECONDS_OF_HOUR = 3600;

/**
 * A count that five ordinary minutes do not reach: the mean, six deviations of a (clustered) Poisson count and five. In
 * the two weeks' 4,032 counts of a service of any rate that is expected less than once in a thousand years.
 */
const beyondUsual = (mean: number, clustered = 1): number =>
  Math.ceil(mean + DEVIATIONS * Math.sqrt(mean * clustered) + ALLOWANCE);

/** Numbers of a rate: `infra/capacity.yml` holds them, and `custom.capacity` chooses. */
export interface Capacity {
  /** Write and read units a second that the table may use at most. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /** Requests a second, and at once, of a usage plan. */
  readonly rateLimit: number;
  readonly burstLimit: number;
  /** Tokens of five minutes from which on a band looks, and from which on they are too many; tokens of a day. */
  readonly tokensFloor: number;
  readonly tokensCeiling: number;
  readonly tokensPerDay: number;
  /** Events of five minutes that are too many. */
  readonly blockedCeiling: number;
  readonly authCeiling: number;
  readonly secretsCeiling: number;
  readonly privateCeiling: number;
  readonly serverErrorsCeiling: number;
  readonly throttlesCeiling: number;
  readonly wafCeiling: number;
}

/** A number of the capacity table. */
export type CapacityKey = keyof Capacity;

/**
 * The numbers of a rate.
 *
 * @param rate Requests a second of the busiest hour, all routes together.
 */
export const capacityOf = (rate: number, ordinary: OrdinaryTraffic = ORDINARY, use: TableUse = TABLE_USE): Capacity => {
  const requests = rate * FIVE_MINUTES;
  const tokens = requests * ordinary.tokensPerRequest;
  return {
    writeUnits: rate * HEADROOM * (use.principals * use.writesPerPrincipal + use.extensions),
    readUnits: rate * HEADROOM * use.principals * use.readsPerPrincipal,
    rateLimit: rate * HEADROOM,
    burstLimit: rate * HEADROOM * BURST_SECONDS,
    tokensFloor: tokens / 10,
    tokensCeiling: tokens * CEILING,
    tokensPerDay: rate * SECONDS_OF_HOUR * ordinary.busyHoursPerDay * ordinary.tokensPerRequest,
    blockedCeiling: beyondUsual(requests * ordinary.blocked),
    authCeiling: beyondUsual(requests * ordinary.authFailures) + FORGOTTEN_CLIENT,
    secretsCeiling: beyondUsual(requests * ordinary.secrets, VALUES_PER_REPLY),
    privateCeiling: beyondUsual(requests * ordinary.privateValues, VALUES_PER_REPLY),
    serverErrorsCeiling: beyondUsual(requests * ordinary.serverErrors),
    throttlesCeiling: beyondUsual(requests * ordinary.serverErrors),
    wafCeiling: beyondUsual(requests * ordinary.authFailures),
  };
};

/** Rates that the table has a row for, as `peakRequestsPerSecond` names them. */
export const RATES: readonly number[] = [1, 5, 10, 50, 100, 500];

/** The rate of whoever says none. */
export const DEFAULT_RATE = 5;
