/**
 * Restoring in the shape of a redactor, so that whatever reads the framing of an answer for redaction reads it for this,
 * too: what it finds are stand-ins, and what it puts in their place are values.
 */

import type { Finding, Redactor } from '../redaction/index.ts';
import { restoredAnswer, restoredText } from './restored.ts';
import { createRestoring, type RestoredTexts } from './restoring.ts';
import type { StandInTable } from './table.ts';

const asItIs = (_entity: string, value: string): string => value;

/**
 * What restores the stand-ins of a table in an answer. Stand-ins in addresses of links stay.
 *
 * @param texts `'pieces'` for frames: who reads them looks at each text by itself, too, which may be a piece of one.
 */
export const createRestorer = (table: StandInTable, texts: RestoredTexts = 'whole'): Redactor => {
  const found = (text: string): readonly Finding[] => {
    const restoring = createRestoring({ table, put: asItIs, texts: 'whole' });
    restoring.end(text);
    return restoring.findings;
  };
  const restorer: Redactor = {
    detect: found,
    redact: (text) => ({ text: restoredText(table, text, 'kept'), findings: found(text) }),
    redactJson: (value) => ({
      value: restoredAnswer(table, value),
      findings: table.size === 0 ? [] : found(JSON.stringify(value) ?? ''),
    }),
    stream: (put = asItIs) => createRestoring({ table, put, texts }),
    placeholder: asItIs,
    reports: () => false,
    blocks: () => false,
    session: () => restorer,
  };
  return restorer;
};
