/** What Bedrock calls private values, in the kit's words: Presidio's where it has one. */

/** An entity, and for a `SECRET` its rule. */
export interface KitEntity {
  readonly entity: string;
  readonly rule?: string;
}

/**
 * Types that have another name here; the others keep theirs. Source of the types:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailPiiEntityFilter.html
 */
const RENAMED: Readonly<Record<string, KitEntity>> = {
  NAME: { entity: 'PERSON' },
  ADDRESS: { entity: 'LOCATION' },
  EMAIL: { entity: 'EMAIL_ADDRESS' },
  PHONE: { entity: 'PHONE_NUMBER' },
  CREDIT_DEBIT_CARD_NUMBER: { entity: 'CREDIT_CARD' },
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: { entity: 'IBAN_CODE' },
  CA_SOCIAL_INSURANCE_NUMBER: { entity: 'CA_SIN' },
  UK_NATIONAL_HEALTH_SERVICE_NUMBER: { entity: 'UK_NHS' },
  UK_NATIONAL_INSURANCE_NUMBER: { entity: 'UK_NINO' },
  US_BANK_ACCOUNT_NUMBER: { entity: 'US_BANK_NUMBER' },
  US_BANK_ROUTING_NUMBER: { entity: 'ABA_ROUTING_NUMBER' },
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: { entity: 'US_ITIN' },
  US_PASSPORT_NUMBER: { entity: 'US_PASSPORT' },
  US_SOCIAL_SECURITY_NUMBER: { entity: 'US_SSN' },
  PASSWORD: { entity: 'SECRET', rule: 'generic-password' },
  AWS_ACCESS_KEY: { entity: 'SECRET', rule: 'aws-access-token' },
  AWS_SECRET_KEY: { entity: 'SECRET', rule: 'aws-secret-access-key' },
};

const TYPE = /^[A-Z][A-Z0-9_]{0,63}$/; // DRIVER_ID

/** For what has no name that could be an entity. */
const CUSTOM: KitEntity = { entity: 'CUSTOM' };

/** The entity of a type of private value; one that is not known here is taken as it is called. */
export const entityOfType = (type: unknown): KitEntity => {
  if (typeof type !== 'string' || !TYPE.test(type)) return CUSTOM;
  return (Object.hasOwn(RENAMED, type) ? RENAMED[type] : undefined) ?? { entity: type };
};

/** The entity of a guardrail's own pattern, by its name: `Booking number` is `BOOKING_NUMBER`. */
export const entityOfPattern = (name: unknown): KitEntity => {
  const entity = typeof name === 'string' ? name.toUpperCase().replaceAll(/[ -]/g, '_') : '';
  return TYPE.test(entity) ? { entity } : CUSTOM;
};
