/** The model's words on their way to the handler: marks and what the policy bars are taken out, and leaks end them. */

import type { InvocationScope } from '../invocation-scope.ts';
import { canaryLeaked, promptLeaked, type ReplyRules } from './clean-reply.ts';
import { contentStream, type RecordedStream } from './reply-content.ts';

/** Words that come in pieces. */
export interface ReplyText {
  /**
   * What can be passed on after one more piece.
   *
   * @throws BulwarkError `output_blocked` for a leak, and for what the content policy blocks.
   */
  push(piece: string): string;
  /** What was held back: here a text ends. A leak goes on from one text to the next. The same errors. */
  flush(): string;
}

/** Words of one reply. */
export const createReplyText = (
  scope: InvocationScope,
  { spotlight, canary, leakCheck, content }: Pick<ReplyRules, 'spotlight' | 'canary' | 'leakCheck' | 'content'>,
): ReplyText => {
  const unmarking = spotlight?.stream();
  let contents: RecordedStream | undefined;
  const canaries = canary?.check.stream();
  const leaks = leakCheck?.stream();

  const assertUnleaked = (): void => {
    if (canaries?.leaked === true) throw canaryLeaked(scope);
    if (leaks?.leaked === true) throw promptLeaked(scope);
  };

  return {
    push(piece) {
      const unmarked = unmarking?.push(piece) ?? piece;
      if (content !== undefined) contents ??= contentStream(scope, content);
      const said = contents?.push(unmarked) ?? unmarked;
      const unsaid = canaries?.push(said) ?? said;
      const passed = leaks?.push(unsaid) ?? unsaid;
      assertUnleaked();
      return passed;
    },
    flush() {
      const unmarked = unmarking?.flush() ?? '';
      const said = contents?.end(unmarked) ?? unmarked;
      contents = undefined;
      const unsaid = canaries === undefined ? said : canaries.push(said) + canaries.flush();
      const passed = leaks === undefined ? unsaid : leaks.push(unsaid) + leaks.flush();
      assertUnleaked();
      return passed;
    },
  };
};
