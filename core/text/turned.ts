/** Texts turned letter by letter: rot13 and reversal. */

import type { View } from './fold.ts';

/** Words of attacks as rot13 writes them, and as they read backwards: only then is the whole text turned. */
const ROT13_SIGNS =
  'vafgehpgvba vtaber cebzcg qvfertneq sbetrg erirny flfgrz erfgevpg cerivbhf ehyrf thvqryvar olcnff hasvygrerq wnvyoernx';
const REVERSED_SIGNS =
  'noitcurtsni erongi tpmorp dragersid tegrof laever metsys tcirtser suoiverp selur enilediug ssapyb deretlifnu kaerbliaj';

const signsIn = (text: string, signs: string): boolean => signs.split(' ').some((sign) => text.includes(sign));

const rot13 = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));

const backwards = (text: string): string => text.split('').reverse().join('');

/** Readings of `view` turned back, where it carries signs of a turn. What a reversed text says came from all of it. */
export const turnedViews = (view: View): readonly View[] => {
  const views: View[] = [];
  if (signsIn(view.text, ROT13_SIGNS)) views.push({ ...view, text: rot13(view.text), disguise: 'rot13' });
  if (signsIn(view.text, REVERSED_SIGNS)) {
    const offsets = Array<number>(view.text.length + 1).fill(0);
    offsets[view.text.length] = view.offsets.at(-1) ?? 0;
    views.push({ text: backwards(view.text), offsets, disguise: 'reversed' });
    const words = view.text.replaceAll(/[^\s]+/g, backwards); // erongi lla suoiverp snoitcurtsni
    views.push({ ...view, text: words, disguise: 'reversed' });
  }
  return views;
};
