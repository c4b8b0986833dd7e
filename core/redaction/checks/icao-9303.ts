/** Check digits of travel documents (ICAO 9303, part 3, 4.9). */

import { weightedSum } from './weighted.ts';

/** Whether the last of `text` is the check digit of the letters and digits before it: weights 7, 3, 1, modulo 10. */
export const passesIcao = (text: string): boolean =>
  weightedSum(text.slice(0, -1), [7, 3, 1]) % 10 === Number(text.slice(-1));
