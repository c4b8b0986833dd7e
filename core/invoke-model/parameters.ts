/** What a body holds beside its turns: the limit on its output, sampling, and what no format knows. */

import { NEVER_ADDITIONAL } from '../converse/parameters.ts';
import { asList, asText, bodyRefused, present } from './fields.ts';
import type { BodyCall, Fields } from './types.ts';

/** How a family names its parameters. */
export interface ParameterNames {
  /** The limit on output; the first is written where a body has none. */
  readonly maxTokens: readonly [string, ...string[]];
  readonly temperature: string;
  readonly topP: string;
  readonly stopSequences?: string;
  /** Numbers that say how tokens are drawn: they pass as they are. */
  readonly numbers: readonly string[];
  /** Fields that are one of a few words. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Fields that are read elsewhere. */
  readonly own: readonly string[];
}

/**
 * Fields that ask for more than one answer, for the prompt or for what else was likely, with the values by which they ask
 * for nothing: those are left out of what is sent. How a reply comes is the operation's to say.
 */
const WITHOUT_EFFECT: Readonly<Record<string, readonly unknown[]>> = {
  n: [1],
  best_of: [1],
  num_generations: [1],
  logprobs: [false, 0],
  top_logprobs: [0],
  return_likelihoods: ['NONE'],
  return_prompt: [false],
  raw_prompting: [false],
  echo: [false],
  stream: [true, false],
};

const asNumber = (value: unknown): number => {
  if (!Number.isFinite(value)) throw bodyRefused('body-field');
  return value as number;
};

/** The least of the limits that are given. One that is no number goes to admission as it is, and is refused there. */
const limitIn = (body: Fields, names: readonly string[]): number | undefined => {
  const given = names.map((name) => body[name]).filter((limit) => limit !== undefined && limit !== null);
  const strange = given.find((limit) => typeof limit !== 'number');
  if (strange !== undefined) return strange as number;
  return given.length === 0 ? undefined : Math.min(...(given as number[]));
};

const stopsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : asList(value).map(asText);

/**
 * The fields of a body that are none of these, as Converse calls them.
 *
 * @throws BulwarkError `content_not_allowed` for a field that nobody may allow by its name.
 */
export const readExtras = (
  body: Fields,
  known: readonly (string | undefined)[],
): Pick<BodyCall, 'additionalModelRequestFields'> => {
  const extras = Object.entries(body).filter(([name, value]) => {
    if (known.includes(name)) return false;
    if (!Object.hasOwn(WITHOUT_EFFECT, name)) return true;
    if (!WITHOUT_EFFECT[name]?.includes(value)) throw bodyRefused('body-field');
    return false;
  });
  if (extras.some(([name]) => NEVER_ADDITIONAL.has(name))) throw bodyRefused('body-field');
  return extras.length > 0 ? { additionalModelRequestFields: Object.fromEntries(extras) } : {};
};

/** Names that a family knows. */
export const namesOf = ({
  maxTokens,
  temperature,
  topP,
  stopSequences,
  numbers,
  words = {},
  own,
}: ParameterNames): readonly (string | undefined)[] => [
  ...maxTokens,
  temperature,
  topP,
  stopSequences,
  ...numbers,
  ...Object.keys(words),
  ...own,
];

/** How long a reply may get and how it is drawn. @throws BulwarkError `content_not_allowed` */
export const readConfig = (body: Fields, names: ParameterNames): Pick<BodyCall, 'inferenceConfig'> => {
  for (const name of names.numbers) if (body[name] !== undefined && body[name] !== null) asNumber(body[name]);
  for (const [name, words] of Object.entries(names.words ?? {}))
    if (body[name] !== undefined && !words.includes(body[name] as string)) throw bodyRefused('body-field');
  const [temperature, topP] = [body[names.temperature] ?? undefined, body[names.topP] ?? undefined];
  const stops = names.stopSequences === undefined ? undefined : (body[names.stopSequences] ?? undefined);
  const config = present({
    maxTokens: limitIn(body, names.maxTokens),
    temperature: temperature === undefined ? undefined : asNumber(temperature),
    topP: topP === undefined ? undefined : asNumber(topP),
    stopSequences: stops === undefined ? undefined : stopsIn(stops),
  });
  return Object.keys(config).length > 0 ? { inferenceConfig: config } : {};
};

/** The parameters of a body. The same error. */
export const readParameters = (
  body: Fields,
  names: ParameterNames,
): Pick<BodyCall, 'inferenceConfig' | 'additionalModelRequestFields'> => ({
  ...readExtras(body, namesOf(names)),
  ...readConfig(body, names),
});

/** The parameters of `body` as `call` has them: always with a limit. @throws BulwarkError `content_not_allowed` */
export const writeParameters = (body: Fields, names: ParameterNames, call: BodyCall): Fields => {
  const { maxTokens, temperature, topP, stopSequences } = call.inferenceConfig ?? {};
  if (!Number.isSafeInteger(maxTokens) || (maxTokens as number) < 1) throw bodyRefused('max-tokens');
  const kept = [...names.numbers, ...Object.keys(names.words ?? {})].filter(
    (name) => body[name] !== undefined && body[name] !== null,
  );
  const limits = names.maxTokens.filter((name) => Object.hasOwn(body, name));
  return {
    ...Object.fromEntries(kept.map((name) => [name, body[name]])),
    ...present({ [names.temperature]: temperature, [names.topP]: topP }),
    ...(names.stopSequences !== undefined && present({ [names.stopSequences]: stopSequences })),
    ...Object.fromEntries((limits.length > 0 ? limits : [names.maxTokens[0]]).map((name) => [name, maxTokens])),
  };
};
