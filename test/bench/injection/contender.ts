/** What is measured: ways to judge a text, behind one face. */

import type { Channel, Verdict } from '../../../core/injection/index.ts';

/** Judges a text. A peer that knows two answers only never flags. */
export type Check = (text: string, channel: Channel) => Verdict | Promise<Verdict>;

/** A way to judge texts. */
export interface Contender {
  /** Of the package. */
  readonly name: string;
  /**
   * Imports it.
   *
   * @returns What makes a screen of it.
   */
  load(): Promise<() => Check | Promise<Check>>;
}

/** What the columns are measured against. */
export const OWN = 'bedrock-bulwark';

/** This kit's screen, with its defaults. */
export const bulwark: Contender = {
  name: OWN,
  async load() {
    const { createInjectionScreen } = await import('../../../core/injection/index.ts');
    return () => {
      const { screen } = createInjectionScreen();
      return (text, channel) => screen(text, { channel }).verdict;
    };
  },
};
