/**
 * Puts an entry into a map of at most `most` entries, as the newest one: the oldest makes room for it. What a process
 * remembers of callers must not grow with their number.
 */
export const remember = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void => {
  map.delete(key);
  const oldest = map.keys().next();
  if (map.size >= most && !oldest.done) map.delete(oldest.value);
  map.set(key, value);
};

/**
 * `make`, whose last results are remembered by their key: at most `most` of them. One that is asked for again and again
 * stays only as long as no others come in its place.
 */
export const remembering = <Key, Value>(make: (key: Key) => Value, most: number): ((key: Key) => Value) => {
  const known = new Map<Key, { readonly value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: make(key) };
    if (!known.has(key)) remember(known, key, found, most);
    return found.value;
  };
};
