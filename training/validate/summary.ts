/** A validation in some numbers: sources as a mean and the worst, harmless texts by kind. */

import type { LanguageGroup } from '../../core/injection/model/language.ts';
import { BLOCK_SCORE, type ChannelModel, FLAG_SCORE } from '../../core/injection/model/model.ts';
import { type Example, type Kind, OWN } from '../examples/example.ts';
import { combined } from './cuts.ts';
import { shareFrom } from './metrics.ts';
import type { Scored } from './out-of-fold.ts';
import { rowsBySource } from './report.ts';

/** Shares of a set of texts. */
export interface Shares {
  readonly texts: number;
  readonly flagged: number;
  readonly blocked: number;
}

/** What the model's page says first. */
export interface Summary {
  /** Harmless texts by kind. */
  readonly harmless: readonly (Shares & { readonly kind: Kind })[];
  /** Harmless texts and attacks by group of languages. */
  readonly languages: readonly {
    readonly language: LanguageGroup;
    readonly attacks: Shares;
    readonly harmless: Shares;
  }[];
  /** Attacks of sources by other hands, each left out whole: the mean over sources, and the worst. */
  readonly foreign: Spread;
  /** The project's own attacks, an eighth left out at a time: the mean over files, and the worst. */
  readonly own: Spread;
}

/** A mean over sources, and the worst of them. */
export interface Spread {
  readonly sources: number;
  readonly texts: number;
  readonly flagged: number;
  readonly blocked: number;
  readonly auc: number;
  readonly worst: { readonly source: string; readonly flagged: number };
}

/** Fewest attacks of a source that counts. */
const ENOUGH = 25;

const isOwn = ({ group }: Pick<Example, 'group'>): boolean => group === OWN;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const spreadOf = (scored: readonly Scored[], own: boolean, cuts: ChannelModel['cuts']): Spread => {
  const sources = new Set(
    scored
      .filter(({ item }) => item.example.isAttack && isOwn(item.example) === own)
      .map(({ item }) => item.example.source),
  );
  const rows = rowsBySource(scored, cuts).filter(
    ({ source, attacks }) => attacks >= ENOUGH && [...sources].some((each) => each.startsWith(source)),
  );
  const [worst] = [...rows].sort((a, b) => a.flagged - b.flagged);
  return {
    sources: rows.length,
    texts: rows.reduce((sum, { attacks }) => sum + attacks, 0),
    flagged: mean(rows.map(({ flagged }) => flagged)),
    blocked: mean(rows.map(({ blocked }) => blocked)),
    auc: mean(rows.map(({ auc }) => auc)),
    worst: { source: worst?.source ?? '', flagged: worst?.flagged ?? Number.NaN },
  };
};

/** Sums up what models that did not see a text's source said of it. */
export const summaryOf = (scored: readonly Scored[], cuts: ChannelModel['cuts']): Summary => {
  const sharesOf = (texts: readonly Scored[]): Shares => {
    const scores = texts.map((each) => combined(each, cuts[each.language]));
    return { texts: texts.length, flagged: shareFrom(scores, FLAG_SCORE), blocked: shareFrom(scores, BLOCK_SCORE) };
  };
  const harmless = scored.filter(({ item }) => !item.example.isAttack);
  const attacks = scored.filter(({ item }) => item.example.isAttack);
  return {
    harmless: [...Map.groupBy(harmless, ({ item }) => item.example.kind)].map(([kind, texts]) => ({
      kind,
      ...sharesOf(texts),
    })),
    languages: [...Map.groupBy(scored, ({ language }) => language).keys()].map((language) => ({
      language,
      attacks: sharesOf(attacks.filter((each) => each.language === language)),
      harmless: sharesOf(harmless.filter((each) => each.language === language)),
    })),
    foreign: spreadOf(scored, false, cuts),
    own: spreadOf(scored, true, cuts),
  };
};
