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
