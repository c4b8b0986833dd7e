/** The built-in model, read from its generated module when it is first needed. */

import type { Head } from './head.ts';
import type { Models } from './model.ts';
import type { PackedHead } from './packed.ts';
import { CUTS, DATA_HEAD, USER_HEAD } from './weights.ts';

const unpacked = ({ weights, ...rest }: PackedHead): Head => {
  const bytes = Buffer.from(weights, 'base64');
  return { ...rest, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
};

let models: Models | undefined;

/** The model that `training/` made. */
export const builtInModels = (): Models => {
  models ??= {
    user: { head: unpacked(USER_HEAD), cuts: CUTS.user },
    data: { head: unpacked(DATA_HEAD), cuts: CUTS.data },
  };
  return models;
};
