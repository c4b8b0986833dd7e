/** What may go where: the level up to which data goes to a model and Region as it is, or masked. */

import { type DataAction, type DataLevel, isAbove, lowestOf } from './levels.ts';
import { isMatch, keysFor, type Place } from './places.ts';

/**
 * Levels by destination. A table that is there must say yes: with models and Regions, both; what a table does not name
 * has `default`.
 */
export interface LevelsByDestination {
  /** Where nothing below says otherwise. */
  readonly default: DataLevel;
  /** By model id, inference profile id or ARN, `*` for any characters: `{ 'eu.amazon.nova-*': 'restricted' }`. @default none */
  readonly models?: Readonly<Record<string, DataLevel>>;
  /**
   * By Region (`eu-central-1`, `eu-*`), by group (`eu`, `us`, `apac`, `jp`, `au`, `ca`, `in`, `us-gov`) or `global`. A
   * cross-Region profile needs the level in every Region that it may go to.
   *
   * @default none
   */
  readonly regions?: Readonly<Record<string, DataLevel>>;
}

/** Where a call goes. */
export interface Destination {
  /** Names of the model, the most exact first: as it was called, its id, that of the foundation model. */
  readonly names: readonly string[];
  readonly place: Place;
}

/** Up to which level data goes somewhere. */
export interface DestinationLimits {
  /** As it is. */
  readonly allow: DataLevel;
  /** With its values masked; never below `allow`. */
  readonly mask: DataLevel;
}

/** The level of a model: under its most exact name, else under the longest pattern that is one of them. */
const levelOfModel = (models: Readonly<Record<string, DataLevel>>, names: readonly string[]): DataLevel | undefined => {
  const exact = names.find((name) => Object.hasOwn(models, name));
  if (exact !== undefined) return models[exact];
  const [pattern] = Object.keys(models)
    .filter((key) => key.includes('*') && names.some((name) => isMatch(key, name)))
    .toSorted((a, b) => b.length - a.length);
  return pattern === undefined ? undefined : models[pattern];
};

const levelAt = (table: DataLevel | LevelsByDestination, { names, place }: Destination): DataLevel => {
  if (typeof table === 'string') return table;
  const { default: otherwise, models, regions } = table;
  const levels: DataLevel[] = [];
  if (models !== undefined) levels.push(levelOfModel(models, names) ?? otherwise);
  if (regions !== undefined)
    for (const key of keysFor(Object.keys(regions), place))
      levels.push((key === undefined ? undefined : regions[key]) ?? otherwise);
  return levels.length === 0 ? otherwise : lowestOf(levels);
};

/** Up to which level data goes to a destination. Without `mask` nothing is masked: above `allow` a call is refused. */
export const limitsAt = (
  allow: DataLevel | LevelsByDestination,
  mask: DataLevel | LevelsByDestination | undefined,
  destination: Destination,
): DestinationLimits => {
  const allowed = levelAt(allow, destination);
  const masked = mask === undefined ? allowed : levelAt(mask, destination);
  return { allow: allowed, mask: isAbove(masked, allowed) ? masked : allowed };
};

/**
 * What becomes of a call.
 *
 * @param level The highest level of what it sends.
 * @param unmaskable The highest level of what masking cannot take out: markers, source code, names of fields.
 */
export const actionFor = (level: DataLevel, unmaskable: DataLevel, { allow, mask }: DestinationLimits): DataAction => {
  if (!isAbove(level, allow)) return 'pass';
  return isAbove(level, mask) || isAbove(unmaskable, allow) ? 'refuse' : 'mask';
};
