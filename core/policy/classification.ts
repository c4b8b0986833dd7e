/** The section `classification`. */

import type { DataGateOptions } from '../classification/data-gate.ts';
import { ENTITY_LEVELS, isAbove, type LevelsByDestination } from '../classification/index.ts';
import { CLASSIFIER_CHECKS, dataLevel, isDataLevel, levelsBy } from '../classification/options.ts';
import { isPlace } from '../classification/places.ts';
import { checkOptions, type OptionCheck, object } from '../options.ts';
import { BUILT_IN } from '../redaction/detectors/built-in.ts';
import type { RedactorOptions } from '../redaction/index.ts';
import type { PolicySection } from './section.ts';

/**
 * Which level data has, and which level may go where: `public`, `internal`, `confidential`, `restricted`. See
 * `docs/data-flow.md`.
 *
 * @example
 * const classification: ClassificationPolicy = {
 *   allow: { default: 'internal', models: { 'eu.*': 'confidential' }, regions: { eu: 'restricted', global: 'public' } },
 *   mask: 'restricted',
 * };
 */
export interface ClassificationPolicy extends DataGateOptions {}

const NAME = /^[\w.:*/-]{1,2048}$/; // eu.amazon.nova-*

const TABLE_CHECKS: Readonly<Record<keyof LevelsByDestination, OptionCheck>> = {
  default: dataLevel,
  models: levelsBy('model id, * for any characters', (name) => NAME.test(name)),
  regions: levelsBy('Region (eu-central-1, eu-*), group (eu, us, apac …) or global', isPlace),
};

type Tables = Required<Pick<DataGateOptions, 'allow' | 'mask'>>;

const checkTable = (name: keyof Tables, table: LevelsByDestination): void => {
  checkOptions(`policy.classification.${name}`, table, TABLE_CHECKS);
  if (table.default === undefined)
    throw new TypeError(`policy.classification.${name}: default is needed, for what no table names`);
};

/** Whatever both tables name must be masked at a level that is not below the one that goes as it is. */
const checkMask = (allow: LevelsByDestination, mask: LevelsByDestination): void => {
  const refuse = (where: string): never => {
    throw new TypeError(`policy.classification: mask is below allow ${where}: it would mask nothing`);
  };
  if (isAbove(allow.default, mask.default)) refuse('by default');
  for (const kind of ['models', 'regions'] as const)
    for (const [name, level] of Object.entries(allow[kind] ?? {})) {
      const masked = mask[kind]?.[name];
      if (masked !== undefined && isAbove(level, masked)) refuse(`for ${kind}.${name}`);
    }
};

const asTable = (levels: Tables['allow']): LevelsByDestination =>
  typeof levels === 'string' ? { default: levels } : levels;

const levelOrTable: OptionCheck = (value) => (isDataLevel(value) ? undefined : object(value) && dataLevel(value));

const profiles: OptionCheck = (value) =>
  object(value) === undefined &&
  Object.entries(value as object).every(([name, place]) => NAME.test(name) && isPlace(place) && !place.includes('*'))
    ? undefined
    : 'an object of Regions or groups of them (eu, us, apac …) by ARN';

/**
 * Checks which level may go where.
 *
 * @throws TypeError for an unknown or invalid option, and for levels that contradict each other.
 */
export const checkDestinations = ({ allow, mask }: ClassificationPolicy): void => {
  for (const [name, table] of Object.entries({ allow, mask }))
    if (typeof table === 'object') checkTable(name as keyof Tables, table);
  if (mask !== undefined) checkMask(asTable(allow ?? 'restricted'), asTable(mask));
};

/** How the section is checked. */
export const CLASSIFICATION: PolicySection<ClassificationPolicy, { readonly redaction?: RedactorOptions | false }> = {
  checks: { ...CLASSIFIER_CHECKS, allow: levelOrTable, mask: levelOrTable, profiles },
  canBeOff: true,
  check(classification, { redaction }) {
    checkDestinations(classification);
    const detectors = [...BUILT_IN, ...((redaction || undefined)?.detectors ?? [])];
    const known = new Set([...Object.keys(ENTITY_LEVELS), ...detectors.map(({ entity }) => entity)]);
    for (const name of Object.keys(classification.levels ?? {}))
      if (!known.has(name.split(':')[0] ?? ''))
        throw new TypeError(`policy.classification: levels names ${name}, which no detector finds`);
  },
};
