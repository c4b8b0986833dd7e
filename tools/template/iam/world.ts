/** Names of the account of example that cases ask about: what the template makes, and what it does not. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { View } from '../rules/rule.ts';
import { isFields } from '../template.ts';
import type { RequestContext } from './wildcard.ts';

/** ARNs that cases name. */
export interface World {
  readonly table: string;
  readonly profile: string;
  readonly systemProfile: string;
  /** The model behind the profile, in a Region. */
  readonly model: (region: string) => string;
  readonly guardrail: string;
  /** The guardrail in the version that the template makes, as requests carry it. */
  readonly guardrailVersion: string;
  readonly digestKey: string;
  readonly macKey: string;
  readonly dataKey: string;
  readonly topic: string;
  /** A stream of the log of a function, by the function's name in `serverless.yml`. */
  readonly log: (name: string) => string;
  readonly auditLog: string;
  readonly contentLog: string;
  /** Streams of logs that services write. */
  readonly groups: { readonly gateway: string; readonly waf: string };
  /** The function of a role, by the role's id. */
  readonly functionOf: (role: string) => string;
}

/** Id of the model that the deployment's profile is a copy of. */
const modelIdOf = (view: View): string => {
  const [profile] = view.of('AWS::Bedrock::ApplicationInferenceProfile');
  const source = profile?.properties['ModelSource'];
  return String(isFields(source) ? source['CopyFrom'] : '').split('/')[1] ?? '';
};

/** What a template's account is like. */
export const worldOf = (view: View): World => {
  const text = (value: unknown): string => String(view.resolve(value));
  const arn = (id: string, attribute: string): string => text({ 'Fn::GetAtt': [id, attribute] });
  const modelId = modelIdOf(view);
  const [chat] = view.of('AWS::Lambda::Function').filter(({ id }) => id === 'ChatLambdaFunction');
  const stack = String(chat?.properties['FunctionName']).replace(/-chat$/, '');
  const group = (name: string): string => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${name}:log-stream:s`;
  return {
    table: arn('QuotaTable', 'Arn'),
    profile: arn('ModelProfile', 'InferenceProfileArn'),
    systemProfile: `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/${modelId}`,
    model: (region) => `arn:aws:bedrock:${region}::foundation-model/${modelId.replace(/^\w+\./, '')}`,
    guardrail: arn('Guardrail', 'GuardrailArn'),
    guardrailVersion: `${arn('Guardrail', 'GuardrailArn')}:${arn('GuardrailVersion', 'Version')}`,
    digestKey: text({ Ref: 'DigestKey' }),
    macKey: text({ Ref: 'MacKey' }),
    dataKey: arn('DataKey', 'Arn'),
    topic: text({ Ref: 'AlarmTopic' }),
    log: (name) => group(`/aws/lambda/${stack}-${name}`),
    auditLog: group(`/bulwark/${stack}/audit`),
    groups: { gateway: group(`/aws/api-gateway/${stack}`), waf: group(`aws-waf-logs-${stack}`) },
    contentLog: group(`/bulwark/${stack}/audit-content`),
    functionOf: (role) => arn(role.replace(/Role$/, 'LambdaFunction'), 'Arn'),
  };
};

/** What AWS says of a request that a function's own code makes: over TLS, from its network where it has one. */
export const ordinaryContext = (view: View, world: World, role: string): RequestContext => {
  const [endpoint] = view.of('AWS::EC2::VPCEndpoint');
  return {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': REGION,
    'aws:ViaAWSService': 'false',
    'lambda:SourceFunctionArn': world.functionOf(role),
    'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${role}`,
    ...(endpoint === undefined ? {} : { 'aws:SourceVpc': String(endpoint.properties['VpcId']) }),
  };
};
