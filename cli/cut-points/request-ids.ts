/** A file of request ids, one a line: requests that were attacks, and count for nothing here. */

import { readFileSync } from 'node:fs';
import { codeOf } from '../logs/log-files.ts';
import { harmlessLine } from '../output.ts';
import type { UsageError } from '../usage-error.ts';

const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/; // a UUID

/** Reads ids. Empty lines and lines that begin with # are none. */
export const readRequestIds = (file: string): ReadonlySet<string> | UsageError => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { usage: `--attacks: ${harmlessLine(file)} cannot be read: ${codeOf(error)}` };
  }
  const ids = new Set<string>();
  for (const [index, line] of text.split('\n').entries()) {
    const id = line.trim().toLowerCase();
    if (id === '' || id.startsWith('#')) continue;
    if (!REQUEST_ID.test(id))
      return { usage: `--attacks: line ${index + 1} of ${harmlessLine(file)} is no request id` };
    ids.add(id);
  }
  return ids;
};
