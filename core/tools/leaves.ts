/** The texts in a JSON value. */

/** A text in a JSON value: a string, a number in digits, or the name of a field. */
export interface Leaf {
  readonly text: string;
  readonly isName: boolean;
}

/** Every string, number and name of a field in a value, in order. Iterative: nesting cannot exhaust the stack. */
export const leavesOf = (value: unknown): readonly Leaf[] => {
  const leaves: Leaf[] = [];
  const pending: { readonly value: unknown; readonly isName: boolean }[] = [{ value, isName: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value: item, isName } = next;
    if (typeof item === 'string') leaves.push({ text: item, isName });
    else if (typeof item === 'number' || typeof item === 'bigint') leaves.push({ text: String(item), isName });
    else if (Array.isArray(item))
      for (let index = item.length - 1; index >= 0; index--) pending.push({ value: item[index], isName: false });
    else if (typeof item === 'object' && item !== null && !ArrayBuffer.isView(item))
      for (const [name, field] of Object.entries(item).reverse())
        pending.push({ value: field, isName: false }, { value: name, isName: true });
  }
  return leaves;
};
