/** What a screen makes of what it finds: cut points, and the worst verdict that a channel or a rule may give. */

import { checkOptions, type OptionCheck, object, oneOf } from '../options.ts';
import { BLOCK_SCORE, FLAG_SCORE } from './model/model.ts';
import type { Channel, CutPoints, Mode, RuleMode } from './types.ts';

/** Cut points by channel. */
export const CUT_POINTS: Readonly<Record<Channel, CutPoints>> = {
  user: { flag: FLAG_SCORE, block: BLOCK_SCORE },
  data: { flag: FLAG_SCORE, block: BLOCK_SCORE },
};

/** Settings of a screen, or of one tenant of it. */
export interface ScreenSettings {
  /** The worst verdict that a channel may give. @default 'block' for both */
  readonly modes?: Readonly<Partial<Record<Channel, Mode>>>;
  /**
   * What single rules may lead to, by id: those of the kit, your own, scorers, `model` for the built-in model, and
   * `disguise-unread` for a text that hides more than is read of one.
   * @default 'block' for all
   */
  readonly ruleModes?: Readonly<Record<string, RuleMode>>;
  /** Cut points in place of the built-in ones. @default CUT_POINTS */
  readonly cutPoints?: Readonly<Partial<Record<Channel, CutPoints>>>;
}

/** Settings without gaps. */
export interface SettledSettings {
  readonly modes: Readonly<Record<Channel, Mode>>;
  readonly ruleModes: ReadonlyMap<string, RuleMode>;
  readonly cutPoints: Readonly<Record<Channel, CutPoints>>;
}

/** How the options of {@link ScreenSettings} are checked. */
export const SETTING_CHECKS: Readonly<Record<keyof ScreenSettings, OptionCheck>> = {
  modes: object,
  ruleModes: object,
  cutPoints: object,
};

const MODE = oneOf('block', 'flag', 'monitor');
const RULE_MODE = oneOf('block', 'flag', 'monitor', 'off');

/**
 * Checks everything about settings but the ids of rules, which only a screen knows.
 *
 * @throws TypeError for an unknown channel, mode or cut point.
 */
export const checkSettings = (owner: string, { modes = {}, ruleModes = {}, cutPoints = {} }: ScreenSettings): void => {
  checkOptions(`${owner}: modes`, modes, { user: MODE, data: MODE });
  for (const [id, mode] of Object.entries(ruleModes)) {
    const expected = RULE_MODE(mode);
    if (expected !== undefined) throw new TypeError(`${owner}: ruleModes: ${id} must be ${expected}`);
  }
  checkOptions(`${owner}: cutPoints`, cutPoints, { user: object, data: object });
  for (const { flag, block } of Object.values(cutPoints).filter((points) => points !== undefined))
    if (!(flag > 0 && flag <= block && block <= 1)) throw new TypeError(`${owner}: cutPoints: 0 < flag <= block <= 1`);
};

/** @throws TypeError that names a rule which there is not. */
export const checkRuleIds = (owner: string, { ruleModes = {} }: ScreenSettings, known: ReadonlySet<string>): void => {
  for (const id of Object.keys(ruleModes))
    if (!known.has(id)) throw new TypeError(`${owner}: ruleModes: there is no rule ${id}`);
};

/** Entries whose value is given: `undefined` counts as absent. */
const given = <T extends object>(fields: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Settings one over the other, the later before the earlier, field by field and rule by rule. */
export const settled = (...layers: readonly ScreenSettings[]): SettledSettings => {
  let modes: SettledSettings['modes'] = { user: 'block', data: 'block' };
  let cutPoints = CUT_POINTS;
  const ruleModes = new Map<string, RuleMode>();
  for (const layer of layers) {
    modes = { ...modes, ...given(layer.modes) };
    cutPoints = { ...cutPoints, ...given(layer.cutPoints) };
    for (const [id, mode] of Object.entries(layer.ruleModes ?? {})) ruleModes.set(id, mode);
  }
  return { modes, cutPoints, ruleModes };
};
