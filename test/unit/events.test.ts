import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRedactor, MIN_IN_CONTEXT } from '../../core/redaction/index.ts';
import { readCaller } from '../../middleware/caller/read-caller.ts';
import { sourceOf } from '../../middleware/http-event.ts';

const files = globSync('events/**/*.json').sort();
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

test.each(files)('%s holds no secret', (file) => {
  const entities = ['SECRET', 'CREDIT_CARD', 'IBAN_CODE', 'PHONE_NUMBER', 'EMAIL_ADDRESS', 'US_SSN'];
  expect(createRedactor({ entities, minScore: MIN_IN_CONTEXT }).detect(readFileSync(file, 'utf8'))).toEqual([]);
});

describe.each([
  ['rest-v1', 'rest-v1'],
  ['http-v2', 'http-v2'],
  ['function-url', 'function-url'],
  ['alb', 'alb'],
  ['sqs', 'sqs'],
  ['direct', 'other'],
])('events/%s', (folder, source) => {
  const own = files.filter((file) => file.startsWith(`events/${folder}/`));

  test.each(own)('%s is told by its source', (file) => {
    expect(sourceOf(read(file))).toBe(source);
  });

  test('are there', () => {
    expect(own.length).toBeGreaterThan(0);
  });
});

test.each([
  ['rest-v1/chat.json', { user: '5f6c8a10-0000-4000-8000-000000000001', apiKey: 'key-id-1', ip: '203.0.113.7' }],
  ['rest-v1/chat-anonymous.json', { ip: '203.0.113.7' }],
  ['rest-v1/lambda-authorizer.json', { user: 'user-1', ip: '203.0.113.7' }],
  ['rest-v1/iam.json', { user: 'arn:aws:sts::123456789012:assumed-role/caller', ip: '203.0.113.7' }],
  ['http-v2/chat.json', { user: '5f6c8a10-0000-4000-8000-000000000001', ip: '203.0.113.7' }],
  ['http-v2/lambda-authorizer.json', { user: 'user-1', ip: '203.0.113.7' }],
  ['http-v2/iam.json', { user: 'arn:aws:sts::123456789012:assumed-role/caller', ip: '203.0.113.7' }],
  ['function-url/chat.json', { ip: '203.0.113.7' }],
  ['function-url/iam.json', { user: 'arn:aws:sts::123456789012:assumed-role/caller', ip: '203.0.113.7' }],
  ['alb/chat.json', { ip: '203.0.113.7' }],
  ['alb/multi-value.json', { ip: '203.0.113.7' }],
  ['sqs/batch.json', {}],
  ['direct/chat.json', {}],
])('the caller of events/%s is read', (file, caller) => {
  expect(readCaller(read(`events/${file}`), {})).toEqual(caller);
});
