/** What is measured: redactors by the set of entities that they look for. */

import { createRedactor, MIN_IN_CONTEXT, type Redactor, type RedactorOptions } from '../../../core/redaction/index.ts';

/** A redactor, and what it is called. */
export interface EntitySet {
  readonly name: string;
  readonly redactor: Redactor;
}

/** The sets, and which of them tables are about. */
export interface EntitySets {
  readonly sets: readonly EntitySet[];
  /** Of values of each entity: recall is asked of all there are. */
  readonly vectors: EntitySet;
  /** Of secrets, and of harmless texts: what users get. */
  readonly usual: EntitySet;
}

/** `default`, `all` or names parted by commas. */
const entitiesOf = (entities: string): NonNullable<RedactorOptions['entities']> =>
  entities === 'default' || entities === 'all' ? entities : entities.split(',').map((name) => name.trim());

/**
 * The set that was asked for; or else those that are published.
 *
 * @throws TypeError for an entity that nothing finds.
 */
export const entitySets = (entities: string | undefined, minScore: number | undefined): EntitySets => {
  const setOf = (chosen: string, least: number | undefined): EntitySet => ({
    name: least === undefined ? chosen : `${chosen}, score ≥ ${least}`,
    redactor: createRedactor({ entities: entitiesOf(chosen), ...(least !== undefined && { minScore: least }) }),
  });
  if (entities !== undefined) {
    const only = setOf(entities, minScore);
    return { sets: [only], vectors: only, usual: only };
  }
  const [usual, all] = [setOf('default', minScore), setOf('all', minScore)];
  const sure = minScore === undefined ? [setOf('all', MIN_IN_CONTEXT)] : [];
  return { sets: [usual, all, ...sure], vectors: all, usual };
};
