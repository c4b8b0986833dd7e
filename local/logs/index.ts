/**
 * CloudWatch Logs on loopback, as far as the kit writes to it: `CreateLogStream` and `PutLogEvents` over the real wire,
 * signatures checked, with the ways in which the real service fails. Source: CloudWatch Logs API reference.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsJsonAnswer, startAwsJson } from '../aws-json.ts';

/**
 * What requests meet: an error of the service, an answer that comes too late, a connection that breaks before the request
 * was carried out or after it, a group or stream that is gone, or events that are not taken although the answer is a 200.
 */
export type LogsFault =
  | { readonly kind: 'throttle' | 'error' | 'unavailable' | 'denied' | 'reset' | 'reply-lost' | 'missing' | 'rejected' }
  | { readonly kind: 'slow'; readonly ms: number };

/** An event as it was taken. */
export interface LoggedEvent {
  readonly stream: string;
  readonly timestamp: number;
  readonly message: string;
}

/** Options of {@link startLocalLogs}. */
export interface LocalLogsOptions {
  /** Names of the log groups that are there. */
  readonly groups: readonly string[];
  /** Secret access keys by access key id: requests must be signed with one of them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** @default 0: a free one */
  readonly port?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A running server. */
export interface LocalLogs {
  /** For `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`. */
  readonly url: string;
  /** Operations that were asked for, oldest first. */
  readonly requests: readonly string[];
  /** What a group has taken, oldest first. */
  events(group: string): readonly LoggedEvent[];
  /** Sets what requests meet: the next `times` of them, or all from now on; nothing by default. */
  fail(fault?: LogsFault, times?: number): void;
  close(): Promise<void>;
}

/** Quotas of PutLogEvents: events and bytes of a batch, and what each event counts beside its own. */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const OVERHEAD = 26;
const HOUR_MS = 3_600_000;
/** Longest that an event may be ahead of the time, or behind it. */
const AHEAD_MS = 2 * HOUR_MS;
const BEHIND_MS = 14 * 24 * HOUR_MS;

/** Most events of one group that are kept. */
const MAX_KEPT = 50_000;

const error = (status: number, type: string, message: string): AwsJsonAnswer => ({
  status,
  body: { __type: type, message },
});

const ERRORS = {
  throttle: error(400, 'ThrottlingException', 'Rate exceeded'),
  error: error(500, 'InternalFailure', 'An internal error has occurred.'),
  unavailable: error(503, 'ServiceUnavailableException', 'The service cannot complete the request.'),
  denied: error(400, 'AccessDeniedException', 'User is not authorized to perform: logs:PutLogEvents'),
  missing: error(400, 'ResourceNotFoundException', 'The specified log group does not exist.'),
  reset: 'reset',
} as const;

interface PutInput {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents?: readonly { readonly timestamp: number; readonly message: string }[];
}

const invalid = (message: string): AwsJsonAnswer => error(400, 'InvalidParameterException', message);

/** What is wrong with a batch, if anything. */
const complaint = (events: NonNullable<PutInput['logEvents']>): AwsJsonAnswer | undefined => {
  if (events.length === 0 || events.length > MAX_EVENTS) return invalid('1 validation error detected: logEvents');
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + OVERHEAD, 0);
  if (bytes > MAX_BYTES) return invalid('Upload too large: it exceeds the maximum allowed size of 1048576 bytes');
  const isOrdered = events.every(({ timestamp }, index) => timestamp >= (events[index - 1]?.timestamp ?? 0));
  return isOrdered ? undefined : invalid('Log events in a single PutLogEvents request must be in chronological order.');
};

/** Starts a server. */
export const startLocalLogs = async (options: LocalLogsOptions): Promise<LocalLogs> => {
  const { credentials, port, now = Date.now } = options;
  const groups = new Map(
    options.groups.map((group) => [group, { streams: new Set<string>(), events: [] as LoggedEvent[] }]),
  );
  const requests: string[] = [];
  let fault: LogsFault | undefined;
  let faultsLeft = Number.POSITIVE_INFINITY;

  const createStream = ({ logGroupName, logStreamName }: PutInput): AwsJsonAnswer => {
    const group = groups.get(logGroupName);
    if (group === undefined) return ERRORS.missing;
    if (/[:*]/.test(logStreamName)) return invalid('logStreamName');
    if (group.streams.has(logStreamName))
      return error(400, 'ResourceAlreadyExistsException', 'The specified log stream already exists');
    group.streams.add(logStreamName);
    return { status: 200, body: {} };
  };

  const putEvents = ({ logGroupName, logStreamName, logEvents = [] }: PutInput): AwsJsonAnswer => {
    const group = groups.get(logGroupName);
    if (group?.streams.has(logStreamName) !== true) return ERRORS.missing;
    const wrong = complaint(logEvents);
    if (wrong !== undefined) return wrong;
    const isTooNew = fault?.kind === 'rejected' ? () => true : (at: number) => at > now() + AHEAD_MS;
    const isTooOld = (at: number): boolean => at < now() - BEHIND_MS;
    const taken = logEvents.filter(({ timestamp }) => !isTooNew(timestamp) && !isTooOld(timestamp));
    group.events.push(...taken.map((event) => ({ stream: logStreamName, ...event })));
    group.events.splice(0, group.events.length - MAX_KEPT);
    const tooNew = logEvents.findIndex(({ timestamp }) => isTooNew(timestamp));
    const tooOld = logEvents.findLastIndex(({ timestamp }) => isTooOld(timestamp)) + 1;
    const rejected = {
      ...(tooNew >= 0 && { tooNewLogEventStartIndex: tooNew }),
      ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    };
    return { status: 200, body: Object.keys(rejected).length === 0 ? {} : { rejectedLogEventsInfo: rejected } };
  };

  const OPERATIONS: Readonly<Record<string, (input: PutInput) => AwsJsonAnswer>> = {
    'Logs_20140328.CreateLogStream': createStream,
    'Logs_20140328.PutLogEvents': putEvents,
  };

  const answer = async (target: string, input: Readonly<Record<string, unknown>>): Promise<AwsJsonAnswer> => {
    const operation = OPERATIONS[target];
    if (operation === undefined) return error(400, 'UnknownOperationException', target);
    requests.push(target.slice(target.indexOf('.') + 1));
    const struck = faultsLeft > 0 ? fault : undefined;
    if (struck === undefined) fault = undefined;
    faultsLeft -= 1;
    if (struck?.kind === 'slow') await sleep(struck.ms);
    else if (struck !== undefined && Object.hasOwn(ERRORS, struck.kind))
      return ERRORS[struck.kind as keyof typeof ERRORS];
    const answered = operation(input as unknown as PutInput);
    return struck?.kind === 'reply-lost' ? 'reset' : answered;
  };

  const { url, close } = await startAwsJson({ service: 'logs', credentials, port, now }, answer);
  return {
    url,
    requests,
    events: (group) => groups.get(group)?.events ?? [],
    fail: (next, times = Number.POSITIVE_INFINITY) => {
      fault = next;
      faultsLeft = times;
    },
    close,
  };
};
