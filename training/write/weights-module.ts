/** The generated module that holds a trained model. */

import { writeFileSync } from 'node:fs';
import type { ChannelModel } from '../../core/injection/model/model.ts';
import type { PackedHead } from '../../core/injection/model/packed.ts';
import type { Channel } from '../../core/injection/types.ts';

const FILE = new URL('../../core/injection/model/weights.ts', import.meta.url);

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

import type { PackedHead } from './packed.ts';
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
