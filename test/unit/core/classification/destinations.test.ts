import { describe, expect, test } from 'vitest';
import { actionFor, type LevelsByDestination, limitsAt, placeOf } from '../../../../core/classification/index.ts';
import { isMatch, keysFor } from '../../../../core/classification/places.ts';

const account = '123456789012';

describe('a call is processed', () => {
  test.each([
    ['amazon.nova-lite-v1:0', 'eu-central-1', 'eu-central-1'],
    ['eu.amazon.nova-lite-v1:0', 'eu-central-1', 'eu'],
    ['us.anthropic.claude-haiku-4-5', 'us-east-1', 'us'],
    ['us-gov.anthropic.claude', 'us-gov-west-1', 'us-gov'],
    ['apac.amazon.nova-lite-v1:0', 'ap-south-1', 'apac'],
    ['global.anthropic.claude', 'eu-central-1', 'global'],
    [`arn:aws:bedrock:eu-west-1:${account}:inference-profile/eu.amazon.nova-lite-v1:0`, 'eu-west-1', 'eu'],
    ['arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0', 'us-east-1', 'eu-west-1'],
    [`arn:aws:bedrock:us-east-1:${account}:provisioned-model/abc`, 'us-east-1', 'us-east-1'],
    [`arn:aws:bedrock:eu-west-1:${account}:application-inference-profile/abc`, 'eu-west-1', 'global'],
    [`arn:aws:bedrock:eu-west-1:${account}:prompt/ABC:1`, 'eu-west-1', 'global'],
    ['arn:nonsense', 'eu-west-1', 'global'],
    ['europa.model', 'eu-west-1', 'eu-west-1'],
  ])('%s called in %s: %s', (modelId, region, place) => {
    expect(placeOf(modelId, region)).toBe(place);
  });
});

describe('the keys of a table of Regions', () => {
  test.each([
    [['eu', 'eu-central-1'], 'eu-central-1', ['eu-central-1']],
    [['eu', 'eu-*', 'eu-central-*'], 'eu-central-1', ['eu-central-*']],
    [['apac', 'jp'], 'ap-northeast-1', ['jp']],
    [['us'], 'us-gov-west-1', [undefined]],
    [['global'], 'sa-east-1', ['global']],
    [['eu'], 'us-east-1', [undefined]],
    [['eu', 'eu-south-2'], 'eu', ['eu', 'eu-south-2']],
    [['eu-central-1'], 'eu', [undefined, 'eu-central-1']],
    [['eu-*'], 'eu', ['eu-*']],
    [['apac', 'jp'], 'apac', ['apac', 'jp']],
    [['eu', 'us'], 'global', [undefined, 'eu', 'us']],
    [['global', 'us'], 'global', ['global', 'us']],
  ])('%j for %s', (keys, place, expected) => {
    expect([...keysFor(keys, place)].sort()).toEqual([...expected].sort());
  });
});

const at = (allow: LevelsByDestination, modelId: string, place: string) =>
  limitsAt(allow, undefined, { names: [modelId, modelId.replace(/^(?:eu|us)\./, '')], place }).allow;

describe('the level of a destination', () => {
  const models = { 'amazon.nova-*': 'confidential', 'eu.amazon.nova-lite-v1:0': 'restricted' } as const;
  const regions = { eu: 'restricted', 'eu-south-2': 'public', us: 'internal' } as const;

  test('is the default where no table is there, or names it', () => {
    expect(at({ default: 'internal' }, 'm', 'eu')).toBe('internal');
    expect(at({ default: 'internal', models }, 'm', 'eu')).toBe('internal');
  });

  test('is that of the most exact name of the model', () => {
    expect(at({ default: 'public', models }, 'eu.amazon.nova-lite-v1:0', 'eu')).toBe('restricted');
    expect(at({ default: 'public', models }, 'us.amazon.nova-lite-v1:0', 'us')).toBe('confidential');
  });

  test('of a cross-Region profile is that of the strictest Region it may go to', () => {
    expect(at({ default: 'internal', regions }, 'm', 'eu-central-1')).toBe('restricted');
    expect(at({ default: 'internal', regions }, 'eu.m', 'eu')).toBe('public');
    expect(at({ default: 'restricted', regions: { eu: 'restricted', us: 'internal' } }, 'global.m', 'global')).toBe(
      'internal',
    );
    expect(at({ default: 'internal', regions: { 'eu-central-1': 'restricted' } }, 'eu.m', 'eu')).toBe('internal');
  });

  test('needs both tables to say yes', () => {
    const allow = { default: 'public', models: { m: 'restricted' }, regions: { eu: 'confidential' } } as const;
    expect(at(allow, 'm', 'eu-west-1')).toBe('confidential');
    expect(at(allow, 'm', 'us-east-1')).toBe('public');
    expect(at(allow, 'other', 'eu-west-1')).toBe('public');
  });
});

test.each([
  ['public', 'public', 'pass'],
  ['confidential', 'public', 'pass'],
  ['restricted', 'public', 'mask'],
  ['restricted', 'confidential', 'mask'],
  ['restricted', 'restricted', 'refuse'],
] as const)('%s, of which %s cannot be masked, where confidential passes: %s', (level, unmaskable, action) => {
  expect(actionFor(level, unmaskable, { allow: 'confidential', mask: 'restricted' })).toBe(action);
});

test('nothing is masked above the level up to which it may be', () => {
  expect(actionFor('restricted', 'public', { allow: 'internal', mask: 'confidential' })).toBe('refuse');
  const destination = { names: ['m'], place: 'eu' };
  expect(limitsAt('confidential', undefined, destination)).toEqual({ allow: 'confidential', mask: 'confidential' });
  expect(limitsAt('confidential', { default: 'internal' }, destination).mask).toBe('confidential');
});

test.each([
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['a*c', 'abc', true],
  ['a*b*c', 'a-b-c', true],
  ['ab*bc', 'abc', false],
  ['a*a', 'a', false],
  ['*', '', true],
  ['abc', 'abcd', false],
  ['a.c', 'abc', false],
])('%s against %s: %s', (pattern, name, matches) => {
  expect(isMatch(pattern, name)).toBe(matches);
});
