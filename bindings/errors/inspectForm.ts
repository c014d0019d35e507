const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Node's console shows an object of the class by its toString(), instead of by its fields. */
export function showAsText(shown: { readonly prototype: object } & (abstract new (...args: never[]) => object)): void {
  Object.defineProperty(shown.prototype, INSPECT, {
    configurable: true,
    value(this: object): string {
      return String(this);
    },
  });
}
