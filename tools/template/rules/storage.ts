/** What is kept: tables, secrets, keys, log groups, buckets. */

import { TTL_ATTRIBUTE } from '../../../core/quota/ledger/item.ts';
import { isFields, listOf } from '../template.ts';
import {
  isAbsent,
  isFrom,
  isNotTrue,
  isOneOf,
  isTrue,
  keepingProblems,
  lacking,
  orAbsent,
  propertyRule,
  type Rule,
  type View,
  type Want,
  wantsReference,
} from './rule.ts';

const KEY = ['AWS::KMS::Key'];

/** A key of one's own, where the deployment promises one. */
export const ownKey = (view: View, path: string): readonly Want[] =>
  view.promises.kms === true ? [wantsReference(path, KEY, 'is not encrypted with the key of the service')] : [];

const tables: Rule = {
  name: 'tables',
  why: 'usage that is lost lets everybody begin anew; an uncapped table turns a flood into a bill',
  types: ['AWS::DynamoDB::Table'],
  check: (view) => {
    const own = view.of('AWS::DynamoDB::Table');
    return [
      ...lacking(view, own, [
        ['BillingMode', isOneOf('PAY_PER_REQUEST'), 'waits for capacity that somebody planned'],
        ['SSESpecification.SSEEnabled', isTrue, 'is encrypted with a key that nobody sees the use of'],
        ['SSESpecification.SSEType', orAbsent(isOneOf('KMS')), 'is not encrypted with KMS'],
        ['PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', isTrue, 'cannot be recovered'],
        ['PointInTimeRecoverySpecification.RecoveryPeriodInDays', isFrom(7, 35), 'is forgotten within a week'],
        ['TimeToLiveSpecification.Enabled', isTrue, 'keeps items that nobody needs'],
        ['TimeToLiveSpecification.AttributeName', isOneOf(TTL_ATTRIBUTE), 'ages by an attribute that items lack'],
        ['OnDemandThroughput.MaxWriteRequestUnits', isFrom(1, 40_000), 'has no cap of writes'],
        ['OnDemandThroughput.MaxReadRequestUnits', isFrom(1, 40_000), 'has no cap of reads'],
        ['KeySchema.0.AttributeName', isOneOf('pk'), 'has another key than the ledger writes'],
        ['KeySchema.0.KeyType', isOneOf('HASH'), 'has another key than the ledger writes'],
        ['KeySchema.1', isAbsent, 'has another key than the ledger writes'],
        ['AttributeDefinitions.0.AttributeName', isOneOf('pk'), 'has another key than the ledger writes'],
        ['AttributeDefinitions.0.AttributeType', isOneOf('S'), 'has another key than the ledger writes'],
        ...(view.promises.kept ? ([['DeletionProtectionEnabled', isTrue, 'can be deleted']] as readonly Want[]) : []),
        ...(view.promises.kms
          ? [
              ...ownKey(view, 'SSESpecification.KMSMasterKeyId'),
              ['SSESpecification.SSEType', isOneOf('KMS'), 'is not encrypted with the key'] as Want,
            ]
          : []),
      ]),
      ...own.flatMap(keepingProblems),
    ];
  },
};

const secrets: Rule = {
  name: 'secrets',
  why: 'a key in the template is read by whoever reads the template; one that is guessed or lost forges sessions',
  types: ['AWS::SecretsManager::Secret'],
  check: (view) => [
    ...lacking(view, view.of('AWS::SecretsManager::Secret'), [
      ['SecretString', isAbsent, 'stands in the template'],
      ['GenerateSecretString.PasswordLength', isFrom(32, 4096), 'is short'],
      ['GenerateSecretString.ExcludePunctuation', isTrue, 'may hold letters that its readers do not expect'],
      ['GenerateSecretString.ExcludeNumbers', isNotTrue, 'is made of few letters'],
      ['GenerateSecretString.ExcludeLowercase', isNotTrue, 'is made of few letters'],
      ['GenerateSecretString.ExcludeUppercase', isNotTrue, 'is made of few letters'],
      ...ownKey(view, 'KmsKeyId'),
    ]),
    // Principals' digests are made with it: another key, and nobody has used anything yet.
    ...view
      .of('AWS::SecretsManager::Secret')
      .filter(({ id }) => id === 'DigestKey')
      .flatMap(keepingProblems),
  ],
};

/** Whether something that outlives the stack is encrypted with a key. */
const encryptsWhatIsKept = (view: View, key: string): boolean =>
  Object.values(view.template.Resources).some(
    ({ DeletionPolicy = '', Properties }) =>
      DeletionPolicy.startsWith('Retain') && JSON.stringify(Properties ?? {}).includes(`["${key}","Arn"]`),
  );

const keys: Rule = {
  name: 'keys',
  why: 'what is encrypted with a key that is gone is gone; one that never changes is worth stealing',
  types: KEY,
  check: (view) => {
    const own = view.of('AWS::KMS::Key');
    return [
      ...lacking(view, own, [
        ['EnableKeyRotation', isTrue, 'never changes'],
        ['PendingWindowInDays', isFrom(14, 30), 'is gone before anybody notices'],
        ['Enabled', orAbsent(isTrue), 'is switched off'],
        ['KeySpec', orAbsent(isOneOf('SYMMETRIC_DEFAULT')), 'cannot encrypt for services'],
        ['KeyUsage', orAbsent(isOneOf('ENCRYPT_DECRYPT')), 'cannot encrypt'],
        ['MultiRegion', isNotTrue, 'leaves its Region'],
        ['BypassPolicyLockoutSafetyCheck', isNotTrue, 'may lock everybody out'],
      ]),
      ...own.filter(({ id }) => encryptsWhatIsKept(view, id)).flatMap(keepingProblems),
      ...view
        .of('AWS::KMS::Alias')
        .filter(({ raw }) => !listOf(raw['TargetKeyId']).every((key) => isFields(key)))
        .map(({ id }) => `${id}: names a key that is not the template's`),
    ];
  },
};

const buckets: Rule = {
  name: 'buckets',
  why: 'whoever writes the code of the functions into the bucket runs it',
  types: ['AWS::S3::Bucket'],
  check: (view) => [
    ...lacking(view, view.of('AWS::S3::Bucket'), [
      [
        'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
        isOneOf('AES256'),
        'is not encrypted',
      ],
      ['AccessControl', orAbsent(isOneOf('Private')), 'is open'],
      ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map(
        (name): Want => [`PublicAccessBlockConfiguration.${name}`, isTrue, 'can be opened'],
      ),
      // Code that somebody replaced is still there to compare.
      ['VersioningConfiguration.Status', isOneOf('Enabled'), 'forgets what was deployed'],
    ]),
    ...view
      .of('AWS::S3::Bucket')
      .filter(
        ({ id }) =>
          !view
            .of('AWS::S3::BucketPolicy')
            .some(({ raw }) => JSON.stringify(raw['Bucket']) === JSON.stringify({ Ref: id })),
      )
      .map(({ id }) => `${id}: has no policy that wants TLS`),
  ],
};

/** Rules about what is kept. */
export const STORAGE_RULES: readonly Rule[] = [
  tables,
  secrets,
  keys,
  buckets,
  propertyRule('aliases', 'an alias of AWS stands for a key that the account does not own', 'AWS::KMS::Alias', [
    ['AliasName', (value) => /^alias\/(?!aws\/)/.test(String(value)), 'is an alias of AWS'],
  ]),
];
