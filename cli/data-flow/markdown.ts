/** Markdown of a document that is generated. */

/** A cell that stays in its table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table; nothing where there are no rows. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** A name as it is written in code. */
export const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

/** Names as code, in a row. */
export const codes = (names: readonly string[]): string => names.map(code).join(', ');
