import { describe, expect, test } from 'vitest';
import { BulwarkError, ERRORS, type ErrorCode, isBulwarkError } from '../../../core/errors.ts';
import { problemResponse } from '../../../core/problem.ts';

describe('BulwarkError', () => {
  test('takes status and message from the table', () => {
    const error = new BulwarkError('quota_exceeded');
    expect(error).toMatchObject({ name: 'BulwarkError', statusCode: 429, message: ERRORS.quota_exceeded.detail });
  });

  test('is recognised across copies of the package, and nothing else is', () => {
    const fromAnotherCopy = { [Symbol.for('bedrock-bulwark.error')]: true };
    expect(isBulwarkError(fromAnotherCopy)).toBe(true);
    expect([new Error('x'), null, undefined, 'x', { code: 'quota_exceeded' }].some(isBulwarkError)).toBe(false);
  });

  test('never carries a cause, also when somebody hangs one on it', () => {
    const error = new BulwarkError('internal', { reason: 'handler' });
    error.cause = new Error('content');
    expect(error.cause).toBeUndefined();
  });
});

describe('problemResponse', () => {
  test.each(Object.keys(ERRORS) as ErrorCode[])('describes %s by RFC 9457', (code) => {
    const response = problemResponse(new BulwarkError(code, { reason: 'not for clients' }), 'id-1');
    const body = JSON.parse(response.body);
    expect(response.headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({ type: `urn:bedrock-bulwark:error:${code}`, code, status: response.statusCode });
    expect(body).toMatchObject({ requestId: 'id-1', title: ERRORS[code].title });
    expect(response.body).not.toContain('not for clients');
  });

  test('carries the headers and extras of the error', () => {
    const error = new BulwarkError('body_too_large', { extra: { limit: 10 }, headers: { 'retry-after': '3' } });
    const response = problemResponse(error, 'id-1');
    expect(JSON.parse(response.body).limit).toBe(10);
    expect(response.headers['retry-after']).toBe('3');
  });
});
