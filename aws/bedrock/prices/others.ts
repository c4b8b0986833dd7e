/** Models of Meta, Mistral, Cohere, AI21, Writer and DeepSeek R1, which have one tier and no prompt cache. */

import type { PriceList } from '../../../core/quota/index.ts';

/** At the dearest price that was found; of those sold in the US alone, the price there. */
export const OTHERS: PriceList = {
  'ai21.jamba-1-5-large-v1:0': { input: 2, output: 8, outputBurnDown: 1 },
  'ai21.jamba-1-5-mini-v1:0': { input: 0.2, output: 0.4, outputBurnDown: 1 },
  'cohere.command-r-v1:0': { input: 0.5, output: 1.5, outputBurnDown: 1 },
  'cohere.command-r-plus-v1:0': { input: 3, output: 15, outputBurnDown: 1 },
  'deepseek.r1-v1:0': { input: 1.35, output: 5.4, outputBurnDown: 1 },
  'meta.llama3-8b-instruct-v1:0': { input: 0.5, output: 1.01, outputBurnDown: 1 },
  'meta.llama3-70b-instruct-v1:0': { input: 4.45, output: 5.88, outputBurnDown: 1 },
  'meta.llama3-1-8b-instruct-v1:0': { input: 0.22, output: 0.22, outputBurnDown: 1 },
  'meta.llama3-1-70b-instruct-v1:0': { input: 0.99, output: 0.99, outputBurnDown: 1 },
  'meta.llama3-1-405b-instruct-v1:0': { input: 5.32, output: 16, outputBurnDown: 1 },
  'meta.llama3-2-1b-instruct-v1:0': { input: 0.13, output: 0.13, outputBurnDown: 1 },
  'meta.llama3-2-3b-instruct-v1:0': { input: 0.19, output: 0.19, outputBurnDown: 1 },
  'meta.llama3-2-11b-instruct-v1:0': { input: 0.35, output: 0.35, outputBurnDown: 1 },
  'meta.llama3-2-90b-instruct-v1:0': { input: 2, output: 2, outputBurnDown: 1 },
  'meta.llama3-3-70b-instruct-v1:0': { input: 0.72, output: 0.72, outputBurnDown: 1 },
  'meta.llama4-scout-17b-instruct-v1:0': { input: 0.17, output: 0.66, outputBurnDown: 1 },
  'meta.llama4-maverick-17b-instruct-v1:0': { input: 0.24, output: 0.97, outputBurnDown: 1 },
  'mistral.mistral-7b-instruct-v0:2': { input: 0.2, output: 0.26, outputBurnDown: 1 },
  'mistral.mixtral-8x7b-instruct-v0:1': { input: 0.59, output: 0.91, outputBurnDown: 1 },
  'mistral.mistral-small-2402-v1:0': { input: 1, output: 3, outputBurnDown: 1 },
  'mistral.mistral-large-2402-v1:0': { input: 10.4, output: 31.2, outputBurnDown: 1 },
  'mistral.mistral-large-2407-v1:0': { input: 3, output: 9, outputBurnDown: 1 },
  'mistral.pixtral-large-2502-v1:0': { input: 2, output: 6, outputBurnDown: 1 },
  'writer.palmyra-x4-v1:0': { input: 2.5, output: 10, outputBurnDown: 1 },
  'writer.palmyra-x5-v1:0': { input: 0.6, output: 6, outputBurnDown: 1 },
};
