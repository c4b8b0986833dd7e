/** Classification: how much harm data does elsewhere, and where it may go. */

export {
  type Classification,
  type ClassificationReason,
  type ClassifiedValue,
  type Classifier,
  type ClassifierOptions,
  createClassifier,
  MOST_REASONS,
  mergeClassifications,
  type TextClassification,
  withValues,
} from './classifier.ts';
export { createDataGate, type DataGate, type DataGateOptions, placeUnder } from './data-gate.ts';
export {
  actionFor,
  type Destination,
  type DestinationLimits,
  type LevelsByDestination,
  limitsAt,
} from './destinations.ts';
export { ENTITY_LEVELS, type EntityLevels, levelOfEntity, UNLISTED_ENTITY_LEVEL } from './entity-levels.ts';
export { DATA_LEVELS, type DataAction, type DataLevel, highestOf, isAbove } from './levels.ts';
export type { Marker } from './markers/index.ts';
export { ANYWHERE, type Place, placeOf } from './places.ts';
export type { FieldText } from './value-finder.ts';
