/** Which level may go where, and which level has what, in words. */

import { modelKeys, namedModel } from '../../aws/bedrock/model-id.ts';
import {
  ANYWHERE,
  actionFor,
  createDataGate,
  DATA_LEVELS,
  type DataLevel,
  ENTITY_LEVELS,
  type LevelsByDestination,
  placeUnder,
  UNLISTED_ENTITY_LEVEL,
} from '../../core/classification/index.ts';
import type { ClassificationPolicy, Policy } from '../../core/policy.ts';
import { code, table } from './markdown.ts';

/** In the words of the table. */
const ACTIONS = { pass: 'passes', mask: 'masked', refuse: '**refused**' } as const;

/** A model that no table and no allowlist names. */
const OTHER = 'another-model';

const NONE = { detect: () => [] };

/** Models whose row is worth reading: those that may be called, else those that a table names. */
const modelsOf = ({ model }: Policy, { allow, mask }: ClassificationPolicy): readonly string[] => {
  if (model?.models !== undefined) return model.models;
  const named = [allow, mask].flatMap((levels) => (typeof levels === 'object' ? Object.keys(levels.models ?? {}) : []));
  return [...new Set(named), OTHER];
};

const placeInWords = (place: string): string => (place === ANYWHERE ? 'anywhere' : code(place));

const destinationRows = (policy: Policy, classification: ClassificationPolicy, region: string) => {
  const gate = createDataGate(classification, NONE);
  return modelsOf(policy, classification).map((model) => {
    const copied = namedModel(model, policy.model?.profiles);
    const limits = gate.limitsFor(model, modelKeys(model, policy.model?.profiles), region, copied);
    const place = placeUnder(classification.profiles, model, region, copied);
    const actions = DATA_LEVELS.map((level) => ACTIONS[actionFor(level, 'public', limits)]);
    return [model === OTHER ? 'any other' : code(model), placeInWords(place), ...actions];
  });
};

const said = (levels: DataLevel | LevelsByDestination): string => {
  if (typeof levels === 'string') return `${levels} everywhere`;
  const { default: otherwise, models = {}, regions = {} } = levels;
  const named = Object.entries({ ...models, ...regions }).map(([name, level]) => `${code(name)} ${level}`);
  return [...named, `else ${otherwise}`].join(', ');
};

const mayGo = (policy: Policy, classification: ClassificationPolicy, region: string): string => {
  const { allow = 'restricted', mask } = classification;
  const isNothingHeld = allow === 'restricted';
  const verdict = isNothingHeld
    ? 'The level of each request is recorded; nothing is masked or refused on its account.'
    : 'What is refused ends with `data_not_allowed` (400). Masked are private values: what is of a level by a marker or as source code is refused in their place.';
  return [
    verdict + (policy.mode === 'monitor' ? ' In monitor mode it is only recorded.' : ''),
    table(['model', 'processed in', ...DATA_LEVELS], destinationRows(policy, classification, region)),
    `As it is goes up to: ${said(allow)}.${mask === undefined ? ' Nothing is masked.' : ` Masked goes up to: ${said(mask)}.`}`,
  ].join('\n\n');
};

const entitiesByLevel = ({ levels = {} }: ClassificationPolicy): string => {
  const all = { ...ENTITY_LEVELS, ...levels };
  const rows = DATA_LEVELS.toReversed().map((level) => {
    const names = Object.keys(all).filter((name) => all[name] === level);
    return [
      level,
      names
        .map((name) => code(name))
        .sort()
        .join(', '),
    ];
  });
  return table(['level', 'entities'], rows);
};

const levelsOf = (classification: ClassificationPolicy): string => {
  const { sourceCode = 'internal', markers = [] } = classification;
  const own = markers.map(({ id, level }) => `${code(id)} ${level}`);
  const rest = [
    `- Source code: ${sourceCode === false ? 'does not count' : sourceCode}.`,
    '- Markers of documents, where they stand as a label (`Internal use only`, `CONFIDENTIAL`, `Classification: …`, TLP, and the like in other languages): the level that they say.',
    ...(own.length > 0 ? [`- Markers of the policy: ${own.join(', ')}.`] : []),
    '- Everything else: public.',
  ];
  return [
    entitiesByLevel(classification),
    `An entity that is not listed: ${UNLISTED_ENTITY_LEVEL}. Which of them are looked for, \`redaction\` of the policy says.`,
    rest.join('\n'),
  ].join('\n\n');
};

/** The sections on levels. */
export const levelSections = (policy: Policy, region: string): string => {
  const { classification = false } = policy;
  if (classification === false)
    return '## Levels\n\nClassification is off: data of every level goes to every model that may be called, and no level is recorded.';
  return `## Which level may go where\n\n${mayGo(policy, classification, region)}\n\n## Which level has what\n\n${levelsOf(classification)}`;
};
