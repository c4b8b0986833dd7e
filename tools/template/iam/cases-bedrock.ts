/** Who may call which model, and how. */

import { ACCOUNT, REGION } from '../resolve.ts';
import type { Promises } from '../rules/rule.ts';
import { type AccessCase, type ContextChanges, MODEL, type RoleName, WHOLE } from './case.ts';
import type { World } from './world.ts';

const STREAM: readonly RoleName[] = ['ChatStreamRole'];
const USAGE: readonly RoleName[] = ['UsageRole'];
const INVOKE = 'bedrock:InvokeModel';
const INVOKE_STREAM = 'bedrock:InvokeModelWithResponseStream';

const guarded = (world: World): ContextChanges => ({ 'bedrock:GuardrailIdentifier': world.guardrailVersion });
const through = (world: World): ContextChanges => ({ ...guarded(world), 'bedrock:InferenceProfileArn': world.profile });
const own = (kind: string): string => `arn:aws:bedrock:${REGION}:${ACCOUNT}:${kind}`;
const hasGuardrail = ({ guardrail }: Promises): boolean => guardrail === true;
const hasNone = ({ guardrail }: Promises): boolean => guardrail !== true;

/** The same question of both ways to call, each of the roles that use it. */
const bothWays = (
  name: string,
  resource: AccessCase['resource'],
  context: NonNullable<AccessCase['context']>,
  expect: AccessCase['expect'],
  when?: (promises: Promises) => boolean,
): readonly AccessCase[] =>
  (
    [
      [WHOLE, INVOKE],
      [STREAM, INVOKE_STREAM],
    ] as const
  ).map(([who, action]) => ({ name, who, action, resource, context, expect, ...(when === undefined ? {} : { when }) }));

const MODELS: readonly AccessCase[] = [
  ...bothWays('the model through its profile', ({ profile }) => profile, guarded, 'allow'),
  ...bothWays('what the profile calls behind it, here', ({ model }) => model(REGION), through, 'allow'),
  ...bothWays(
    'what the profile calls behind it, in another Region',
    ({ model }) => model('eu-west-1'),
    through,
    'allow',
  ),
  ...bothWays(
    'what the profile calls behind it in another Region, where the call comes from no network',
    ({ model }) => model('eu-west-1'),
    (world) => ({ ...through(world), 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceVpc': undefined }),
    'allow',
  ),
  ...bothWays(
    'the model in another Region, past its profile, by credentials that were carried out',
    ({ model }) => model('eu-west-1'),
    (world) => ({ ...guarded(world), 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceVpc': undefined }),
    'deny',
  ),
  ...bothWays(
    'the same profile’s twin in another Region, by credentials that were carried out',
    ({ systemProfile }) => systemProfile.replace(REGION, 'eu-west-1'),
    (world) => ({ ...guarded(world), 'aws:RequestedRegion': 'eu-west-1', 'aws:SourceVpc': undefined }),
    'deny',
  ),
  ...bothWays(
    'the profile that ours is a copy of, through ours',
    ({ systemProfile }) => systemProfile,
    through,
    'allow',
  ),
  ...bothWays(
    'the profile that ours is a copy of, past ours',
    ({ systemProfile }) => systemProfile,
    guarded,
    'refused',
  ),
  ...bothWays('the model past its profile', ({ model }) => model(REGION), guarded, 'deny'),
  ...bothWays(
    'the model through another profile',
    ({ model }) => model(REGION),
    (world) => ({ ...through(world), 'bedrock:InferenceProfileArn': own('inference-profile/eu.other') }),
    'deny',
  ),
  ...bothWays(
    'the model through another account’s profile',
    ({ model }) => model(REGION),
    (world) => ({ ...through(world), 'bedrock:InferenceProfileArn': world.profile.replace(ACCOUNT, '999999999999') }),
    'deny',
  ),
  ...bothWays(
    'another model through the profile',
    () => `arn:aws:bedrock:${REGION}::foundation-model/amazon.other-v1:0`,
    through,
    'deny',
  ),
  ...bothWays('another profile', () => own('inference-profile/eu.other'), guarded, 'deny'),
  ...bothWays('another profile of ours', () => own('application-inference-profile/other'), guarded, 'deny'),
  ...bothWays(
    'the profile of another account',
    ({ profile }) => profile.replace(ACCOUNT, '999999999999'),
    guarded,
    'deny',
  ),
  ...bothWays('an imported model', () => own('imported-model/abc'), guarded, 'deny'),
  ...bothWays('a custom model', () => own('custom-model/abc'), guarded, 'deny'),
  ...bothWays('a model with capacity of its own', () => own('provisioned-model/abc'), guarded, 'deny'),
  ...bothWays('a router of prompts', () => own('prompt-router/abc'), guarded, 'deny'),
  ...bothWays(
    'an endpoint of the marketplace',
    () => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:endpoint/abc`,
    guarded,
    'deny',
  ),
  ...bothWays(
    'the model without the guardrail',
    ({ profile }) => profile,
    () => ({}),
    'deny',
    hasGuardrail,
  ),
  ...bothWays(
    'the model with another guardrail',
    ({ profile }) => profile,
    () => ({ 'bedrock:GuardrailIdentifier': `${own('guardrail/other')}:1` }),
    'deny',
    hasGuardrail,
  ),
  ...bothWays(
    'the model with a draft of the guardrail',
    ({ profile }) => profile,
    ({ guardrail }) => ({ 'bedrock:GuardrailIdentifier': `${guardrail}:DRAFT` }),
    'deny',
    hasGuardrail,
  ),
  ...bothWays(
    'what is behind the profile, without the guardrail',
    ({ model }) => model(REGION),
    (world) => ({ ...through(world), 'bedrock:GuardrailIdentifier': undefined }),
    'deny',
    hasGuardrail,
  ),
  ...bothWays(
    'the model without TLS',
    ({ profile }) => profile,
    (world) => ({ ...guarded(world), 'aws:SecureTransport': 'false' }),
    'deny',
  ),
  {
    name: 'streams, of functions that answer in one piece',
    who: WHOLE,
    action: INVOKE_STREAM,
    resource: ({ profile }) => profile,
    context: guarded,
    expect: 'deny',
  },
  {
    name: 'answers in one piece, of the function that streams',
    who: STREAM,
    action: INVOKE,
    resource: ({ profile }) => profile,
    context: guarded,
    expect: 'deny',
  },
  {
    name: 'the model, of the function that tells usage',
    who: USAGE,
    action: INVOKE,
    resource: ({ profile }) => profile,
    context: guarded,
    expect: 'deny',
  },
  {
    name: 'the model as a stream, of the function that tells usage',
    who: USAGE,
    action: INVOKE_STREAM,
    resource: ({ profile }) => profile,
    context: guarded,
    expect: 'deny',
  },
  {
    name: 'the count of tokens',
    who: MODEL,
    action: 'bedrock:CountTokens',
    resource: ({ model }) => model(REGION),
    expect: 'allow',
  },
  {
    name: 'the count of tokens in another Region',
    who: MODEL,
    action: 'bedrock:CountTokens',
    resource: ({ model }) => model('us-east-1'),
    expect: 'none',
  },
  {
    name: 'the count of tokens of another model',
    who: MODEL,
    action: 'bedrock:CountTokens',
    resource: () => `arn:aws:bedrock:${REGION}::foundation-model/other`,
    expect: 'none',
  },
  {
    name: 'the count of tokens, of the function that tells usage',
    who: USAGE,
    action: 'bedrock:CountTokens',
    resource: ({ model }) => model(REGION),
    expect: 'deny',
  },
  {
    name: 'the guardrail',
    who: MODEL,
    action: 'bedrock:ApplyGuardrail',
    resource: ({ guardrail }) => guardrail,
    expect: 'allow',
    when: hasGuardrail,
  },
  {
    name: 'another guardrail',
    who: MODEL,
    action: 'bedrock:ApplyGuardrail',
    resource: () => own('guardrail/other'),
    expect: 'none',
    when: hasGuardrail,
  },
  {
    name: 'any guardrail, where there is none',
    who: MODEL,
    action: 'bedrock:ApplyGuardrail',
    resource: () => own('guardrail/other'),
    expect: 'refused',
    when: hasNone,
  },
];

/** Cases about models. */
export const BEDROCK_CASES: readonly AccessCase[] = MODELS;
