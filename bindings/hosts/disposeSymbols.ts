// `using` and `await using` look their method up under these symbols; a host that lacks them gets them here, under the
// same properties that compilers and other polyfills look at. Classes take them from this file, never from `Symbol`
// itself: on such a host the class would otherwise get a method named "undefined".

function define(name: "dispose" | "asyncDispose"): symbol {
  if (Symbol[name] === undefined) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  return Symbol[name];
}

// The type of the platform's own symbols, not only as it were a symbol: a method named by it makes a class a Disposable.
export const dispose: typeof Symbol.dispose = define("dispose") as typeof Symbol.dispose;
export const asyncDispose: typeof Symbol.asyncDispose = define("asyncDispose") as typeof Symbol.asyncDispose;
