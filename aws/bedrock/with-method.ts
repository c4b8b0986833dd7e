/** `target` with one method replaced. The original is left as it is: others may share it. */
export const withMethod = <Target extends object>(
  target: Target,
  name: string,
  method: (...args: never[]) => unknown,
): Target =>
  new Proxy(target, {
    get(original, property) {
      if (property === name) return method;
      const value: unknown = Reflect.get(original, property, original);
      return typeof value === 'function' ? value.bind(original) : value;
    },
  });
