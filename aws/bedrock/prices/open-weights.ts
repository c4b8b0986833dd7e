/** Models with open weights that Bedrock sells in its Regions, at prices that differ by Region. */

import type { ModelPrice, PriceList } from '../../../core/quota/index.ts';

/**
 * What the dearest Region, London, takes against those of the US: 1.55 to 1.57 for every model whose price there was
 * found (MiniMax M2.1 and M2.5, Qwen3 Coder Next). Other Regions take between 1.03 and 1.21 times as much.
 */
const DEAREST_REGION = 1.57;

/** Source: AWS Price List, `gpt-oss-20b` in the tiers `flex` and `priority` against the standard price. */
const tiers = { flex: 0.5, priority: 1.75 };

/** A price in the dearest Region, from those in the US. They have no prompt cache to write to. */
const openWeights = (usInput: number, usOutput: number): ModelPrice => ({
  input: Number((usInput * DEAREST_REGION).toFixed(5)),
  output: Number((usOutput * DEAREST_REGION).toFixed(5)),
  tiers,
  outputBurnDown: 1,
});

/** US prices of input and output, taken to the dearest Region. */
export const OPEN_WEIGHTS: PriceList = {
  'deepseek.v3-v1:0': openWeights(0.58, 1.68),
  'deepseek.v3.2': openWeights(0.62, 1.85),
  'google.gemma-3-4b-it': openWeights(0.04, 0.08),
  'google.gemma-3-12b-it': openWeights(0.09, 0.29),
  'google.gemma-3-27b-it': openWeights(0.23, 0.38),
  'minimax.minimax-m2': openWeights(0.3, 1.2),
  'minimax.minimax-m2.1': openWeights(0.3, 1.2),
  'minimax.minimax-m2.5': openWeights(0.3, 1.2),
  'mistral.devstral-2-123b': openWeights(0.4, 2),
  'mistral.magistral-small-2509': openWeights(0.5, 1.5),
  'mistral.ministral-3-3b-instruct': openWeights(0.1, 0.1),
  'mistral.ministral-3-8b-instruct': openWeights(0.15, 0.15),
  'mistral.ministral-3-14b-instruct': openWeights(0.2, 0.2),
  'mistral.mistral-large-3-675b-instruct': openWeights(0.5, 1.5),
  'mistral.voxtral-mini-3b-2507': openWeights(0.04, 0.04),
  'mistral.voxtral-small-24b-2507': openWeights(0.1, 0.3),
  'moonshot.kimi-k2-thinking': openWeights(0.6, 2.5),
  'moonshotai.kimi-k2.5': openWeights(0.6, 3.03),
  'nvidia.nemotron-nano-9b-v2': openWeights(0.06, 0.23),
  'nvidia.nemotron-nano-12b-v2': openWeights(0.2, 0.6),
  'nvidia.nemotron-nano-3-30b': openWeights(0.06, 0.24),
  'nvidia.nemotron-super-3-120b': openWeights(0.15, 0.65),
  'openai.gpt-oss-20b-1:0': openWeights(0.07, 0.3),
  'openai.gpt-oss-120b-1:0': openWeights(0.15, 0.6),
  'openai.gpt-oss-safeguard-20b': openWeights(0.07, 0.3),
  'openai.gpt-oss-safeguard-120b': openWeights(0.15, 0.6),
  'qwen.qwen3-32b-v1:0': openWeights(0.15, 0.6),
  'qwen.qwen3-235b-a22b-2507-v1:0': openWeights(0.22, 0.88),
  'qwen.qwen3-coder-30b-a3b-v1:0': openWeights(0.15, 0.6),
  'qwen.qwen3-coder-480b-a35b-v1:0': openWeights(0.45, 1.8),
  'qwen.qwen3-coder-next': openWeights(0.5, 1.2),
  'qwen.qwen3-next-80b-a3b': openWeights(0.15, 1.2),
  'qwen.qwen3-vl-235b-a22b': openWeights(0.53, 2.66),
  'zai.glm-4.7': openWeights(0.6, 2.2),
  'zai.glm-4.7-flash': openWeights(0.07, 0.4),
  'zai.glm-5': openWeights(1, 3.2),
};
