/** The web ACL. */

import { type Fields, isFields, listOf } from '../template.ts';
import {
  isFrom,
  isGiven,
  isNotTrue,
  isOneOf,
  isTrue,
  lacking,
  type Rule,
  type Seen,
  targetsOf,
  type View,
  wantsReference,
} from './rule.ts';
import { refusalProblems } from './waf-refusals.ts';

const ACL = 'AWS::WAFv2::WebACL';

const rulesOf = (acl: Seen): readonly Fields[] => listOf(acl.properties['Rules']).filter(isFields);
const statementOf = (rule: Fields, name: string): Fields | undefined => {
  const found = isFields(rule['Statement']) ? rule['Statement'][name] : undefined;
  return isFields(found) ? found : undefined;
};
const blocks = (rule: Fields): boolean => isFields(rule['Action']) && 'Block' in rule['Action'];

/** Groups of AWS's own rules that show probing. */
const MANAGED = [
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesAnonymousIpList',
];

/** Those of AWS's groups that look at what is in a request, and not only at who sends it. */
const READS_BODIES = /(?:Common|AdminProtection|KnownBadInputs|SQLi|Linux|Unix|Windows|PHP|WordPress)/;

/** The web page that functions answer; `undefined` for none. */
const allowedOrigin = (view: View): string | undefined => {
  const [seen] = view.of('AWS::Lambda::Function');
  const environment = seen?.properties['Environment'] as { Variables?: Fields } | undefined;
  const origin = environment?.Variables?.['BULWARK_CORS_ORIGIN'];
  return origin === undefined || origin === 'none' || origin === '' ? undefined : String(origin);
};

/** Longest body that the rules let through, in bytes. */
const longestBody = (acl: Seen): number =>
  Math.max(0, ...rulesOf(acl).map((rule) => Number(statementOf(rule, 'SizeConstraintStatement')?.['Size'] ?? 0)));

const aclProblems = (acl: Seen, view: View): readonly string[] => {
  const rules = rulesOf(acl);
  const managed = rules.flatMap((rule) => {
    const group = statementOf(rule, 'ManagedRuleGroupStatement');
    return group === undefined ? [] : [{ rule, group }];
  });
  const sized = rules.filter((rule) => statementOf(rule, 'SizeConstraintStatement') !== undefined);
  const rated = rules.filter((rule) => statementOf(rule, 'RateBasedStatement') !== undefined);
  const priorities = rules.map((rule) => rule['Priority']);
  const limits = new Set(sized.map((rule) => Number(statementOf(rule, 'SizeConstraintStatement')?.['Size'])));
  const isAssociated = view
    .of('AWS::WAFv2::WebACLAssociation')
    .some(({ raw }) => targetsOf(raw['WebACLArn']).includes(acl.id));
  const isLogged = view
    .of('AWS::WAFv2::LoggingConfiguration')
    .some(({ raw }) => targetsOf(raw['ResourceArn']).includes(acl.id));
  const of = (problem: string, holds: boolean): readonly string[] => (holds ? [] : [`${acl.id}: ${problem}`]);
  return [
    ...of('guards nothing', isAssociated),
    ...of('logs nothing', isLogged),
    ...of(
      'has rules in another order than they stand',
      priorities.every((priority, index) => index === 0 || Number(priority) > Number(priorities[index - 1])) &&
        Number(priorities.at(-1)) < 100,
    ),
    ...of(
      'lacks AWS’s own rules',
      MANAGED.every((name) => managed.some(({ group }) => group['Name'] === name && group['VendorName'] === 'AWS')),
    ),
    // They take prompts that quote code for attacks: until somebody has excluded bodies, they only count.
    ...managed
      .filter(({ group }) => READS_BODIES.test(String(group['Name'])))
      .filter(({ rule }) => !(isFields(rule['OverrideAction']) && 'Count' in rule['OverrideAction']))
      .map(({ rule }) => `${acl.id}: ${rule['Name']} blocks prompts that quote code`),
    ...of('lets bodies of any size through', sized.some(blocks) && limits.size === 1),
    ...sized.flatMap((rule) => sizeProblems(acl.id, rule)),
    ...of(
      'lets one address ask for ever',
      rated.some((rule) => blocks(rule) && statementOf(rule, 'RateBasedStatement')?.['AggregateKeyType'] === 'IP'),
    ),
    ...of(
      'lets one token ask for ever',
      rated.some((rule) => statementOf(rule, 'RateBasedStatement')?.['AggregateKeyType'] === 'CUSTOM_KEYS'),
    ),
    ...rated.flatMap((rule) => rateProblems(acl.id, rule)),
    ...rules.flatMap((rule) => ruleProblems(acl.id, rule)),
    ...rules.flatMap((rule) =>
      refusalProblems(acl.id, rule, acl.properties['CustomResponseBodies'], allowedOrigin(view)),
    ),
  ];
};

/** A body may be as long as WAF looks; what is longer counts as too long, and not as unseen. */
const sizeProblems = (id: string, rule: Fields): readonly string[] => {
  const size = statementOf(rule, 'SizeConstraintStatement') ?? {};
  const body = isFields(size['FieldToMatch']) ? size['FieldToMatch']['Body'] : undefined;
  return [
    ...(isFields(body) && body['OversizeHandling'] === 'MATCH' ? [] : [`${id}: does not see the end of long bodies`]),
    ...(size['ComparisonOperator'] === 'GT' && isFrom(1024, 65_536)(size['Size'])
      ? []
      : [`${id}: has no limit of bodies that it sees`]),
    ...(blocks(rule) ? [] : [`${id}: ${rule['Name']} lets long bodies through`]),
    ...(listOf(size['TextTransformations']).length === 1 &&
    listOf(size['TextTransformations']).every((each) => isFields(each) && each['Type'] === 'NONE')
      ? []
      : [`${id}: measures something else than the body`]),
  ];
};

/** By the token of a caller, of which no more than a digest is kept as the key. */
const countsByToken = (keys: unknown): boolean =>
  listOf(keys).length > 0 &&
  listOf(keys)
    .filter(isFields)
    .every(({ Header }) => {
      const transformations = isFields(Header) ? listOf(Header['TextTransformations']) : [];
      return (
        isFields(Header) &&
        Header['Name'] === 'authorization' &&
        transformations.some((each) => isFields(each) && each['Type'] === 'MD5')
      );
    });

const rateProblems = (id: string, rule: Fields): readonly string[] => {
  const rate = statementOf(rule, 'RateBasedStatement') ?? {};
  return [
    ...(isFrom(10, 20_000)(rate['Limit']) ? [] : [`${id}: ${rule['Name']} has no limit that anybody reaches`]),
    ...(isOneOf(60, 120, 300, 600)(rate['EvaluationWindowSec']) ? [] : [`${id}: ${rule['Name']} has no window`]),
    ...(blocks(rule) ? [] : [`${id}: ${rule['Name']} blocks nobody`]),
    ...(rate['AggregateKeyType'] === 'IP' ||
    (rate['AggregateKeyType'] === 'CUSTOM_KEYS' && countsByToken(rate['CustomKeys']))
      ? []
      : [`${id}: ${rule['Name']} counts everybody together`]),
  ];
};

const ruleProblems = (id: string, rule: Fields): readonly string[] => {
  const kinds = Object.keys(isFields(rule['Statement']) ? rule['Statement'] : {});
  const isGroup = kinds[0] === 'ManagedRuleGroupStatement';
  const action = rule[isGroup ? 'OverrideAction' : 'Action'];
  const visibility = isFields(rule['VisibilityConfig']) ? rule['VisibilityConfig'] : {};
  return [
    ...(isTrue(visibility['CloudWatchMetricsEnabled']) ? [] : [`${id}: ${rule['Name']} counts nothing`]),
    ...(isNotTrue(visibility['SampledRequestsEnabled'])
      ? []
      : [`${id}: ${rule['Name']} keeps requests with their headers`]),
    ...(isGiven(visibility['MetricName']) ? [] : [`${id}: ${rule['Name']} has no metric`]),
    ...(kinds.length === 1 && isFields(action) && Object.keys(action).length === 1
      ? []
      : [`${id}: ${rule['Name']} does nothing`]),
    ...(isFields(rule['Action']) && 'Allow' in rule['Action']
      ? [`${id}: ${rule['Name']} lets requests past the rules after it`]
      : []),
  ];
};

/** Headers with credentials in them, and where else requests hold what nobody should read in a log. */
const HIDDEN = ['authorization', 'x-api-key', 'cookie'];

/** The rule about the web ACL. */
export const WAF_RULE: Rule = {
  name: 'web ACL',
  why: 'floods and long bodies reach what costs money; a log of requests with tokens in it is a leak of its own',
  types: [ACL, 'AWS::WAFv2::WebACLAssociation', 'AWS::WAFv2::LoggingConfiguration'],
  check: (view) => [
    ...lacking(view, view.of(ACL), [
      ['Scope', isOneOf('REGIONAL'), 'is for CloudFront'],
      ['DefaultAction.Allow', isGiven, 'refuses everybody'],
      ['VisibilityConfig.CloudWatchMetricsEnabled', isTrue, 'counts nothing'],
      ['VisibilityConfig.SampledRequestsEnabled', isNotTrue, 'keeps requests with their headers'],
      [
        'AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit',
        (value, seen) => 1024 * Number(String(value ?? 'KB_16').slice(3)) >= longestBody(seen),
        'does not look at all of a body that it lets through',
      ],
      [
        'DataProtectionConfig.DataProtections',
        (value) => {
          const text = JSON.stringify(value ?? null);
          return (
            [...HIDDEN, 'BODY', 'QUERY_STRING'].every((name) => text.includes(`"${name}"`)) &&
            listOf(value).every((each) => isFields(each) && each['Action'] === 'SUBSTITUTION')
          );
        },
        'writes tokens, query strings or bodies down',
      ],
    ]),
    ...view.of(ACL).flatMap((acl) => aclProblems(acl, view)),
    ...lacking(view, view.of('AWS::WAFv2::WebACLAssociation'), [
      wantsReference('WebACLArn', [ACL], 'is of no web ACL of this template'),
      [
        'ResourceArn',
        (value) =>
          view
            .of('AWS::ApiGateway::RestApi')
            .some(({ id }) => new RegExp(`:/restapis/${id}/stages/[\\w-]+$`).test(String(value))),
        'guards something else than the stage',
      ],
    ]),
    ...lacking(view, view.of('AWS::WAFv2::LoggingConfiguration'), [
      wantsReference('ResourceArn', [ACL], 'is of no web ACL of this template'),
      [
        'LogDestinationConfigs',
        (value) => /:log-group:aws-waf-logs-/.test(JSON.stringify(value ?? null)),
        'goes into a group that WAF cannot write to',
      ],
      [
        'RedactedFields',
        (value) =>
          HIDDEN.every((name) => JSON.stringify(value ?? null).includes(`"${name}"`)) &&
          JSON.stringify(value).includes('QueryString'),
        'holds tokens',
      ],
      ['LoggingFilter.DefaultBehavior', isOneOf('DROP'), 'names the address of whoever was let in'],
      [
        'LoggingFilter.Filters',
        (value) =>
          /"Action":"BLOCK"/.test(JSON.stringify(value ?? null)) &&
          /"Action":"COUNT"/.test(JSON.stringify(value)) &&
          /"Behavior":"KEEP"/.test(JSON.stringify(value)) &&
          !/"Action":"ALLOW"/.test(JSON.stringify(value)),
        'does not say who was blocked',
      ],
    ]),
  ],
};
