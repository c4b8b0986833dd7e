/**
 * Every way past the Bedrock edge that we know, by class: each leads past a bare client, and none past a guarded one. The
 * command `npm run check:removal` shows that none of the checks is there for show.
 */

import { describe, expect, test } from 'vitest';
import { guardClient } from '../../../../../aws/bedrock/index.ts';
import { PROBES } from './index.ts';
import { bare } from './probe.ts';

describe.each(Object.entries(PROBES))('%s', (_, probes) => {
  test.each(probes)('$name', async ({ attempt }) => {
    expect([await attempt(bare), await attempt(guardClient)]).toEqual(['through', 'held']);
  });
});
