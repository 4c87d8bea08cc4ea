// The three functions of the metadata proposal that @peculiar/x509 asks for before it can be loaded.

interface ReflectWithMetadata {
  defineMetadata?: (key: unknown, value: unknown, target: object) => void;
  getMetadata?: (key: unknown, target: object) => unknown;
  getOwnMetadata?: (key: unknown, target: object) => unknown;
}

/** Adds the functions to `Reflect`, unless someone did already. */
export function provideReflectMetadata(): void {
  const reflect = Reflect as typeof Reflect & ReflectWithMetadata;
  if (reflect.getMetadata !== undefined) return;
  const kept = new WeakMap<object, Map<unknown, unknown>>();
  reflect.defineMetadata = (key, value, target) => {
    const own = kept.get(target) ?? new Map<unknown, unknown>();
    kept.set(target, own.set(key, value));
  };
  reflect.getOwnMetadata = (key, target) => kept.get(target)?.get(key);
  reflect.getMetadata = (key, target) => {
    for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      if (kept.get(at)?.has(key) === true) return kept.get(at)?.get(key);
    }
    return undefined;
  };
}
