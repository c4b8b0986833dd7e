/** Personal numbers of the countries of Europe. */

import type { Detector } from '../../types.ts';
import { AUSTRIAN_DETECTORS } from './at.ts';
import { BELGIAN_DETECTORS } from './be.ts';
import { SWISS_DETECTORS } from './ch.ts';
import { GERMAN_DETECTORS } from './de.ts';
import { DANISH_DETECTORS } from './dk.ts';
import { SPANISH_DETECTORS } from './es.ts';
import { FINNISH_DETECTORS } from './fi.ts';
import { FRENCH_DETECTORS } from './fr.ts';
import { IRISH_DETECTORS } from './ie.ts';
import { ITALIAN_DETECTORS } from './it.ts';
import { DUTCH_DETECTORS } from './nl.ts';
import { NORWEGIAN_DETECTORS } from './no.ts';
import { POLISH_DETECTORS } from './pl.ts';
import { PORTUGUESE_DETECTORS } from './pt.ts';
import { SWEDISH_DETECTORS } from './se.ts';
import { TURKISH_DETECTORS } from './tr.ts';
import { BRITISH_DETECTORS } from './uk.ts';

/** Detectors of Europe, a file a country. */
export const EUROPEAN_DETECTORS: readonly Detector[] = [
  ...AUSTRIAN_DETECTORS,
  ...BELGIAN_DETECTORS,
  ...BRITISH_DETECTORS,
  ...DANISH_DETECTORS,
  ...DUTCH_DETECTORS,
  ...FINNISH_DETECTORS,
  ...FRENCH_DETECTORS,
  ...GERMAN_DETECTORS,
  ...IRISH_DETECTORS,
  ...ITALIAN_DETECTORS,
  ...NORWEGIAN_DETECTORS,
  ...POLISH_DETECTORS,
  ...PORTUGUESE_DETECTORS,
  ...SPANISH_DETECTORS,
  ...SWEDISH_DETECTORS,
  ...SWISS_DETECTORS,
  ...TURKISH_DETECTORS,
];
