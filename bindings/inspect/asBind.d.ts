// What is used of as-bind's loader. The build copies the loader itself next to this file's place in dist/.

/** How values of a type, named as the compiler names it, cross the boundary. */
export interface Converter {
  ascToJs(instance: AsBindInstance, value: number, type: string): unknown;
  jsToAsc(instance: AsBindInstance, value: unknown, type: string): number;
}

export interface AsBindInstance {
  /** The exported functions, with strings and arrays for pointers. */
  readonly exports: object;
  readonly loadedModule: { readonly instance: WebAssembly.Instance };
}

/** By type; the first name or pattern that matches. */
export const converters: Map<string | RegExp, Converter>;

/** Compiles and instantiates a module with an `as-bind_bindings` section. */
export function instantiateSync(bytes: BufferSource, imports: WebAssembly.Imports): AsBindInstance;
