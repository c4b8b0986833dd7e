/** What the audit log keeps of content, and where. */

import type { LogGroupSink } from '../../aws/telemetry/log-group-sink.ts';
import { type ContentDigester, digestContent } from '../../core/audit/content-digest.ts';
import { type Body, type RedactedContent, redactContent } from '../../core/audit/content-redaction.ts';
import { contentTexts } from '../../core/audit/content-texts.ts';
import type { KeptContent, RecordedContent } from '../../core/audit/record.ts';
import type { Redactor } from '../../core/redaction/index.ts';

/** How content is kept: digests of it in the record, or a sample of it, without private values, in a group of its own. */
export type ContentOptions =
  | { readonly mode: 'digest'; readonly digester: ContentDigester }
  | {
      readonly mode: 'redacted';
      /** Should find all that is private. */
      readonly redactor: Redactor;
      /** Where it goes, and nowhere else. */
      readonly sink: LogGroupSink;
      /** Share of requests, 0..1. */
      readonly sampleRate: number;
      /** Most of a body that is kept, in UTF-16 units. */
      readonly maxUnits: number;
      /** From 0 (inclusive) to 1 (exclusive). @default Math.random */
      readonly random?: () => number;
    };

/** Both directions of a request; `undefined` where a body is no text. */
export interface Bodies {
  readonly sent: Body | undefined;
  readonly left: Body | undefined;
}

/** What is kept of one request: for its record, and for the group for content. */
export interface Kept {
  readonly recorded?: RecordedContent;
  readonly content?: Pick<KeptContent, 'in' | 'out'>;
}

const textsOf = (body: Body | undefined): readonly string[] | undefined => {
  if (body === undefined || body.isCut) return undefined;
  try {
    return contentTexts(body.text, body.kind);
  } catch {
    return undefined;
  }
};

/** Keeps what the options say. What cannot be redacted, or read, is left out. */
export const keepContent = (options: ContentOptions, bodies: () => Bodies): Kept => {
  if (options.mode === 'digest') {
    const { sent, left } = bodies();
    return { recorded: digestContent(options.digester, textsOf(sent), textsOf(left)) };
  }
  const { redactor, sampleRate, maxUnits, random = Math.random } = options;
  const sampled = random() < sampleRate;
  if (!sampled) return { recorded: { mode: 'redacted', sampled } };
  const { sent, left } = bodies();
  const session = redactor.session();
  const clean = (body: Body | undefined): RedactedContent | undefined =>
    body === undefined || body.text === '' ? undefined : redactContent(session, body, maxUnits);
  return { recorded: { mode: 'redacted', sampled }, content: { in: clean(sent), out: clean(left) } };
};
