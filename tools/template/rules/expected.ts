/** What a generator of the kit makes, held against what stands in a template, with placeholders filled in. */

import { isFields } from '../template.ts';

/** A text as it stands, in a pattern. */
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What may stand in place of a placeholder of the framework, as a pattern. */
export type Fill = (placeholder: string) => string;

/** Placeholders of the framework have a colon; those of `Fn::Sub` here have none. */
const PLACEHOLDER = /\$\{([^}]*:[^}]*)\}/;

const matchesText = (wanted: string, given: unknown, fill: Fill): boolean => {
  const parts = wanted.split(PLACEHOLDER);
  const pattern = parts.map((part, index) => (index % 2 === 0 ? escaped(part) : fill(part))).join('');
  return (typeof given !== 'object' || given === null) && new RegExp(`^${pattern}$`).test(String(given));
};

/** Paths at which a value is another than what is wanted. */
export const differences = (wanted: unknown, given: unknown, fill: Fill, path: string): readonly string[] => {
  if (Array.isArray(wanted))
    return Array.isArray(given) && given.length === wanted.length
      ? wanted.flatMap((item, index) => differences(item, given[index], fill, `${path}/${index}`))
      : [path];
  if (isFields(wanted)) {
    if (!isFields(given)) return [path];
    const names = new Set([...Object.keys(wanted), ...Object.keys(given)]);
    return [...names].flatMap((name) => differences(wanted[name], given[name], fill, `${path}/${name}`));
  }
  const isText = typeof wanted === 'string' || typeof wanted === 'number';
  const isSame = isText ? matchesText(String(wanted), given, fill) : String(wanted) === String(given);
  return isSame ? [] : [path];
};
