/** Classification as a policy has it: what a text is, and what becomes of it on its way to a model. */

import type { Redactor } from '../redaction/index.ts';
import { type Classifier, type ClassifierOptions, createClassifier } from './classifier.ts';
import { type DestinationLimits, type LevelsByDestination, limitsAt } from './destinations.ts';
import type { DataLevel } from './levels.ts';
import { isMatch, type Place, placeOf } from './places.ts';

/** What is classified, and where each level may go. */
export interface DataGateOptions extends ClassifierOptions {
  /**
   * Up to which level data goes out as it is: one level for every destination, or levels by model and Region. Whatever is
   * above is masked, where `mask` says so, or else refused with `data_not_allowed`.
   *
   * @default 'restricted': everything goes, and its level is recorded
   */
  readonly allow?: DataLevel | LevelsByDestination;
  /**
   * Up to which level data above `allow` goes out with its values replaced by placeholders. A level that comes of a marker
   * or of source code is not in a value: it is refused all the same.
   *
   * @default none: what is above `allow` is refused
   */
  readonly mask?: DataLevel | LevelsByDestination;
  /**
   * Where application inference profiles process what they are sent, by ARN, `*` for any characters: a Region or a group,
   * `{ 'arn:aws:bedrock:eu-central-1:*:application-inference-profile/*': 'eu' }`. Their names do not say.
   *
   * @default anywhere
   */
  readonly profiles?: Readonly<Record<string, Place>>;
}

/** Judges what a call sends. */
export interface DataGate {
  readonly classifier: Classifier;
  /**
   * Up to which level data goes to a model.
   *
   * @param modelId As the call names it.
   * @param names The names that the model goes by, the most exact first.
   * @param region The Region that is called.
   * @param named What the name stands for, where it is an application inference profile's. @default modelId
   */
  limitsFor(modelId: string, names: readonly string[], region: string, named?: string): DestinationLimits;
}

/** Where a model processes what it is sent, as its name or the policy says. */
export const placeUnder = (
  profiles: DataGateOptions['profiles'],
  modelId: string,
  region: string,
  copied: string = modelId,
): Place => {
  const [named] = Object.keys(profiles ?? {})
    .filter((pattern) => isMatch(pattern, modelId))
    .toSorted((a, b) => b.length - a.length);
  return (named === undefined ? undefined : profiles?.[named]) ?? placeOf(copied, region);
};

/**
 * A gate for data.
 *
 * @param redactor Finds the private values. @default the default entities
 * @throws TypeError for an unknown or invalid option of the classifier.
 */
export const createDataGate = (
  { allow = 'restricted', mask, profiles, ...options }: DataGateOptions,
  redactor?: Pick<Redactor, 'detect'>,
): DataGate => ({
  classifier: createClassifier(options, redactor),
  limitsFor: (modelId, names, region, named) =>
    limitsAt(allow, mask, { names, place: placeUnder(profiles, modelId, region, named) }),
});
