/** Bedrock's own controls: the guardrail, its version, the profile that costs stand under. */

import { type Fields, isFields, listOf } from '../template.ts';
import { isGiven, isOneOf, lacking, type Rule, type View, wantsReference } from './rule.ts';

/** Strengths that stop something. */
const STRONG = isOneOf('MEDIUM', 'HIGH');

/** Kinds of content, and what becomes of them. An attack is one in what comes in only. */
const FILTERS = ['PROMPT_ATTACK', 'MISCONDUCT', 'HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE'];
/** Values that a reply must not hold. */
const PRIVATE = [
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'PASSWORD',
  'EMAIL',
  'PHONE',
  'CREDIT_DEBIT_CARD_NUMBER',
  'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
  'US_SOCIAL_SECURITY_NUMBER',
];

const filterProblems = (id: string, filters: readonly unknown[]): readonly string[] =>
  FILTERS.flatMap((type) => {
    const filter = filters.filter(isFields).find((each) => each['Type'] === type);
    if (filter === undefined) return [`${id}: does not look for ${type}`];
    const isAttack = type === 'PROMPT_ATTACK';
    return [
      ...((isAttack ? isOneOf('HIGH')(filter['InputStrength']) : STRONG(filter['InputStrength']))
        ? []
        : [`${id}: lets ${type} in`]),
      // CloudFormation wants NONE for attacks in what goes out.
      ...((isAttack ? filter['OutputStrength'] === 'NONE' : STRONG(filter['OutputStrength']))
        ? []
        : [`${id}: lets ${type} out`]),
      ...(filter['InputAction'] === 'BLOCK' ? [] : [`${id}: only notes ${type} that comes in`]),
      ...(isAttack || filter['OutputAction'] === 'BLOCK' ? [] : [`${id}: only notes ${type} that goes out`]),
      ...(['InputEnabled', 'OutputEnabled'].some((name) => String(filter[name]) === 'false')
        ? [`${id}: has ${type} switched off`]
        : []),
    ];
  });

const privateProblems = (id: string, entities: readonly unknown[]): readonly string[] =>
  PRIVATE.flatMap((type) => {
    const entity = entities.filter(isFields).find((each) => each['Type'] === type);
    if (entity === undefined) return [`${id}: does not look for ${type}`];
    const wanted = /^AWS_/.test(type) ? ['BLOCK'] : ['BLOCK', 'ANONYMIZE'];
    return [
      ...(wanted.includes(String(entity['Action'])) ? [] : [`${id}: lets ${type} out`]),
      ...(entity['OutputAction'] === entity['Action'] ? [] : [`${id}: does otherwise with ${type} in what goes out`]),
      ...(String(entity['OutputEnabled'] ?? 'true') === 'true' ? [] : [`${id}: has ${type} switched off`]),
      // A guardrail that masks what comes in changes prompts that the kit has signed and counted.
      ...(String(entity['InputEnabled']) === 'false' ? [] : [`${id}: changes prompts with ${type} in them`]),
    ];
  });

const guardrails: Rule = {
  name: 'guardrail',
  why: 'the second opinion from outside the function’s own code is one only while it looks, and blocks',
  types: ['AWS::Bedrock::Guardrail', 'AWS::Bedrock::GuardrailVersion'],
  check: (view: View) => [
    ...lacking(view, view.of('AWS::Bedrock::Guardrail'), [
      ['BlockedInputMessaging', isGiven, 'says nothing'],
      ['BlockedOutputsMessaging', isGiven, 'says nothing'],
    ]),
    ...view.of('AWS::Bedrock::Guardrail').flatMap(({ id, properties }) => {
      const content = isFields(properties['ContentPolicyConfig']) ? properties['ContentPolicyConfig'] : {};
      const sensitive = isFields(properties['SensitiveInformationPolicyConfig'])
        ? properties['SensitiveInformationPolicyConfig']
        : {};
      return [
        ...filterProblems(id, listOf(content['FiltersConfig'])),
        ...privateProblems(id, listOf(sensitive['PiiEntitiesConfig'])),
        ...(view.of('AWS::Bedrock::GuardrailVersion').length === 0
          ? [`${id}: has no version that stays as it is`]
          : []),
      ];
    }),
    ...lacking(view, view.of('AWS::Bedrock::GuardrailVersion'), [
      wantsReference('GuardrailIdentifier', ['AWS::Bedrock::Guardrail'], 'is of no guardrail of this template'),
    ]),
    ...view
      .of('AWS::Bedrock::GuardrailVersion')
      .filter(({ resource }) => resource.UpdateReplacePolicy !== 'Retain')
      .map(({ id }) => `${id}: goes while functions still call with it (UpdateReplacePolicy)`),
  ],
};

/** Whether a tag is one of the two parts of the name that the service's metrics go by. */
const isPartOfService = (view: View, value: unknown): boolean => {
  const [seen] = view.of('AWS::Lambda::Function');
  const { Variables } = (seen?.properties['Environment'] ?? {}) as { Variables?: Fields };
  const name = String(Variables?.['POWERTOOLS_SERVICE_NAME']);
  return isGiven(value) && (name.startsWith(`${value}-`) || name.endsWith(`-${value}`));
};

/** Rules about Bedrock's own controls. */
export const MODEL_RULES: readonly Rule[] = [
  guardrails,
  {
    name: 'model profile',
    why: 'costs that stand under no tag are nobody’s',
    types: ['AWS::Bedrock::ApplicationInferenceProfile'],
    check: (view) =>
      lacking(view, view.of('AWS::Bedrock::ApplicationInferenceProfile'), [
        [
          'ModelSource.CopyFrom',
          (value) =>
            /^arn:[\w-]+:bedrock:[\w-]+:(?:\d{12})?:(?:inference-profile|foundation-model)\/[\w.:-]+$/.test(
              String(value),
            ),
          'is a copy of no profile',
        ],
        [
          'Tags',
          (value) =>
            ['service', 'stage'].every((key) =>
              listOf(value).some((tag) => isFields(tag) && tag['Key'] === key && isPartOfService(view, tag['Value'])),
            ),
          'has no tag of its service and stage',
        ],
      ]),
  },
];
