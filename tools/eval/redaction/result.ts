/** All that one run measures. */

import type { RowsResult } from './evaluate-rows.ts';
import type { BenignResult } from './false-positives.ts';
import type { Throughput } from './throughput.ts';

/** What was measured; what was not asked for, or could not be, is missing. */
export interface RedactionResult {
  readonly rows: RowsResult | undefined;
  readonly benign: BenignResult | undefined;
  readonly speed: readonly Throughput[];
}
