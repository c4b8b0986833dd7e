/**
 * Where a call may be processed. A cross-Region inference profile sends it to any Region of its group.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 */

/** A Region (`eu-central-1`), a group of them (`eu`), or `global` for anywhere. */
export type Place = string;

/** Everywhere. */
export const ANYWHERE = 'global';

/** How the names of a group's Regions begin, narrow groups before those that they are part of. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4', 'ap-southeast-6'],
  in: ['ap-south-1', 'ap-south-2'],
  ca: ['ca-'],
  'us-gov': ['us-gov-'],
  us: ['us-east-', 'us-west-'],
  eu: ['eu-'],
  apac: ['ap-'],
};

/** The names of the groups, narrow before wide, without {@link ANYWHERE}. */
export const REGION_GROUPS: readonly string[] = Object.keys(GROUPS);

/** `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0` */
const ARN = /^arn:aws[a-z-]*:[a-z-]+:([a-z0-9-]*):\d*:([a-z-]+)\/(.*)$/s;

const GEOGRAPHY = /^(global|us-gov|us|eu|apac|jp|au|ca|in)\./; // eu. of eu.amazon.nova-lite-v1:0

/** Kinds of resources that run in the Region of their ARN. */
const REGIONAL: ReadonlySet<string> = new Set([
  'foundation-model',
  'provisioned-model',
  'imported-model',
  'custom-model',
  'custom-model-deployment',
  'endpoint',
]);

/**
 * Where a call may be processed, by the name of its model: in the Region that is called, in a group of Regions, or, where
 * the name does not say (an application inference profile, a prompt), anywhere.
 */
export const placeOf = (modelId: string, region: string): Place => {
  const [, arnRegion = '', kind = 'foundation-model', name = modelId] = ARN.exec(modelId) ?? [];
  if (kind === 'inference-profile' || kind === 'foundation-model') {
    const group = GEOGRAPHY.exec(name)?.[1];
    if (group !== undefined) return group;
  }
  if (modelId.startsWith('arn:') && (!REGIONAL.has(kind) || name === modelId)) return ANYWHERE;
  return arnRegion === '' ? region : arnRegion;
};

const REGION = /^[a-z]{2}(?:-[a-z]{2,8}){1,3}-\d{1,2}$/; // eu-central-1, us-gov-west-1
const REGION_PATTERN = /^[a-z0-9*-]{0,40}\*[a-z0-9*-]{0,40}$/; // eu-*

/** Whether a table of Regions may name it. */
export const isPlace = (name: unknown): name is Place =>
  typeof name === 'string' &&
  (name === ANYWHERE || Object.hasOwn(GROUPS, name) || REGION.test(name) || REGION_PATTERN.test(name));

/** Whether a Region is in a group, or is the place itself. */
const isIn = (region: string, place: Place): boolean => {
  if (place === ANYWHERE) return true;
  const beginnings = Object.hasOwn(GROUPS, place) ? (GROUPS[place] ?? []) : undefined;
  if (beginnings === undefined) return region === place;
  return beginnings.some((beginning) =>
    beginning.endsWith('-') ? region.startsWith(beginning) : region === beginning,
  );
};

/** Whether `pattern`, in which `*` stands for any characters, is `name`. Linear: no regular expression is built. */
export const isMatch = (pattern: string, name: string): boolean => {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return pattern === name;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= name.length - last.length;
};

/** The key of a table that says most of a Region: its name, the longest pattern, the narrowest group, anywhere. */
const keyOf = (keys: readonly string[], region: string): string | undefined =>
  keys.find((key) => key === region) ??
  keys
    .filter((key) => key.includes('*') && key !== '*' && isMatch(key, region))
    .toSorted((a, b) => b.length - a.length)[0] ??
  REGION_GROUPS.find((group) => keys.includes(group) && isIn(region, group)) ??
  keys.find((key) => key === ANYWHERE || key === '*');

/** A Region that nobody names: whatever is said of those that are named does not hold for it. */
const unnamed = (place: Place): readonly string[] => {
  if (place === ANYWHERE) return ['unnamed'];
  return (GROUPS[place] ?? []).map((beginning) => (beginning.endsWith('-') ? `${beginning}unnamed` : beginning));
};

/**
 * The keys of a table of Regions that a call to `place` falls under, each by the Region it may go to; `undefined` for a
 * Region of which the table says nothing.
 *
 * @example
 * keysFor(['eu', 'eu-south-2'], 'eu'); // 'eu' for most, 'eu-south-2' for the one that is named
 */
export const keysFor = (keys: readonly string[], place: Place): ReadonlySet<string | undefined> => {
  if (place !== ANYWHERE && !Object.hasOwn(GROUPS, place)) return new Set([keyOf(keys, place)]);
  const named = keys.flatMap((key) => (Object.hasOwn(GROUPS, key) ? unnamed(key) : [key.replaceAll('*', 'unnamed')]));
  const regions = [...unnamed(place), ...named.filter((region) => region !== ANYWHERE && isIn(region, place))];
  return new Set(regions.map((region) => keyOf(keys, region)));
};
