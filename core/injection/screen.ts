/** The screen: every reading of a text against every rule of its channel, and one score from all that was found. */

import { callable, checkOptions, listOf, object } from '../options.ts';
import { sourceSpan } from '../text/fold.ts';
import { type AllowList, checkAllowList, checkDigest, createAllowList, type Digest } from './allow-list.ts';
import { checkCustom, scored } from './custom.ts';
import { createGradedEvidence } from './graded.ts';
import { createKeys, createScreenCache, type ScreenCache, type TextKey } from './memory.ts';
import { builtInModels } from './model/built-in.ts';
import { assess, FLAG_SCORE, type Models } from './model/model.ts';
import { readEach } from './readings.ts';
import { createRuleSet, type RuleSet } from './rule-set.ts';
import { RULES } from './rules/index.ts';
import {
  checkRuleIds,
  checkSettings,
  type ScreenSettings,
  SETTING_CHECKS,
  type SettledSettings,
  settled,
} from './settings.ts';
import type { AllowedText, Channel, InjectionFinding, Rule, Scorer, ScreenResult } from './types.ts';

/** Options of `createInjectionScreen`: its settings, and what it is made of. */
export interface InjectionScreenOptions extends ScreenSettings {
  /** Settings of single tenants, over those of the screen. @default none: all tenants have the same */
  readonly tenants?: Readonly<Record<string, ScreenSettings>>;
  /** Rules of your own, beside those of the kit. @default none */
  readonly rules?: readonly Rule[];
  /** Models of your own, beside that of the kit. @default none */
  readonly scorers?: readonly Scorer[];
  /** Texts that pass whatever is found in them: SHA-256 in hex, of a text exactly as it is screened. @default none */
  readonly allow?: readonly (string | AllowedText)[];
  /**
   * SHA-256 of a text in lower-case hex, for `allow`, and to remember results without their texts.
   * @default nothing is remembered
   */
  readonly digest?: Digest;
  /** Models in place of the built-in ones. @default the model of `core/injection/model` */
  readonly models?: Models;
}

/** What the model is called among the findings. */
export const MODEL = 'model';
/** What a text is called that hides more than is read of one. */
export const UNREAD = 'disguise-unread';
/** Least score of the model that is a finding: below, it adds nothing to what rules say. */
const MIN_MODEL_SCORE = 0.25;

/** Judges one text. */
export type ScreenText = (text: string, options?: { channel?: Channel }) => ScreenResult;

/** The screen of a tenant. */
export interface TenantScreen {
  readonly screen: ScreenText;
  /** Names a text in a cache, under the settings that it is judged by. */
  readonly keyOf: TextKey;
}

const OWNER = 'createInjectionScreen';

const CHECKS = {
  ...SETTING_CHECKS,
  tenants: object,
  rules: listOf(object),
  scorers: listOf(object),
  allow: listOf((entry) => (typeof entry === 'string' ? undefined : object(entry))),
  digest: callable,
  models: object,
};

const checkTenants = (tenants: Readonly<Record<string, ScreenSettings>>, known: ReadonlySet<string>): void => {
  for (const [tenant, settings] of Object.entries(tenants)) {
    const owner = `${OWNER}: tenants: ${tenant}`;
    if (object(settings) !== undefined) throw new TypeError(`${owner} must be an object`);
    checkOptions(owner, settings, SETTING_CHECKS);
    checkSettings(owner, settings);
    checkRuleIds(owner, settings, known);
  }
};

const checkScreenOptions = (options: InjectionScreenOptions): void => {
  checkOptions(OWNER, options, CHECKS);
  const { rules = [], scorers = [], tenants = {}, allow = [], digest } = options;
  checkCustom(OWNER, rules, scorers, new Set([...RULES.map(({ id }) => id), MODEL, UNREAD]));
  const known = new Set([...[...RULES, ...rules, ...scorers].map(({ id }) => id), MODEL, UNREAD]);
  checkSettings(OWNER, options);
  checkRuleIds(OWNER, options, known);
  checkTenants(tenants, known);
  checkAllowList(OWNER, allow);
  if (digest !== undefined) checkDigest(OWNER, digest);
  if (allow.length > 0 && digest === undefined) throw new TypeError(`${OWNER}: allow needs digest`);
};

/** What screens of all tenants share. */
interface Engine {
  readonly judge: (text: string, channel: Channel, settings: SettledSettings) => ScreenResult;
  readonly isAllowed: AllowList;
  readonly digest: Digest | undefined;
  readonly memory: ScreenCache;
}

let builtIn: RuleSet | undefined;

/** The kit's own rules in one automaton: made once, since making it costs more than a thousand texts. */
const builtInRuleSet = (): RuleSet => {
  builtIn ??= createRuleSet(RULES);
  return builtIn;
};

const createEngine = (options: InjectionScreenOptions): Engine => {
  const { rules = [], scorers = [], allow = [], digest } = options;
  const all = [...RULES, ...rules];
  const ruleSet = rules.length === 0 ? builtInRuleSet() : createRuleSet(all);
  const models = options.models ?? builtInModels();
  const alone = new Map(all.map(({ id, score }) => [id, score]));
  return {
    isAllowed: createAllowList(allow, digest),
    digest,
    memory: createScreenCache(),
    judge: (text, channel, settings) => {
      const evidence = createGradedEvidence(settings, (rule) => alone.get(rule) ?? 0);
      const isOff = (id: string): boolean => settings.ruleModes.get(id) === 'off';
      const plain = new Set<string>();
      const model = isOff(MODEL) ? undefined : models[channel];
      let strongest = { score: 0, start: 0, end: 0 };
      const isReadWhole = readEach(text, (view, tokens) => {
        ruleSet(view, tokens, channel, evidence, plain);
        if (model === undefined) return;
        const { score, start, end } = assess(model, view, tokens);
        if (score > strongest.score) strongest = { score, ...sourceSpan(view, start, end) };
      });
      if (!isReadWhole) evidence.add({ rule: UNREAD, start: 0, end: text.length, score: FLAG_SCORE });
      const finding: InjectionFinding = { rule: MODEL, ...strongest };
      if (finding.score >= MIN_MODEL_SCORE) evidence.add(finding);
      for (const scorer of scorers) if (!isOff(scorer.id)) evidence.add(scored(scorer, text, channel));
      return evidence.result(channel, finding);
    },
  };
};

/** Texts shorter than this are judged faster than they are found again, in UTF-16 units. */
const MIN_REMEMBERED = 200;

const createTenantScreen = ({ judge, isAllowed, digest, memory }: Engine, settings: SettledSettings): TenantScreen => {
  const keyOf = createKeys(settings, digest);

  const remembered = (text: string, channel: Channel): ScreenResult => {
    if (digest === undefined || text.length < MIN_REMEMBERED || !text.isWellFormed())
      return judge(text, channel, settings);
    const key = keyOf({ channel, text });
    const known = memory.get(key);
    if (known !== undefined) return known;
    const result = judge(text, channel, settings);
    memory.set(key, result);
    return result;
  };

  return {
    keyOf,
    screen: (text, { channel = 'user' } = {}) => {
      const result = remembered(text, channel);
      const { verdict, score, findings, heldBack } = result;
      const worst = verdict === 'allow' ? heldBack?.verdict : verdict;
      if (worst === undefined || !isAllowed(text, channel)) return result;
      return { verdict: 'allow', score, findings, heldBack: { verdict: worst, by: 'allow-list' } };
    },
  };
};

/**
 * A screen for each tenant. They share rules, models and memory.
 *
 * @returns The screen of a tenant; of one without settings of its own, and of nobody's, that of the options.
 * @throws TypeError for an unknown or invalid option.
 */
export const createTenantScreens = (
  options: InjectionScreenOptions,
): ((tenant: string | undefined) => TenantScreen) => {
  checkScreenOptions(options);
  const engine = createEngine(options);
  const usual = createTenantScreen(engine, settled(options));
  const own = new Map(
    Object.entries(options.tenants ?? {}).map(([tenant, settings]) => [
      tenant,
      createTenantScreen(engine, settled(options, settings)),
    ]),
  );
  return (tenant) => (tenant === undefined ? usual : (own.get(tenant) ?? usual));
};
