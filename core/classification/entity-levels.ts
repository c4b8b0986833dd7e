/** Which level a private value has, by its entity: what redaction finds, seen by the harm that it does elsewhere. */

import { DATA_LEVELS, type DataLevel } from './levels.ts';

/** Levels by entity (`EMAIL_ADDRESS`), or by entity and rule (`SECRET:github-pat`), which goes before. */
export type EntityLevels = Readonly<Record<string, DataLevel>>;

/** Level of an entity that no table names, such as one of your own detectors. */
export const UNLISTED_ENTITY_LEVEL: DataLevel = 'confidential';

/**
 * - `restricted`: opens a door, moves money, or proves who somebody is: credentials, cards and accounts, numbers of
 *   persons, health, passports and licences.
 * - `confidential`: leads to a person: addresses, telephones, plates.
 * - `internal`: leads to a machine or to an organisation in a public register.
 * - `public`: says nothing by itself.
 */
const ENTITIES: Readonly<Record<DataLevel, string>> = {
  restricted: `
    SECRET PASSWORD PIN AWS_ACCESS_KEY AWS_SECRET_KEY
    CREDIT_CARD CREDIT_DEBIT_CARD_NUMBER CREDIT_DEBIT_CARD_CVV CREDIT_DEBIT_CARD_EXPIRY
    IBAN_CODE US_BANK_NUMBER US_BANK_ACCOUNT_NUMBER BANK_ACCOUNT_NUMBER CRYPTO
    US_SSN US_ITIN US_PASSPORT US_DRIVER_LICENSE US_MBI
    UK_NHS UK_NINO UK_PASSPORT UK_DRIVING_LICENCE UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER
    AU_MEDICARE AU_TFN CA_SIN CA_HEALTH_NUMBER
    DE_FUEHRERSCHEIN DE_HEALTH_INSURANCE DE_ID_CARD DE_PASSPORT DE_SOCIAL_SECURITY DE_TAX_ID DE_TAX_NUMBER
    ES_NIE ES_NIF ES_PASSPORT FI_PERSONAL_IDENTITY_CODE
    IN_AADHAAR IN_PAN IN_PASSPORT IN_VOTER IN_NREGA
    IT_DRIVER_LICENSE IT_FISCAL_CODE IT_IDENTITY_CARD IT_PASSPORT
    KR_DRIVER_LICENSE KR_FRN KR_PASSPORT KR_RRN NG_NIN PH_TIN PL_PESEL SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN
    TR_NATIONAL_ID ZA_ID_NUMBER DRIVER_ID PASSPORT_NUMBER`,
  confidential: `
    EMAIL_ADDRESS PHONE_NUMBER PERSON NAME ADDRESS LOCATION NRP AGE USERNAME
    LICENSE_PLATE VEHICLE_IDENTIFICATION_NUMBER DE_KFZ IN_VEHICLE_REGISTRATION NG_VEHICLE_REGISTRATION
    TR_LICENSE_PLATE UK_VEHICLE_REGISTRATION MEDICAL_LICENSE US_NPI DE_BSNR DE_LANR UK_POSTCODE`,
  internal: `
    IP_ADDRESS MAC_ADDRESS ABA_ROUTING_NUMBER SWIFT_CODE ORGANIZATION
    AU_ABN AU_ACN DE_HANDELSREGISTER DE_VAT_ID IN_GSTIN IT_VAT_CODE KR_BRN SE_ORGANISATIONSNUMMER SG_UEN`,
  public: 'URL DATE_TIME DE_PLZ',
};

/** The levels that entities have where the policy gives them no other. */
export const ENTITY_LEVELS: EntityLevels = Object.fromEntries(
  DATA_LEVELS.flatMap((level) =>
    ENTITIES[level]
      .trim()
      .split(/\s+/)
      .map((entity) => [entity, level] as const),
  ),
);

/** The level of a value of an entity, under `levels` of the policy. */
export const levelOfEntity = (
  { entity, rule }: { readonly entity: string; readonly rule?: string | undefined },
  levels: EntityLevels = {},
): DataLevel => {
  const own = (table: EntityLevels, name: string): DataLevel | undefined =>
    Object.hasOwn(table, name) ? table[name] : undefined;
  return own(levels, `${entity}:${rule}`) ?? own(levels, entity) ?? own(ENTITY_LEVELS, entity) ?? UNLISTED_ENTITY_LEVEL;
};
