/** Which class every entity has. */

import { expect, test } from 'vitest';
import { entityOfType } from '../../../../aws/bedrock/guardrail-redaction/entities.ts';
import { ENTITY_LEVELS } from '../../../../core/classification/index.ts';
import { BUILT_IN } from '../../../../core/redaction/detectors/built-in.ts';
import { classOfEntity, ENTITY_CLASSES } from '../../../../core/redaction/entity-classes.ts';

test('every entity that redaction knows has a class, so that none hides among the others', () => {
  const entities = new Set([...BUILT_IN.map(({ entity }) => entity), ...Object.keys(ENTITY_LEVELS)]);
  expect([...entities].filter((entity) => !ENTITY_CLASSES.has(entity))).toEqual([]);
  expect(entities.size).toBeGreaterThan(80);
});

test.each([
  ['SECRET', 'secret'],
  ['CREDIT_CARD', 'financial'],
  ['US_SSN', 'identity'],
  ['EMAIL_ADDRESS', 'contact'],
  ['URL', 'other'],
  ['BOOKING_NUMBER', 'other'],
  ['__proto__', 'other'],
  ['constructor', 'other'],
])('%s is %s', (entity, expected) => {
  expect(classOfEntity(entity)).toBe(expected);
});

test.each([
  ['PASSWORD', 'secret'],
  ['PIN', 'secret'],
  ['CREDIT_DEBIT_CARD_CVV', 'financial'],
  ['INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'financial'],
  ['US_SOCIAL_SECURITY_NUMBER', 'identity'],
  ['DRIVER_ID', 'identity'],
  ['NAME', 'contact'],
  ['ADDRESS', 'contact'],
  ['LICENSE_PLATE', 'contact'],
])('what Bedrock Guardrails calls %s is %s', (type, expected) => {
  expect(classOfEntity(entityOfType(type).entity)).toBe(expected);
});
