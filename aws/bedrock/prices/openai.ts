/** OpenAI's models that answer Converse; the older ones answer at the endpoint `bedrock-mantle` only. */

import type { PriceList } from '../../../core/quota/index.ts';

/** They keep a cache for half an hour, at one price, and fill it unasked. */
const caching = { automaticCaching: true, tiers: { flex: 0.5, priority: 2 } };

/**
 * At the prices of a Region or a geography, GPT-5.6 Sol without its promotion. Burn-down where AWS names the very model;
 * the others have none here.
 */
export const OPENAI: PriceList = {
  'openai.gpt-5.6-sol': {
    input: 5.5,
    output: 33,
    cacheRead: 0.55,
    cacheWrite: 6.875,
    cacheWrite1h: 6.875,
    longContext: { above: 272_000, input: 11, output: 49.5, cacheRead: 1.1, cacheWrite: 13.75, cacheWrite1h: 13.75 },
    ...caching,
    outputBurnDown: 10,
  },
  'openai.gpt-5.6-terra': {
    input: 2.2,
    output: 13.2,
    cacheRead: 0.22,
    cacheWrite: 2.75,
    cacheWrite1h: 2.75,
    longContext: { above: 272_000, input: 4.4, output: 19.8, cacheRead: 0.44, cacheWrite: 5.5, cacheWrite1h: 5.5 },
    ...caching,
    outputBurnDown: 10,
  },
  'openai.gpt-5.6-luna': {
    input: 0.22,
    output: 1.32,
    cacheRead: 0.022,
    cacheWrite: 0.275,
    cacheWrite1h: 0.275,
    longContext: { above: 272_000, input: 0.44, output: 1.98, cacheRead: 0.044, cacheWrite: 0.55, cacheWrite1h: 0.55 },
    ...caching,
    outputBurnDown: 10,
  },
  'openai.gpt-6-astra': {
    input: 11,
    output: 55,
    cacheRead: 1.1,
    cacheWrite: 13.75,
    cacheWrite1h: 13.75,
    longContext: { above: 272_000, input: 22, output: 82.5, cacheRead: 2.2, cacheWrite: 27.5, cacheWrite1h: 27.5 },
    ...caching,
    outputBurnDown: 10,
  },
  'openai.gpt-6-sol': {
    input: 2.2,
    output: 11,
    cacheRead: 0.22,
    cacheWrite: 2.75,
    cacheWrite1h: 2.75,
    longContext: { above: 272_000, input: 4.4, output: 16.5, cacheRead: 0.44, cacheWrite: 5.5, cacheWrite1h: 5.5 },
    ...caching,
  },
  'openai.gpt-6-luna': {
    input: 0.11,
    output: 0.55,
    cacheRead: 0.011,
    cacheWrite: 0.1375,
    cacheWrite1h: 0.1375,
    longContext: {
      above: 272_000,
      input: 0.22,
      output: 0.825,
      cacheRead: 0.022,
      cacheWrite: 0.275,
      cacheWrite1h: 0.275,
    },
    ...caching,
  },
  'openai.gpt-6.1-sol': {
    input: 2.2,
    output: 11,
    cacheRead: 0.11,
    cacheWrite: 2.75,
    cacheWrite1h: 2.75,
    longContext: { above: 272_000, input: 4.4, output: 16.5, cacheRead: 0.22, cacheWrite: 5.5, cacheWrite1h: 5.5 },
    ...caching,
  },
};
