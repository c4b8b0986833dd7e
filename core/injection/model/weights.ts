import type { PackedHead } from './packed.ts';
import type { ChannelModel } from './model.ts';
export const detectionVersion = '2026-11-30.1';
const p = { flag: 2, block: 3 };
const c = { english: p, latin: p, cyrillic: p, arabic: p, devanagari: p, cjk: p, other: p };
export const CUTS: Readonly<Record<'user' | 'data', ChannelModel['cuts']>> = { user: c, data: c };
export const USER_HEAD: PackedHead = { weights: 'AAAA', scale: 1, bias: -5, parts: 'windows', window: 40, whole: 0.3 };
export const DATA_HEAD: PackedHead = { weights: 'AAAA', scale: 1, bias: -5, parts: 'windows', window: 40, whole: 0.3 };
