/** A stream that is said to be text, or said to be nothing: its beginning tells whether it is server-sent events. */

import { createFramedRedactor, type FramedRedactor, type Redactor } from '../../core/redaction/index.ts';

/** What a line of server-sent events begins with (WHATWG HTML, section 9.2.6). */
const FIELDS = ['data:', 'event:', 'id:', 'retry:', ':'];

/** Redacts text, by its framing where it turns out to have one. Nothing is held back for that but what may be a field. */
export const redactSniffedText = (redactor: Redactor): FramedRedactor => {
  let begun = '';
  let chosen: FramedRedactor | undefined;

  const choose = (final: boolean): FramedRedactor | undefined => {
    const start = begun.replace(/^\uFEFF/, '');
    if (FIELDS.some((field) => start.startsWith(field))) return createFramedRedactor(redactor, 'sse');
    const open = !final && FIELDS.some((field) => field.startsWith(start));
    return open ? undefined : createFramedRedactor(redactor, 'text');
  };

  const push = (chunk: string, final: boolean): string => {
    if (chosen !== undefined) return chosen.push(chunk);
    begun += chunk;
    chosen = choose(final);
    return chosen?.push(begun) ?? '';
  };

  return {
    push: (chunk) => push(chunk, false),
    end: () => push('', true) + (chosen?.end() ?? ''),
    get findings() {
      return chosen?.findings ?? [];
    },
  };
};
