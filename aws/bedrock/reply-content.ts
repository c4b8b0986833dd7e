/** What is taken out of the model's words besides private values, as it is recorded and refused. */

import type { ContentFinding, ContentPolicy, ContentStream } from '../../core/content/index.ts';
import { BulwarkError } from '../../core/errors.ts';
import type { ExfiltrationFilter, ExfiltrationFinding } from '../../core/exfiltration/index.ts';
import type { Finding, Redactor } from '../../core/redaction/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';

const outputBlocked = ({ record }: InvocationScope, reason: string): BulwarkError => {
  record.count('OutputsBlocked');
  return new BulwarkError('output_blocked', { reason });
};

const kindOf = ({ kind, language }: ContentFinding): string => (language === undefined ? kind : `${kind}:${language}`);

/**
 * Records what a content policy found.
 *
 * @throws BulwarkError `output_blocked` where the policy blocks it.
 */
export const recordContent = (scope: InvocationScope, findings: readonly ContentFinding[]): void => {
  if (findings.length === 0) return;
  scope.record.removed('ContentRemoved', findings.map(kindOf));
  if (findings.some(({ action }) => action === 'block')) throw outputBlocked(scope, 'content');
};

/** Records what an exfiltration filter found. The same error. */
export const recordExfiltration = (scope: InvocationScope, findings: readonly ExfiltrationFinding[]): void => {
  if (findings.length === 0) return;
  const kinds = findings.map(({ kind }) => kind);
  scope.record.removed(
    'LinksRemoved',
    kinds.filter((kind) => kind !== 'invisible'),
  );
  scope.record.removed(
    'InvisibleRemoved',
    kinds.filter((kind) => kind === 'invisible'),
  );
  if (findings.some(({ action }) => action === 'block')) throw outputBlocked(scope, 'exfiltration');
};

/** Records what a redactor found. The same error, where the mode of an entity is `block`. */
export const recordRedaction = (scope: InvocationScope, redactor: Redactor, findings: readonly Finding[]): void => {
  scope.record.redacted(findings);
  if (redactor.blocks(findings)) throw outputBlocked(scope, 'redaction');
};

/** A text less what the content policy takes out. The same error. */
export const withoutContent = (scope: InvocationScope, policy: ContentPolicy | undefined, text: string): string => {
  if (policy === undefined) return text;
  const clean = policy.filter(text);
  recordContent(scope, clean.findings);
  return clean.text;
};

/** A text less what is invisible. The same error. */
export const withoutInvisible = (
  scope: InvocationScope,
  filter: ExfiltrationFilter | undefined,
  text: string,
): string => {
  if (filter === undefined) return text;
  const stream = filter.visible();
  const clean = stream.end(text);
  recordExfiltration(scope, stream.findings);
  return clean;
};

/** A text on its way, and what is done with what was found. */
export interface RecordedStream {
  push(piece: string): string;
  end(piece: string): string;
}

const recorded = <Finding>(
  scope: InvocationScope,
  stream: Pick<ContentStream, 'push' | 'end'> & { fresh(): readonly Finding[] },
  record: (scope: InvocationScope, findings: readonly Finding[]) => void,
): RecordedStream => {
  const passed = (text: string): string => {
    record(scope, stream.fresh());
    return text;
  };
  return { push: (piece) => passed(stream.push(piece)), end: (piece) => passed(stream.end(piece)) };
};

/** {@link withoutContent} for a text in pieces. */
export const contentStream = (scope: InvocationScope, policy: ContentPolicy): RecordedStream =>
  recorded(scope, policy.stream(), recordContent);

/** {@link withoutInvisible} for a text in pieces. */
export const visibleStream = (scope: InvocationScope, filter: ExfiltrationFilter): RecordedStream =>
  recorded(scope, filter.visible(), recordExfiltration);

/** What carries data out taken out of a text in pieces. */
export const exfiltrationStream = (scope: InvocationScope, filter: ExfiltrationFilter): RecordedStream =>
  recorded(scope, filter.stream(), recordExfiltration);
