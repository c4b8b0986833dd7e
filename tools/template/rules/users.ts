/** Who users are: the pool, its client, the authorizer. */

import { type Fields, isFields, listOf } from '../template.ts';
import {
  isAbsent,
  isFrom,
  isGiven,
  isNotTrue,
  isOneOf,
  isTrue,
  keepingProblems,
  lacking,
  orAbsent,
  propertyRule,
  type Rule,
  targetsOf,
  wantsReference,
} from './rule.ts';

const POOL = 'AWS::Cognito::UserPool';

const pools: Rule = {
  name: 'user pools',
  why: 'whoever can make an account of their own has the budget of a user; a guessed password is a user',
  types: [POOL],
  check: (view) => {
    const own = view.of(POOL);
    return [
      ...lacking(view, own, [
        ['AdminCreateUserConfig.AllowAdminCreateUserOnly', isTrue, 'lets anybody make an account'],
        ['Policies.PasswordPolicy.MinimumLength', isFrom(12, 99), 'takes short passwords'],
        ['Policies.PasswordPolicy.RequireLowercase', isTrue, 'takes passwords of few letters'],
        ['Policies.PasswordPolicy.RequireUppercase', isTrue, 'takes passwords of few letters'],
        ['Policies.PasswordPolicy.RequireNumbers', isTrue, 'takes passwords of few letters'],
        ['Policies.PasswordPolicy.RequireSymbols', isTrue, 'takes passwords of few letters'],
        ['Policies.PasswordPolicy.TemporaryPasswordValidityDays', isFrom(1, 7), 'keeps first passwords for weeks'],
        [
          'MfaConfiguration',
          view.promises.kept ? isOneOf('ON') : isOneOf('ON', 'OPTIONAL'),
          'lets users do without a second factor',
        ],
        [
          'EnabledMfas',
          (value) => listOf(value).includes('SOFTWARE_TOKEN_MFA') && !listOf(value).includes('SMS_MFA'),
          'has no second factor but a telephone’s',
        ],
        [
          'AutoVerifiedAttributes',
          (value) => listOf(value).includes('email'),
          'believes addresses that nobody verified',
        ],
        [
          'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
          (value) => listOf(value).includes('email'),
          'believes new addresses that nobody verified',
        ],
        [
          'AccountRecoverySetting.RecoveryMechanisms',
          (value) =>
            listOf(value).length === 1 &&
            listOf(value).every(
              (each) => isFields(each) && each['Name'] === 'verified_email' && each['Priority'] === 1,
            ),
          'gives accounts back to whoever has a telephone number',
        ],
        [
          'Schema',
          (value) =>
            listOf(value)
              .filter(isFields)
              .some(({ Name }) => Name === 'tenant') &&
            listOf(value)
              .filter(isFields)
              .every(
                ({ AttributeDataType, StringAttributeConstraints: bounds }) =>
                  AttributeDataType === 'String' &&
                  isFields(bounds) &&
                  isFrom(1, 16)(bounds['MinLength']) &&
                  isFrom(1, 256)(bounds['MaxLength']),
              ),
          'has no attribute for tenants, or one without bounds',
        ],
        ['UserPoolTier', isOneOf('ESSENTIALS', 'PLUS'), 'has no second factor by code'],
        ['UserPoolAddOns.AdvancedSecurityMode', orAbsent(isOneOf('AUDIT', 'ENFORCED')), 'watches nobody'],
        ...(view.promises.kept
          ? ([['DeletionProtection', isOneOf('ACTIVE'), 'can be deleted with all its users']] as const)
          : []),
      ]),
      ...own.flatMap(keepingProblems),
    ];
  },
};

const SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** How long a token is valid, in seconds; for ever where nobody can say. */
const secondsOf = (value: unknown, { TokenValidityUnits: units }: Fields, token: string, unit: string): number => {
  const seconds = Number(value) * (SECONDS[String((isFields(units) ? units[token] : undefined) ?? unit)] ?? Number.NaN);
  return seconds > 0 ? seconds : Number.POSITIVE_INFINITY;
};

/** Ways to sign in that send the password itself, or that a server of ours would have to bring. */
const WEAK = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_NO_SRP_AUTH',
];

const risks: Rule = {
  name: 'threat protection',
  why: 'a password that stands in a list of stolen ones is tried on every account',
  types: ['AWS::Cognito::UserPoolRiskConfigurationAttachment'],
  check: (view) =>
    lacking(view, view.of('AWS::Cognito::UserPoolRiskConfigurationAttachment'), [
      wantsReference('UserPoolId', [POOL], 'is of no pool of this template'),
      [
        'UserPoolId',
        () => view.of(POOL).every(({ properties }) => properties['UserPoolTier'] === 'PLUS'),
        'is of a pool whose tier has none',
      ],
      [
        'CompromisedCredentialsRiskConfiguration.Actions.EventAction',
        isOneOf('BLOCK'),
        'takes passwords that are known',
      ],
      [
        'AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction',
        isOneOf('BLOCK', 'MFA_REQUIRED'),
        'lets in who is likely somebody else',
      ],
    ]),
};

/** Rules about users. */
export const USER_RULES: readonly Rule[] = [
  pools,
  risks,
  propertyRule(
    'user pool clients',
    'a client that tells which users exist, or takes passwords as they are, is one to try them on',
    'AWS::Cognito::UserPoolClient',
    [
      wantsReference('UserPoolId', [POOL], 'is of no pool of this template'),
      ['PreventUserExistenceErrors', isOneOf('ENABLED'), 'tells which users exist'],
      [
        'ExplicitAuthFlows',
        (value) => listOf(value).length > 0 && !listOf(value).some((flow) => WEAK.includes(String(flow))),
        'takes passwords as they are',
      ],
      [
        'ExplicitAuthFlows',
        (value) => ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'].every((flow) => listOf(value).includes(flow)),
        'lets nobody sign in, or only for an hour',
      ],
      ['EnableTokenRevocation', isTrue, 'leaves stolen tokens valid'],
      [
        'RefreshTokenValidity',
        (value, { properties }) => secondsOf(value, properties, 'RefreshToken', 'days') <= 30 * 86_400,
        'leaves stolen tokens valid for months',
      ],
      [
        'AccessTokenValidity',
        (value, { properties }) => secondsOf(value, properties, 'AccessToken', 'hours') <= 3600,
        'leaves stolen tokens valid for hours',
      ],
      [
        'IdTokenValidity',
        (value, { properties }) => secondsOf(value, properties, 'IdToken', 'hours') <= 3600,
        'leaves stolen tokens valid for hours',
      ],
      ['AuthSessionValidity', isFrom(3, 15), 'leaves half a sign-in open'],
      // Whoever may write `custom:tenant` chooses whose budget is used up.
      [
        'WriteAttributes',
        (value) => listOf(value).length > 0 && !listOf(value).some((name) => String(name).startsWith('custom:')),
        'lets users choose their tenant',
      ],
      ['ReadAttributes', (value) => listOf(value).includes('custom:tenant'), 'leaves the tenant out of tokens'],
      [
        'SupportedIdentityProviders',
        (value) => listOf(value).join() === 'COGNITO',
        'lets in users of another provider',
      ],
      ['GenerateSecret', isNotTrue, 'has a secret that a web page cannot keep'],
      ['AllowedOAuthFlows', orAbsent((value) => !listOf(value).includes('implicit')), 'hands tokens out in addresses'],
    ],
  ),
  propertyRule(
    'authorizers',
    'an authorizer that trusts another pool lets its users in; one that remembers lets a blocked user in',
    'AWS::ApiGateway::Authorizer',
    [
      wantsReference('RestApiId', ['AWS::ApiGateway::RestApi'], 'is of no API of this template'),
      ['Type', isOneOf('COGNITO_USER_POOLS', 'TOKEN', 'REQUEST'), 'is of no kind'],
      ['IdentitySource', isOneOf('method.request.header.Authorization'), 'reads the caller from elsewhere'],
      [
        'ProviderARNs',
        (value, { raw, properties }, { template }) =>
          properties['Type'] !== 'COGNITO_USER_POOLS' ||
          (listOf(value).length > 0 &&
            targetsOf(raw['ProviderARNs']).length === listOf(value).length &&
            targetsOf(raw['ProviderARNs']).every((id) => template.Resources[id]?.Type === POOL)),
        'trusts a pool that is not the template’s',
      ],
      ['IdentityValidationExpression', isGiven, 'is asked about what is no token'],
      ['AuthorizerCredentials', isAbsent, 'calls its function with rights of its own'],
      [
        'AuthorizerUri',
        (value, { properties }) => (properties['Type'] === 'COGNITO_USER_POOLS') === (value === undefined),
        'asks no function, or one beside the pool',
      ],
      ['AuthorizerResultTtlInSeconds', orAbsent(isFrom(0, 300)), 'remembers callers for longer than five minutes'],
    ],
  ),
];
