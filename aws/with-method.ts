/** `target` with one method replaced. The original is left as it is: others may share it. */
export const withMethod = <Target extends object>(
  target: Target,
  name: string,
  method: (...args: never[]) => unknown,
): Target => {
  /** Methods are looked up at every call, and bound once. */
  const bound = new WeakMap<object, unknown>();
  return new Proxy(target, {
    get(original, property) {
      if (property === name) return method;
      const value: unknown = Reflect.get(original, property, original);
      if (typeof value !== 'function') return value;
      const known = bound.get(value) ?? value.bind(original);
      bound.set(value, known);
      return known;
    },
  });
};
