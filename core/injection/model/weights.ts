import type { PackedHead } from './built-in.ts';
import type { ChannelModel } from './model.ts';
export const detectionVersion = '2026-11-30.1';
const c = { english: { flag: 2, block: 3 }, latin: { flag: 2, block: 3 }, other: { flag: 2, block: 3 } };
export const CUTS: Readonly<Record<'user' | 'data', ChannelModel['cuts']>> = { user: c, data: c };
export const USER_HEAD: PackedHead = { weights: 'AAAA', scale: 1, bias: -5, window: 40, whole: 0.3 };
export const DATA_HEAD: PackedHead = { weights: 'AAAA', scale: 1, bias: -5, window: 40, whole: 0.3 };
