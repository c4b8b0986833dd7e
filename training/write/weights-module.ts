/** The generated module that holds a trained model. */

import { writeFileSync } from 'node:fs';
import type { PackedHead } from '../../core/injection/model/built-in.ts';
import type { ChannelModel } from '../../core/injection/model/model.ts';
import type { Channel } from '../../core/injection/types.ts';
import type { Learned } from '../learn/learner.ts';

const FILE = new URL('../../core/injection/model/weights.ts', import.meta.url);

const LARGEST = 127;
/** Share of weights that may be cut off at the largest number: a few of them must not make all others coarse. */
const CUT_OFF = 0.0002;

/** Weights as bytes. */
export const quantised = ({ weights, bias, options }: Learned): ChannelModel['head'] => {
  const sizes = weights.map(Math.abs).sort();
  const largest = sizes[Math.floor(sizes.length * (1 - CUT_OFF))] || 1;
  const scale = largest / LARGEST;
  const bytes = Int8Array.from(weights, (weight) => Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight / scale))));
  return { weights: bytes, scale, bias, window: options.window, whole: options.whole };
};

const packed = ({ weights, ...rest }: ChannelModel['head']): PackedHead => ({
  ...rest,
  weights: Buffer.from(weights.buffer, weights.byteOffset, weights.length).toString('base64'),
});

const literal = (value: unknown): string => JSON.stringify(value, null, 2);

/** Writes the module. @param version `detectionVersion` of rules and model together. */
export const writeWeights = (models: Readonly<Record<Channel, ChannelModel>>, version: string): void => {
  const { user, data } = models;
  writeFileSync(
    FILE,
    `/** Made by \`npm run train\`: not to be edited. What it is, and how good: README.md beside it. */

import type { PackedHead } from './built-in.ts';
import type { ChannelModel } from './model.ts';

/** Version of rules and weights: findings of two versions are not to be compared. */
export const detectionVersion = '${version}';

/** Log-odds of the cut points, by channel and group of languages. */
export const CUTS: Readonly<Record<'user' | 'data', ChannelModel['cuts']>> = ${literal({ user: user.cuts, data: data.cuts })};

/** Head of the user channel. */
export const USER_HEAD: PackedHead = ${literal(packed(user.head))};

/** Head of the data channel. */
export const DATA_HEAD: PackedHead = ${literal(packed(data.head))};
`,
  );
};
