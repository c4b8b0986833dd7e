/** Which level a text has, and why: by the private values in it, by source code, and by what it is marked with. */

import { checkOptions } from '../options.ts';
import { createRedactor, type Finding, type Redactor } from '../redaction/index.ts';
import { type EntityLevels, levelOfEntity } from './entity-levels.ts';
import { type DataLevel, highestOf, isAbove } from './levels.ts';
import { createMarkerFinder, type FoundMarker, type Marker } from './markers/index.ts';
import { CLASSIFIER_CHECKS } from './options.ts';
import { sourceCodeIn } from './source-code.ts';
import { type FieldText, valueFinder } from './value-finder.ts';

/** Options of {@link createClassifier}. */
export interface ClassifierOptions {
  /** Levels of entities over those of the kit: `{ IP_ADDRESS: 'confidential', 'SECRET:jwt': 'internal' }`. @default none */
  readonly levels?: EntityLevels;
  /** Markers of your own, beside those of the kit. @default none */
  readonly markers?: readonly Marker[];
  /** Level of source code; `false` where it does not count. @default 'internal' */
  readonly sourceCode?: DataLevel | false;
}

/** Why a text has its level: names of the kit and of the policy, nothing of the text. */
export interface ClassificationReason {
  /** An entity with its rule, `source-code:` and its sign, or `marker:` and its id: `SECRET:github-pat`. */
  readonly id: string;
  readonly level: DataLevel;
  /** 0..1: how sure it is. */
  readonly score: number;
}

/** A private value and its level. */
export interface ClassifiedValue extends Finding {
  readonly level: DataLevel;
}

/** What a text is. */
export interface Classification {
  readonly level: DataLevel;
  /** The level of what masking its values leaves: markers and source code. */
  readonly unmaskable: DataLevel;
  /** The highest first, at most {@link MOST_REASONS}. */
  readonly reasons: readonly ClassificationReason[];
}

/** What one text is, and where its values stand. */
export interface TextClassification extends Classification {
  readonly values: readonly ClassifiedValue[];
}

/** Says the level of texts. */
export interface Classifier {
  /** The level of a text, or the highest of several. */
  classify(texts: string | readonly string[]): Classification;
  /** Each text by itself, with its values: what one says has no bearing on another. */
  classifyEach(texts: readonly FieldText[]): readonly TextClassification[];
}

/** Most reasons that are given. */
export const MOST_REASONS = 20;

/** Several classifications as one. */
export const mergeClassifications = (parts: Iterable<Classification>): Classification => {
  const reasons = new Map<string, ClassificationReason>();
  let level: DataLevel = 'public';
  let unmaskable: DataLevel = 'public';
  for (const part of parts) {
    level = highestOf([level, part.level]);
    unmaskable = highestOf([unmaskable, part.unmaskable]);
    for (const reason of part.reasons) {
      const known = reasons.get(`${reason.id} ${reason.level}`);
      if (known === undefined || known.score < reason.score) reasons.set(`${reason.id} ${reason.level}`, reason);
    }
  }
  const ordered = [...reasons.values()].sort(
    (a, b) => Number(isAbove(b.level, a.level)) - Number(isAbove(a.level, b.level)),
  );
  return { level, unmaskable, reasons: ordered.slice(0, MOST_REASONS) };
};

const SINGLE_WORD = /^\s{0,9}\S{1,100}\s{0,9}$/; // Confidential

const ofValue = ({ entity, rule, score, level }: ClassifiedValue): Classification => ({
  level,
  unmaskable: 'public',
  reasons: [{ id: rule === undefined ? entity : `${entity}:${rule}`, level, score }],
});

const ofText = (id: string, level: DataLevel): Classification => ({
  level,
  unmaskable: level,
  reasons: [{ id, level, score: 1 }],
});

const isOfText = ({ id }: ClassificationReason): boolean => id.startsWith('marker:') || id.startsWith('source-code:');

/** What a text is whose values are others: some are replaced, or more are known of. */
export const withValues = (
  { unmaskable, reasons }: Classification,
  values: readonly ClassifiedValue[],
): TextClassification => ({
  ...mergeClassifications([
    { level: unmaskable, unmaskable, reasons: reasons.filter(isOfText) },
    ...values.map(ofValue),
  ]),
  values,
});

/**
 * A classifier. Pure: the same text has the same level.
 *
 * @param redactor Finds the private values. @default the default entities
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * createClassifier().classify('CONFIDENTIAL: the plan').level; // 'confidential'
 */
export const createClassifier = (
  options: ClassifierOptions = {},
  redactor: Pick<Redactor, 'detect'> = createRedactor(),
): Classifier => {
  checkOptions('createClassifier', options, CLASSIFIER_CHECKS);
  const { levels, markers, sourceCode = 'internal' } = options;
  const markersIn = createMarkerFinder(markers);
  const valuesOf = valueFinder(redactor);
  const markersOf = (text: string, field: string | undefined): readonly FoundMarker[] => {
    if (field === undefined) return markersIn(text);
    // A word in a field is a value like any other, unless the field asks for a level or the word is a stamp.
    if (SINGLE_WORD.test(text)) return text.toUpperCase() === text ? markersIn(text) : markersIn(`${field}: ${text}`);
    return markersIn(text);
  };
  const classifyEach = (texts: readonly FieldText[]): readonly TextClassification[] => {
    const found = valuesOf(texts);
    return texts.map(({ text, field }, index) => {
      const values = (found[index] ?? []).map((value) => ({ ...value, level: levelOfEntity(value, levels) }));
      const parts = values.map(ofValue);
      for (const { id, level } of markersOf(text, field)) parts.push(ofText(`marker:${id}`, level));
      const code = sourceCode === false ? undefined : sourceCodeIn(text);
      if (code !== undefined && sourceCode !== false) parts.push(ofText(`source-code:${code}`, sourceCode));
      return { ...mergeClassifications(parts), values };
    });
  };
  return {
    classifyEach,
    classify: (texts) =>
      mergeClassifications(classifyEach((typeof texts === 'string' ? [texts] : texts).map((text) => ({ text })))),
  };
};
