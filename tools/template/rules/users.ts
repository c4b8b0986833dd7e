/** Who users are: the pool, its client, the authorizer. */

import { listOf } from '../template.ts';
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
        [
          'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
          orAbsent(isFrom(1, 7)),
          'keeps first passwords for weeks',
        ],
        ['MfaConfiguration', isOneOf('ON', 'OPTIONAL'), 'knows no second factor'],
        [
          'EnabledMfas',
          (value) => listOf(value).includes('SOFTWARE_TOKEN_MFA') && !listOf(value).includes('SMS_MFA'),
          'has no second factor but a telephone’s',
        ],
        ['UserPoolAddOns.AdvancedSecurityMode', orAbsent(isOneOf('AUDIT', 'ENFORCED')), 'watches nobody'],
        ...(view.promises.kept
          ? ([['DeletionProtection', isOneOf('ACTIVE'), 'can be deleted with all its users']] as const)
          : []),
      ]),
      ...own.flatMap(keepingProblems),
    ];
  },
};

/** Ways to sign in that send the password itself, or that a server of ours would have to bring. */
const WEAK = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_NO_SRP_AUTH',
];

/** Rules about users. */
export const USER_RULES: readonly Rule[] = [
  pools,
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
      ['EnableTokenRevocation', orAbsent(isTrue), 'leaves stolen tokens valid'],
      ['RefreshTokenValidity', orAbsent(isFrom(1, 90)), 'leaves stolen tokens valid for months'],
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
