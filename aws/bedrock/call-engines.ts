/** The engines that a call goes through: those its rules bring, else those of the client. */

import { remembering } from '../../core/bounded-map.ts';
import { type ContentPolicy, createContentPolicy } from '../../core/content/index.ts';
import type { ConverseInput, ConverseMessage } from '../../core/converse/types.ts';
import { textOf } from '../../core/converse/types.ts';
import { createExfiltrationFilter, type ExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { createInjectionScreen, type InjectionScreen } from '../../core/injection/index.ts';
import { createPromptLeakCheck, type PromptLeakCheck } from '../../core/leaks/index.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { RetrySettings } from '../../core/retry/options.ts';
import { systemPromptSecrets } from '../../core/system-prompt/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { sha256 } from '../sha256.ts';
import { type CallMarks, createCallMarks } from './call-marks.ts';
import type { ClientRules } from './client-rules.ts';
import type { TokenCounter } from './count-tokens.ts';
import type { RetryAuthority } from './retry-authority.ts';

/** Engines of one client. `undefined` where the rules switch one off. */
export interface CallEngines {
  screen(rules: ClientRules): InjectionScreen | undefined;
  /** One numbering for all calls of an invocation. */
  redactor(scope: InvocationScope, rules: ClientRules): Redactor | undefined;
  content(rules: ClientRules): ContentPolicy | undefined;
  exfiltration(rules: ClientRules): ExfiltrationFilter | undefined;
  /** Of the caller's tenant, at this time. */
  marks(scope: InvocationScope, rules: ClientRules): CallMarks;
  /** Kinds of secrets in the system prompt of the call. */
  systemPromptSecrets(input: ConverseInput): readonly string[];
  /** Against the system prompt of the call. */
  leakCheck(rules: ClientRules, input: ConverseInput): PromptLeakCheck | undefined;
}

/** Where a call is made: in which invocation, under which rules, through which engines. */
export interface CallSetting {
  readonly scope: InvocationScope;
  readonly rules: ClientRules;
  readonly engines: CallEngines;
  readonly counter: TokenCounter;
  /** Region that the client calls: the account has quotas in each. */
  readonly region: string;
  readonly retries: RetryAuthority;
  /** How attempts are made: by the rules, else as the client was made. */
  readonly retry: RetrySettings;
  /** Aborts when the handler does not want the reply any more. */
  readonly unwanted?: AbortSignal | undefined;
  /** Turns of which nobody can tell who wrote them, screened like the user's: those of a raw prompt. @default none */
  readonly unattributed?: readonly ConverseMessage[];
}

/** Makes a value when it is first needed: a client whose calls all bring their engines builds none. */
const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** The handler's own instructions, whose words a reply must not repeat. */
const systemPromptOf = ({ system = [] }: ConverseInput): string => {
  const [only] = system;
  if (system.length === 1) return textOf(only) ?? '';
  return system.map((block) => textOf(block) ?? '').join('\n');
};

/** System prompts whose checks are remembered: a handler has one or two, and builds them again each time. */
const MOST_PROMPTS = 8;

/** The engines of a new client. */
export const createCallEngines = (): CallEngines => {
  const leakCheckOf = remembering((systemPrompt: string) => createPromptLeakCheck(systemPrompt), MOST_PROMPTS);
  const secretsOf = remembering(systemPromptSecrets, MOST_PROMPTS);
  const ownScreen = once(() => createInjectionScreen({ digest: sha256 }));
  const ownRedactor = once(createRedactor);
  const ownContent = once(createContentPolicy);
  const ownExfiltration = once(createExfiltrationFilter);
  return {
    marks: createCallMarks(),
    screen: ({ screen }) => (screen === false ? undefined : (screen ?? ownScreen())),
    redactor: (scope, { redactor }) => {
      if (redactor === false) return undefined;
      scope.redactor ??= (redactor ?? ownRedactor()).session();
      return scope.redactor;
    },
    content: ({ content }) => (content === false ? undefined : (content ?? ownContent())),
    exfiltration: ({ exfiltration }) => (exfiltration === false ? undefined : (exfiltration ?? ownExfiltration())),
    systemPromptSecrets: (input) => (input.system === undefined ? [] : secretsOf(systemPromptOf(input))),
    leakCheck: ({ protectSystemPrompt }, input) =>
      protectSystemPrompt === false ? undefined : leakCheckOf(systemPromptOf(input)),
  };
};
