/** Personal data of countries outside of Europe. */

import type { Detector } from '../../types.ts';
import { AUSTRALIAN_DETECTORS } from './au.ts';
import { BRAZILIAN_DETECTORS } from './br.ts';
import { CANADIAN_DETECTORS } from './ca.ts';
import { EAST_ASIAN_DETECTORS } from './east-asia.ts';
import { ISRAELI_DETECTORS } from './il.ts';
import { INDIAN_DETECTORS } from './in.ts';
import { KOREAN_DETECTORS } from './kr.ts';
import { LATIN_AMERICAN_DETECTORS } from './latin-america.ts';
import { NIGERIAN_DETECTORS } from './ng.ts';
import { NEW_ZEALAND_DETECTORS } from './nz.ts';
import { PHILIPPINE_DETECTORS } from './ph.ts';
import { SINGAPOREAN_DETECTORS } from './sg.ts';
import { SOUTH_EAST_ASIAN_DETECTORS } from './south-east-asia.ts';
import { THAI_DETECTORS } from './th.ts';
import { US_DETECTORS } from './us.ts';
import { SOUTH_AFRICAN_DETECTORS } from './za.ts';

/** Detectors of the Americas, Asia, Africa and Oceania. */
export const BEYOND_EUROPE_DETECTORS: readonly Detector[] = [
  ...US_DETECTORS,
  ...CANADIAN_DETECTORS,
  ...BRAZILIAN_DETECTORS,
  ...LATIN_AMERICAN_DETECTORS,
  ...INDIAN_DETECTORS,
  ...KOREAN_DETECTORS,
  ...EAST_ASIAN_DETECTORS,
  ...SINGAPOREAN_DETECTORS,
  ...SOUTH_EAST_ASIAN_DETECTORS,
  ...THAI_DETECTORS,
  ...PHILIPPINE_DETECTORS,
  ...ISRAELI_DETECTORS,
  ...NIGERIAN_DETECTORS,
  ...SOUTH_AFRICAN_DETECTORS,
  ...AUSTRALIAN_DETECTORS,
  ...NEW_ZEALAND_DETECTORS,
];
