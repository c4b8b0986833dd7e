/** A redactor that leaves stand-ins alone: in `postgres://app:SECRET_…@db` one stands where any word is a password. */

import type { Redactor } from '../redaction/index.ts';
import type { StandInTable } from './table.ts';

/**
 * `redactor`, but for values that are a stand-in of `table` and nothing else: they stay, and are found all the same. JSON
 * values are redacted as ever.
 */
export const sparingStandIns = (redactor: Redactor, table: StandInTable): Redactor => {
  const placeholder = (entity: string, value: string): string =>
    table.has(value) ? value : redactor.placeholder(entity, value);
  return {
    ...redactor,
    redact(text) {
      const stream = redactor.stream(placeholder);
      const redacted = stream.end(text);
      return { text: stream.findings.length === 0 ? text : redacted, findings: stream.findings };
    },
    stream: (number = placeholder, lead = '') => redactor.stream(number, lead),
    placeholder,
    session: () => sparingStandIns(redactor.session(), table),
  };
};
