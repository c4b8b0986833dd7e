/** Redactors: detectors chosen once, text redacted whole, as JSON or as a stream. */

import { callable, checkOptions, listOf, type OptionCheck, object } from '../options.ts';
import { checkDetector } from './detector-check.ts';
import { BUILT_IN } from './detectors/built-in.ts';
import { createEngine, type Engine } from './engine.ts';
import { createReplacement, type ModeOptions, modesCheck, type Replacement } from './modes.ts';
import { createNumbering, type Numbering } from './numbering.ts';
import { isPrivateNumber, redactJsonValue } from './redact-json.ts';
import { createTransducer, type Transducer } from './transducer.ts';
import { type Detector, type Finding, MIN_IN_CONTEXT } from './types.ts';

/** Options of {@link createRedactor}. */
export interface RedactorOptions extends ModeOptions {
  /** `'default'`: high harm and provable; `'all'`; or entities by name. @default 'default' */
  readonly entities?: 'default' | 'all' | readonly string[];
  /** Least score of what counts, context included, 0..1. @default 0.4 for the default set, else 0 */
  readonly minScore?: number;
  /** Detectors of your own, beside the built-in ones. @default none */
  readonly detectors?: readonly Detector[];
}

/** Finds and replaces private values. */
export interface Redactor {
  /** What is private in `text`, in order, not overlapping. */
  detect(text: string): readonly Finding[];
  /** `text` with placeholders; a clean text is the same string. */
  redact(text: string): { text: string; findings: readonly Finding[] };
  /** A JSON value with its strings redacted and its keys intact. Offsets of findings are within their strings. */
  redactJson(value: unknown): { value: unknown; findings: readonly Finding[] };
  /**
   * A text that comes in pieces: holds back what more text can change, at most {@link MAX_MATCH} units. `number` gives
   * what stands in place of values, instead of the redactor's own. `lead` is what the text is about, such as the name of
   * its member: it counts as standing before the text.
   */
  stream(number?: Numbering, lead?: string): Transducer;
  /** What a session writes for a value: by its mode, the placeholder mostly. */
  placeholder(entity: string, value: string): string;
  /** Whether values of an entity are found and stay: mode `report`. */
  reports(entity: string): boolean;
  /** Whether a text with these findings must not be sent: mode `block`. */
  blocks(findings: readonly Finding[]): boolean;
  /** A redactor whose calls and streams share one numbering: for one request. */
  session(): Redactor;
}

const entitiesCheck: OptionCheck = (value) =>
  value === 'default' || value === 'all' || (Array.isArray(value) && value.every((name) => typeof name === 'string'))
    ? undefined
    : "'default', 'all' or a list of entities";

const scoreCheck: OptionCheck = (value) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a number from 0 to 1';

const isChosen = (
  entities: NonNullable<RedactorOptions['entities']>,
  { entity, byDefault = true }: Detector,
): boolean => {
  if (entities === 'all') return true;
  return entities === 'default' ? byDefault : entities.includes(entity);
};

const choose = ({ entities = 'default', detectors = [] }: RedactorOptions): readonly Detector[] => {
  const known = new Set([...BUILT_IN, ...detectors].map(({ entity }) => entity));
  if (Array.isArray(entities) && !entities.every((name) => known.has(name)))
    throw new TypeError('createRedactor: entities names one that no detector finds');
  return [...BUILT_IN.filter((detector) => isChosen(entities, detector)), ...detectors];
};

const redactorOver = (engine: Engine, replacement: Replacement, shared: Numbering | undefined): Redactor => {
  const { reports, blocks } = replacement;
  const writing = (number: Numbering = shared ?? createNumbering()): Numbering => {
    return (entity, value) => replacement.write(entity, value, number);
  };
  const redactWith = (write: Numbering, text: string, found: Finding[], lead = ''): string => {
    const transducer = createTransducer(engine, { write, reports, lead });
    const out = transducer.end(text);
    for (const finding of transducer.findings) found.push(finding);
    return transducer.findings.length === 0 ? text : out;
  };
  return {
    detect(text) {
      const findings: Finding[] = [];
      redactWith(() => '', text, findings);
      return findings;
    },
    redact(text) {
      const findings: Finding[] = [];
      return { text: redactWith(writing(), text, findings), findings };
    },
    redactJson(value) {
      const write = writing();
      const findings: Finding[] = [];
      const clean = redactJsonValue(
        value,
        (text, lead) => redactWith(write, text, findings, lead),
        (digits, lead) => {
          const found: Finding[] = [];
          const out = redactWith(write, digits, found, lead);
          const [only] = found;
          if (only === undefined || !isPrivateNumber(digits, only)) return undefined;
          findings.push(only);
          return reports(only.entity) ? undefined : out;
        },
      );
      return { value: findings.length === 0 ? value : clean, findings };
    },
    stream: (write = writing(), lead = '') => createTransducer(engine, { write, reports, lead }),
    placeholder: writing(),
    reports,
    blocks,
    session: () => redactorOver(engine, replacement, shared ?? createNumbering()),
  };
};

/** Engines of built-in detectors: what one of them has learned of its patterns serves all redactors of its kind. */
const engines = new Map<string, Engine>();
const MAX_ENGINES = 16;

const engineOf = (options: RedactorOptions): Engine => {
  const { entities = 'default', detectors = [] } = options;
  const { minScore = entities === 'default' ? MIN_IN_CONTEXT : 0 } = options;
  const key = JSON.stringify([entities, minScore]);
  const known = detectors.length === 0 ? engines.get(key) : undefined;
  if (known !== undefined) return known;
  const engine = createEngine(choose(options), minScore);
  if (detectors.length === 0 && engines.size < MAX_ENGINES) engines.set(key, engine);
  return engine;
};

/** How the options of {@link RedactorOptions} are checked, each by itself. */
export const REDACTOR_CHECKS: Readonly<Record<keyof RedactorOptions, OptionCheck>> = {
  entities: entitiesCheck,
  minScore: scoreCheck,
  detectors: listOf(object),
  modes: modesCheck,
  digest: callable,
};

/**
 * A redactor, fully armed without options.
 *
 * @throws TypeError for an unknown or invalid option, an unknown entity, or a detector that cannot be run.
 *
 * @example
 * createRedactor().redact('Mail ada@example.com').text; // 'Mail [EMAIL_ADDRESS_1]'
 */
export const createRedactor = (options: RedactorOptions = {}): Redactor => {
  checkOptions('createRedactor', options, REDACTOR_CHECKS);
  options.detectors?.forEach(checkDetector);
  const known = choose(options).map(({ entity }) => entity);
  if (!Object.keys(options.modes ?? {}).every((entity) => entity === '*' || known.includes(entity)))
    throw new TypeError('createRedactor: modes names an entity that is not looked for');
  return redactorOver(engineOf(options), createReplacement(options), undefined);
};
