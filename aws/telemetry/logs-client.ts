/** The client of CloudWatch Logs: imported only where a log group is written to. */

import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  type InputLogEvent,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';

/** Time to connect, in milliseconds. The rest is the writer's own deadline. */
const CONNECTION_TIMEOUT_MS = 500;

/** Where lines of one stream go. Each function fails with what the SDK throws, and ends with the signal. */
export interface LogStreamWriter {
  /** Makes the stream; one that is there already will do. */
  create(signal: AbortSignal): Promise<void>;
  /** Writes events, which are in order of time. @returns Which of them CloudWatch did not take: it says so with a 200. */
  put(events: readonly InputLogEvent[], signal: AbortSignal): Promise<ReadonlySet<number>>;
}

/** Whether the stream, or its group, is not there. */
export const isMissing = (error: unknown): boolean => error instanceof ResourceNotFoundException;

/** A client that makes one attempt: the writer itself decides about others, and about their time. */
export const createLogsClient = (): CloudWatchLogsClient =>
  new CloudWatchLogsClient({ maxAttempts: 1, requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS } });

/** A writer of one stream. Source: CloudWatch Logs API reference, "PutLogEvents". */
export const createLogStreamWriter = (
  client: CloudWatchLogsClient,
  logGroupName: string,
  logStreamName: string,
): LogStreamWriter => ({
  async create(abortSignal) {
    try {
      await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }), { abortSignal });
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    }
  },
  async put(events, abortSignal) {
    const command = new PutLogEventsCommand({ logGroupName, logStreamName, logEvents: [...events] });
    const { rejectedLogEventsInfo: rejected = {} } = await client.send(command, { abortSignal });
    const {
      tooNewLogEventStartIndex = events.length,
      tooOldLogEventEndIndex = 0,
      expiredLogEventEndIndex = 0,
    } = rejected;
    const from = Math.max(tooOldLogEventEndIndex, expiredLogEventEndIndex);
    return new Set([...events.keys()].filter((index) => index < from || index >= tooNewLogEventStartIndex));
  },
});
