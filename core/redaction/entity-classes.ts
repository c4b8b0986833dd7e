/** Which harm a private value does when it leaves, in few classes: what metrics count it as. */

/** A class of entities. */
export type EntityClass = 'secret' | 'financial' | 'identity' | 'contact' | 'other';

/**
 * - `secret`: opens a door.
 * - `financial`: moves money, or says where it lies.
 * - `identity`: proves who a person is, or what is on file of them: numbers of persons, passports, licences, health.
 * - `contact`: leads to a person: names, addresses, telephones, plates, machines.
 * - `other`: says little by itself, or is an organisation in a public register.
 */
const ENTITIES: Readonly<Record<EntityClass, string>> = {
  secret: 'SECRET PASSWORD PIN AWS_ACCESS_KEY AWS_SECRET_KEY',
  financial: `
    CREDIT_CARD CREDIT_DEBIT_CARD_NUMBER CREDIT_DEBIT_CARD_CVV CREDIT_DEBIT_CARD_EXPIRY
    IBAN_CODE SWIFT_CODE ABA_ROUTING_NUMBER US_BANK_NUMBER US_BANK_ACCOUNT_NUMBER BANK_ACCOUNT_NUMBER CRYPTO`,
  identity: `
    US_SSN US_ITIN US_PASSPORT US_DRIVER_LICENSE US_MBI US_NPI MEDICAL_LICENSE
    UK_NHS UK_NINO UK_PASSPORT UK_DRIVING_LICENCE UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER
    AR_CUIT AT_SVNR AU_MEDICARE AU_TFN BE_NATIONAL_NUMBER BR_CPF CA_SIN CA_HEALTH_NUMBER CH_AHV CL_RUT CN_RESIDENT_ID
    DE_BSNR DE_FUEHRERSCHEIN DE_HEALTH_INSURANCE DE_ID_CARD DE_LANR DE_PASSPORT DE_SOCIAL_SECURITY DE_TAX_ID
    DE_TAX_NUMBER DK_CPR ES_NIE ES_NIF ES_PASSPORT FI_PERSONAL_IDENTITY_CODE FR_NIR HK_IDENTITY_CARD ID_NIK IE_PPS IL_ID
    IN_AADHAAR IN_PAN IN_PASSPORT IN_VOTER IN_NREGA
    IT_DRIVER_LICENSE IT_FISCAL_CODE IT_IDENTITY_CARD IT_PASSPORT JP_MY_NUMBER
    KR_DRIVER_LICENSE KR_FRN KR_PASSPORT KR_RRN MX_CURP MY_NRIC NG_NIN NL_BSN NO_FODSELSNUMMER NZ_IRD PH_TIN PL_PESEL
    PT_NIF SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN TR_NATIONAL_ID TW_NATIONAL_ID ZA_ID_NUMBER DRIVER_ID PASSPORT_NUMBER`,
  contact: `
    EMAIL_ADDRESS PHONE_NUMBER PH_MOBILE_NUMBER PERSON NAME ADDRESS LOCATION USERNAME AGE NRP UK_POSTCODE DE_PLZ
    IP_ADDRESS MAC_ADDRESS IMEI LICENSE_PLATE VEHICLE_IDENTIFICATION_NUMBER DE_KFZ IN_VEHICLE_REGISTRATION
    NG_VEHICLE_REGISTRATION TR_LICENSE_PLATE UK_VEHICLE_REGISTRATION`,
  other: `
    URL DATE_TIME ORGANIZATION AU_ABN AU_ACN BR_CNPJ DE_HANDELSREGISTER DE_VAT_ID IN_GSTIN IT_VAT_CODE KR_BRN
    SE_ORGANISATIONSNUMMER SG_UEN`,
};

/** The classes by entity: those of the redactor's catalogue, of Bedrock Guardrails, and of what Presidio knows beside. */
export const ENTITY_CLASSES: ReadonlyMap<string, EntityClass> = new Map(
  (Object.keys(ENTITIES) as EntityClass[]).flatMap((name) =>
    ENTITIES[name]
      .trim()
      .split(/\s+/)
      .map((entity) => [entity, name] as const),
  ),
);

/** The class of an entity; `other` for one that no list names, such as one of your own detectors. */
export const classOfEntity = (entity: string): EntityClass => ENTITY_CLASSES.get(entity) ?? 'other';
