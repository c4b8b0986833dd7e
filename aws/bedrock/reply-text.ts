/** The model's words on their way to the handler: marks are taken out of them, and leaks end them. */

import type { InvocationScope } from '../invocation-scope.ts';
import { canaryLeaked, promptLeaked, type ReplyRules } from './clean-reply.ts';

/** Words that come in pieces. */
export interface ReplyText {
  /**
   * What can be passed on after one more piece.
   *
   * @throws BulwarkError `output_blocked` for a leak.
   */
  push(piece: string): string;
  /** What was held back: here a text ends. A leak goes on from one text to the next. The same errors. */
  flush(): string;
}

/** Words of one reply. */
export const createReplyText = (
  scope: InvocationScope,
  { spotlight, canary, leakCheck }: Pick<ReplyRules, 'spotlight' | 'canary' | 'leakCheck'>,
): ReplyText => {
  const unmarking = spotlight?.stream();
  const canaries = canary?.check.stream();
  const leaks = leakCheck?.stream();

  const assertUnleaked = (): void => {
    if (canaries?.leaked === true) throw canaryLeaked(scope);
    if (leaks?.leaked === true) throw promptLeaked(scope);
  };

  return {
    push(piece) {
      const unmarked = unmarking?.push(piece) ?? piece;
      const unsaid = canaries?.push(unmarked) ?? unmarked;
      const passed = leaks?.push(unsaid) ?? unsaid;
      assertUnleaked();
      return passed;
    },
    flush() {
      const unmarked = unmarking?.flush() ?? '';
      const unsaid = canaries === undefined ? unmarked : canaries.push(unmarked) + canaries.flush();
      const passed = leaks === undefined ? unsaid : leaks.push(unsaid) + leaks.flush();
      assertUnleaked();
      return passed;
    },
  };
};
