/** Every error that the SDK can throw stands for a row of the error table, and nothing of its message leaves. */

import * as sdk from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { mayGoElsewhere, upstreamFailure } from '../../../../aws/bedrock/upstream-error.ts';

type ErrorClass = new (options: object) => Error;

/** Classes of the service's errors that the installed SDK exports. */
const CLASSES = Object.entries(sdk).filter(
  ([name, value]) =>
    /(?:Exception|Error)$/.test(name) && typeof value === 'function' && value.prototype instanceof Error,
) as unknown as readonly (readonly [string, ErrorClass])[];

/** What each stands for. A class that a later SDK brings is missing here, and fails a test. */
const TABLE: Readonly<Record<string, readonly [code: string, billing: string, transient: boolean]>> = {
  AccessDeniedException: ['upstream_unavailable', 'free', false],
  ConflictException: ['upstream_unavailable', 'free', false],
  InternalServerException: ['upstream_unavailable', 'unknown', true],
  ModelErrorException: ['upstream_unavailable', 'billed', false],
  ModelNotReadyException: ['upstream_throttled', 'free', true],
  ModelStreamErrorException: ['upstream_unavailable', 'billed', false],
  ModelTimeoutException: ['upstream_timeout', 'billed', false],
  ResourceNotFoundException: ['upstream_unavailable', 'free', false],
  ServiceQuotaExceededException: ['upstream_throttled', 'free', false],
  ServiceUnavailableException: ['upstream_throttled', 'free', true],
  ThrottlingException: ['upstream_throttled', 'free', true],
  ValidationException: ['upstream_unavailable', 'free', false],
};

const account = ['1234', '5678', '9012'].join('');
const message = `arn:aws:bedrock:eu-central-1:${account}:inference-profile/x`;
const BASES = new Set(['BedrockRuntimeServiceException']);

describe('errors of the SDK', () => {
  test('are all in the table', () => {
    expect(
      CLASSES.map(([name]) => name)
        .filter((name) => !BASES.has(name))
        .sort(),
    ).toEqual(Object.keys(TABLE).sort());
  });

  test.each(CLASSES.filter(([name]) => !BASES.has(name)))('%s stands for what the table says', (name, Class) => {
    const error = new Class({ message, $metadata: { requestId: 'id-1', httpStatusCode: 500 } });
    const failure = upstreamFailure(error);
    expect([failure.error.code, failure.billing, failure.transient]).toEqual(TABLE[name]);
    expect(failure.error.reason).toBe(name);
    expect(failure.requestId).toBe('id-1');
    expect(JSON.stringify([failure, failure.error.message])).not.toContain(account);
  });

  test.each([
    [429, 'upstream_throttled', 'free', true],
    [403, 'upstream_unavailable', 'free', false],
    [500, 'upstream_unavailable', 'unknown', true],
    [503, 'upstream_unavailable', 'unknown', true],
    [undefined, 'upstream_unavailable', 'unknown', true],
  ])('nobody knows go by their status %s', (httpStatusCode, ...expected) => {
    const failure = upstreamFailure(
      Object.assign(new Error(message), { name: 'Surprise', $metadata: { httpStatusCode } }),
    );
    expect([failure.error.code, failure.billing, failure.transient]).toEqual(expected);
  });

  test.each([['a text'], [undefined], [null], [{ name: message }], [Object.assign(new Error('x'), { name: message })]])(
    'that are none of its classes keep nothing of what they say: %s',
    (thrown) => {
      const { error, requestId } = upstreamFailure(thrown);
      expect([error.reason, requestId]).toEqual(['UnknownError', undefined]);
    },
  );

  test('say nothing of a request whose id is none', () => {
    const error = Object.assign(new Error('x'), { $metadata: { requestId: `${message} <script>` } });
    expect(upstreamFailure(error).requestId).toBeUndefined();
  });

  test('were billed once the answer had begun, whatever they are', () => {
    const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    expect(upstreamFailure(lost, true)).toMatchObject({ billing: 'billed', transient: false });
    expect(mayGoElsewhere(upstreamFailure(new Error('x'), true).error)).toBe(false);
  });

  test('pass the wait that Bedrock asks for on, within bounds', () => {
    const after = (value: string) =>
      upstreamFailure({
        name: 'ThrottlingException',
        $metadata: { httpStatusCode: 429 },
        $response: { headers: { 'retry-after': value } },
      }).error.headers['retry-after'];
    expect(['7', '0', '99999999', 'soon'].map(after)).toEqual(['7', '1', '600', '10']);
  });
});
