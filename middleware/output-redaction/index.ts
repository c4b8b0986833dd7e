import type { MiddlewareObj, Request } from '@middy/core';
import { standInsOf } from '../../aws/bedrock/pseudonyms.ts';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import { checkOptions, object, oneOf } from '../../core/options.ts';
import { sparingStandIns } from '../../core/pseudonyms/index.ts';
import { createRedactor, type Finding, type Redactor } from '../../core/redaction/index.ts';
import { fieldsAt, type HttpEvent, isBatch, isHttp, sourceOf } from '../http-event.ts';
import { bodyKindOf, isCompressed, isProxyResponse, responseHeader, withoutLength } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { isStream, responseStreamOf } from '../response-stream.ts';
import type { StreamPump } from '../stream-pump.ts';
import { redactResponse } from './redact-response.ts';
import { redactStream, untilBlocked } from './redact-stream.ts';

/** Options of {@link outputRedaction}. */
export interface OutputRedactionOptions {
  /** @default createRedactor() */
  readonly redactor?: Redactor;
  /**
   * Bodies that are no text (images, archives) or that are compressed: withheld, since nobody can look into them, or
   * let pass.
   * @default 'block'
   */
  readonly unreadable?: 'block' | 'pass';
}

const CHECKS = { redactor: object, unreadable: oneOf('block', 'pass') };

const CONTROL = 'output-redaction';

/** Counts what was found in an answer. In monitor mode the model's replies are in it as they came, and so is what only is reported. */
const found = (
  { record, monitor }: InvocationScope,
  findings: readonly Finding[],
  { reports }: Pick<Redactor, 'reports'>,
): void => {
  const isLeft = ({ entity }: Finding): boolean => monitor || reports(entity);
  record.foundAgain(findings.filter(isLeft));
  record.redacted(findings.filter((finding) => !isLeft(finding)));
};

/** Whether Lambda can send an answer at all. One that leads back to itself has no end to look for, either. */
const isJson = (response: unknown): boolean => {
  try {
    JSON.stringify(response);
    return true;
  } catch {
    return false;
  }
};

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** What consumers of batches answer is for Lambda itself: the ids of failed messages, which must stay as they are. */
const isBatchResponse = ({ event, response }: Request<HttpEvent>): boolean =>
  isBatch(sourceOf(event)) && typeof response === 'object' && response !== null && 'batchItemFailures' in response;

/**
 * Redacts whatever leaves: JSON bodies value by value, server-sent events and NDJSON frame by frame, other text as a
 * whole; streams on their way. What the Bedrock edge redacted stays as it is, with the same numbering. Headers are the
 * handler's own words and stay.
 *
 * @throws TypeError at creation for an unknown or invalid option; `output_blocked` for a body that cannot be read, and for
 * private values whose mode is `block`.
 */
export const outputRedaction = (options: OutputRedactionOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('outputRedaction', options, CHECKS);
  const { redactor = createRedactor(), unreadable = 'block' } = options;

  const outputRedactionBefore = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    // Stand-ins are for `pseudonymize`, which comes after.
    scope.redactor = sparingStandIns(redactor.session(), standInsOf(scope));
  };

  const blocked = ({ record }: InvocationScope, reason: 'unreadable' | 'redaction'): BulwarkError => {
    record.count('OutputsBlocked');
    return new BulwarkError('output_blocked', { reason });
  };

  /** Counts what was found in a whole answer. @throws BulwarkError `output_blocked` by the mode of an entity. */
  const checkFound = (scope: InvocationScope, findings: readonly Finding[], session: Redactor): void => {
    found(scope, findings, session);
    if (session.blocks(findings)) throw blocked(scope, 'redaction');
  };

  /** Monitor mode: what the stream would have ended with. */
  const watchFailed = ({ record }: InvocationScope, error: unknown): void => {
    if (!isBulwarkError(error)) record.count('ControlFailures');
    record.refuse(isBulwarkError(error) ? error : new BulwarkError('internal', { reason: CONTROL }), CONTROL);
  };

  const redactPump = (request: Request<HttpEvent>, pump: StreamPump, session: Redactor): void => {
    const scope = scopeOf(request);
    const { monitor } = scope;
    const response: unknown = request.response;
    const proxied = isProxyResponse(response) ? response : undefined;
    const kind = bodyKindOf((proxied && responseHeader(proxied, 'content-type')) ?? 'text/plain');
    if (kind === 'bytes' || (proxied !== undefined && isCompressed(proxied))) {
      if (unreadable === 'block') throw blocked(scope, 'unreadable');
      return;
    }
    /** Nobody else records what ends a stream that has begun. */
    const refusal = (): BulwarkError => {
      const error = blocked(scope, 'redaction');
      scope.record.refuse(error, CONTROL);
      return error;
    };
    const transform = untilBlocked(redactStream(kind, session), session, refusal);
    if (monitor) pump.watch(transform, (error) => watchFailed(scope, error));
    else {
      pump.transform(transform);
      if (proxied !== undefined) request.response = withoutLength(proxied);
    }
    pump.atEnd(() => found(scope, transform.findings, session));
  };

  const outputRedactionAfter = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    const session = scope.redactor ?? redactor.session();
    const pump = responseStreamOf(request);
    if (pump !== undefined) {
      redactPump(request, pump, session);
      return;
    }
    const response: unknown = request.response;
    if (isBatchResponse(request)) return;
    // A stream where none was looked for: nobody has seen what is in it.
    if (isStream(fieldsAt(response)['body'])) throw blocked(scope, 'unreadable');
    // What is no answer to HTTP is data, whatever its members are called; so is a body that is no text.
    if (!isHttp(sourceOf(request.event)) || !isProxyResponse(response) || isObject(response.body)) {
      if (!isJson(response)) throw new BulwarkError('internal', { reason: 'no-json' });
      const { value, findings } = session.redactJson(response);
      checkFound(scope, findings, session);
      if (!scope.monitor) request.response = value;
      return;
    }
    const outcome = redactResponse(response, session, unreadable);
    if (outcome === undefined) throw blocked(scope, 'unreadable');
    checkFound(scope, outcome.findings, session);
    if (!scope.monitor && outcome.findings.length > 0) request.response = withoutLength(outcome.response);
  };

  return { before: outputRedactionBefore, after: outputRedactionAfter };
};
