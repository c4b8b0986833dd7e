/** The table of a validation: by source, what is found and what is taken for an attack by mistake. */

import type { LanguageGroup } from '../../core/injection/model/language.ts';
import type { ChannelModel } from '../../core/injection/model/model.ts';
import { BLOCK_SCORE, FLAG_SCORE } from '../../core/injection/model/model.ts';
import type { Example } from '../examples/example.ts';
import { combined } from './cuts.ts';
import { auc, shareFrom } from './metrics.ts';
import type { Scored } from './out-of-fold.ts';

/** One source. Shares are NaN where it has no text of that kind. */
export interface SourceRow {
  readonly source: string;
  readonly attacks: number;
  readonly harmless: number;
  /** Of its attacks against the harmless texts of all sources in the same group of languages. */
  readonly auc: number;
  readonly flagged: number;
  readonly blocked: number;
  readonly wronglyFlagged: number;
  readonly wronglyBlocked: number;
}

/** Files of one folder and language count as one source. */
const nameOf = ({ source }: Example): string =>
  source
    .split('/')
    .slice(0, source.includes('/en/') ? 3 : 2)
    .join('/');

/** The group of languages of most texts. */
const mostly = (texts: readonly Scored[]): LanguageGroup => {
  const counts = [...Map.groupBy(texts, ({ language }) => language)].sort((a, b) => b[1].length - a[1].length);
  return counts[0]?.[0] ?? 'english';
};

/** Rows by source, in order of their names. */
export const rowsBySource = (scored: readonly Scored[], cuts: ChannelModel['cuts']): readonly SourceRow[] => {
  const scoreOf = (each: Scored): number => combined(each, cuts[each.language]);
  const harmlessIn = Map.groupBy(
    scored.filter(({ item }) => !item.example.isAttack),
    ({ language }) => language,
  );
  return [...Map.groupBy(scored, ({ item }) => nameOf(item.example))].sort().map(([source, texts]) => {
    const attacks = texts.filter(({ item }) => item.example.isAttack).map(scoreOf);
    const harmless = texts.filter(({ item }) => !item.example.isAttack).map(scoreOf);
    return {
      source,
      attacks: attacks.length,
      harmless: harmless.length,
      auc: attacks.length === 0 ? Number.NaN : auc(attacks, (harmlessIn.get(mostly(texts)) ?? []).map(scoreOf)),
      flagged: shareFrom(attacks, FLAG_SCORE),
      blocked: shareFrom(attacks, BLOCK_SCORE),
      wronglyFlagged: shareFrom(harmless, FLAG_SCORE),
      wronglyBlocked: shareFrom(harmless, BLOCK_SCORE),
    };
  });
};

const percent = (share: number): string => (Number.isNaN(share) ? '' : `${(share * 100).toFixed(1)} %`);

/** The rows as a table in markdown. */
export const tableOf = (rows: readonly SourceRow[]): string =>
  [
    '| source | attacks | flagged | blocked | AUC | harmless | flagged | blocked |',
    '|---|---|---|---|---|---|---|---|',
    ...rows.map((row) => {
      const cells = [
        row.source,
        row.attacks || '',
        percent(row.flagged),
        percent(row.blocked),
        Number.isNaN(row.auc) ? '' : row.auc.toFixed(3),
        row.harmless || '',
        percent(row.wronglyFlagged),
        percent(row.wronglyBlocked),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
