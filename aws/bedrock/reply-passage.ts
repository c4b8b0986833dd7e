/** How the events of a reply are passed on: through the checks, or, in monitor mode, beside them. */

import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { InvocationScope } from '../invocation-scope.ts';
import { checked } from './checked.ts';
import { createLinkCleaner, type LinkCleaner } from './clean-links.ts';
import type { ReplyRules } from './clean-reply.ts';
import { createStreamCleaner } from './clean-stream.ts';
import { type DeepStage, deepStageOf } from './deep-redaction/findings.ts';
import { createDeepWatch } from './deep-redaction/watch.ts';

/** Takes the events of a reply, gives those that the handler gets. */
type Passing = (event: ConverseStreamOutput) => readonly ConverseStreamOutput[];

/** The way of one reply. */
export interface ReplyPassage {
  readonly pass: Passing;
  /** What comes after {@link pass}, where the rules want it. */
  readonly stage: DeepStage | undefined;
  /** What comes last, where the rules want it. */
  readonly links: LinkCleaner | undefined;
  /** Waits for what looks on. */
  end(): Promise<void>;
}

/** In monitor mode each check looks for itself, and stops looking after what it would have refused. */
const createWatch = (scope: InvocationScope, rules: ReplyRules, signal: AbortSignal): ReplyPassage => {
  const stage = deepStageOf(scope, rules, signal);
  const deep = stage && createDeepWatch(stage);
  const checks = createStreamCleaner(scope, {
    ...rules,
    redactor: undefined,
    content: undefined,
    exfiltration: undefined,
  });
  const links = rules.exfiltration && createLinkCleaner(scope, rules.exfiltration);
  const redaction = createStreamCleaner(scope, {
    ...rules,
    leakCheck: undefined,
    canary: undefined,
    offered: undefined,
  });
  let watchers: readonly ((event: ConverseStreamOutput) => void)[] = [
    checks.push,
    (event) => {
      const clean = redaction.push(event);
      deep?.push(clean);
      for (const each of clean) links?.push(each);
    },
  ];
  return {
    pass(event) {
      watchers = watchers.filter((watch) => checked(scope, () => [watch(event)]) !== undefined);
      return [event];
    },
    stage: undefined,
    links: undefined,
    end: async () => deep?.end(),
  };
};

const unwatched: ReplyPassage = { pass: (event) => [event], stage: undefined, links: undefined, end: async () => {} };

/**
 * The way of one reply.
 *
 * @param rulesOf What it is held against. In monitor mode a reply whose rules cannot be had goes by unwatched.
 * @param signal Ends with the call.
 */
export const createReplyPassage = (
  scope: InvocationScope,
  rulesOf: () => ReplyRules,
  signal: AbortSignal,
): ReplyPassage => {
  if (scope.monitor) return checked(scope, () => createWatch(scope, rulesOf(), signal)) ?? unwatched;
  const rules = rulesOf();
  return {
    ...unwatched,
    pass: createStreamCleaner(scope, rules).push,
    stage: deepStageOf(scope, rules, signal),
    links: rules.exfiltration && createLinkCleaner(scope, rules.exfiltration),
  };
};
