// AsyncLocalStorage where the host has it. Asked for by the host's own registry of built-in modules: an import of
// "node:async_hooks" would keep the package out of browsers.

/** The part of AsyncLocalStorage that is used here. */
export interface Store<T> {
  getStore(): T | undefined;
  run<R, A extends unknown[]>(value: T, fn: (...args: A) => R, ...args: A): R;
}

interface AsyncHooks {
  AsyncLocalStorage: new <T>() => Store<T>;
}

interface BuiltinModules {
  getBuiltinModule?: (name: string) => AsyncHooks | undefined;
}

/** A new store, or `null` where the host has none (browsers, Node before 20.16). */
export function makeStore<T>(): Store<T> | null {
  const host = (globalThis as { process?: BuiltinModules }).process;
  const hooks = host?.getBuiltinModule?.("node:async_hooks");
  return hooks === undefined ? null : new hooks.AsyncLocalStorage<T>();
}
