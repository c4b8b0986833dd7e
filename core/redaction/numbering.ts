/** Which placeholder stands for which value: `[EMAIL_ADDRESS_1]`, the same one for the same value. */

/** Hands out placeholders. */
export type Numbering = (entity: string, value: string) => string;

/** Most distinct values that are told apart; later ones share `[ENTITY]`, so that memory stays bounded. */
export const MAX_NUMBERED = 10_000;

/** Spellings of one value count as one. */
const spelledAlike = (value: string): string => value.replaceAll(/[ -]/g, '').toLowerCase();

/** A numbering that starts at 1 for every entity. It knows the values for as long as it lives. */
export const createNumbering = (): Numbering => {
  const placeholders = new Map<string, string>();
  const counts = new Map<string, number>();
  return (entity, value) => {
    const key = `${entity}\u0000${spelledAlike(value)}`;
    const known = placeholders.get(key);
    if (known !== undefined) return known;
    if (placeholders.size >= MAX_NUMBERED) return `[${entity}]`;
    const number = (counts.get(entity) ?? 0) + 1;
    counts.set(entity, number);
    const placeholder = `[${entity}_${number}]`;
    placeholders.set(key, placeholder);
    return placeholder;
  };
};
