/** Injection screening: does a text try to change, override, extract or smuggle instructions? */

import type { ConverseMessage } from '../converse/types.ts';
import { type ConversationOptions, type ConversationResult, screenConversation } from './conversation.ts';
import { createTenantScreens, type InjectionScreenOptions, type ScreenText, type TenantScreen } from './screen.ts';

export type { Digest } from './allow-list.ts';
export type { DeepFailureMode } from './ask-deep-tier.ts';
export {
  type ConversationOptions,
  type ConversationResult,
  type SuspectSegment,
  segmentKey,
} from './conversation.ts';
export type { DeepTier, DeepVerdict } from './deep-tier.ts';
export { createScreenCache, type ScreenCache } from './memory.ts';
export { detectionVersion } from './model/weights.ts';
export {
  any,
  type Behind,
  before,
  either,
  type Gap,
  gap,
  next,
  notBefore,
  type Pattern,
  type Phrases,
  shape,
  words,
} from './pattern.ts';
export type { InjectionScreenOptions, ScreenText } from './screen.ts';
export { type Segment, segmentsOf } from './segments.ts';
export { CUT_POINTS, type ScreenSettings } from './settings.ts';
export type {
  AllowedText,
  Channel,
  CutPoints,
  HeldBack,
  InjectionFinding,
  Mode,
  Rule,
  RuleMode,
  Scorer,
  ScorerResult,
  ScreenResult,
  Verdict,
} from './types.ts';

/** Screens texts and conversations. */
export interface InjectionScreen {
  /** Judges one text, without I/O, in time linear in the text. @default channel 'user' */
  readonly screen: ScreenText;
  /** Judges a conversation, and only what a cache does not know of it. */
  screenConversation(messages: readonly ConverseMessage[], options?: ConversationOptions): Promise<ConversationResult>;
  /** The screen with the settings of a tenant; of one that has none, the screen itself. */
  forTenant?(tenant: string | undefined): InjectionScreen;
}

const screenOf = ({ screen, keyOf }: TenantScreen): Omit<InjectionScreen, 'forTenant'> => ({
  screen,
  screenConversation: (messages, options) => screenConversation({ screen, keyOf }, messages, options),
});

/**
 * A screen, fully armed without options.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * createInjectionScreen().screen('Ignore all previous instructions.').verdict; // 'block'
 */
export const createInjectionScreen = (options: InjectionScreenOptions = {}): Required<InjectionScreen> => {
  const tenants = createTenantScreens(options);
  const forTenant = (tenant: string | undefined): Required<InjectionScreen> => ({
    ...screenOf(tenants(tenant)),
    forTenant,
  });
  return forTenant(undefined);
};
