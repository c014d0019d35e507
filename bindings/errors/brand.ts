// Every error class of the package carries a name, a code and a mark under Symbol.for, so that `instanceof` also holds
// for an error made by another copy of the package in the same program.
type ErrorClass = abstract new (...args: never[]) => Error;

/** `TimeoutError` becomes `WASYNCIO_TIMEOUT_ERROR`. */
function codeOf(name: string): string {
  return `WASYNCIO_${name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase()}`;
}

export function brand(errorClass: ErrorClass, name: string, code: string = codeOf(name)): void {
  const mark = Symbol.for(`wasyncio.${name}`);
  const constant = (value: unknown): PropertyDescriptor => ({ value, configurable: true, writable: true });
  Object.defineProperties(errorClass.prototype, {
    name: constant(name),
    code: constant(code),
    [mark]: constant(true),
  });
  Object.defineProperty(errorClass, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      // A subclass inherits this method; it asks for itself, not for the branded class.
      if (this !== errorClass) return Function.prototype[Symbol.hasInstance].call(this as ErrorClass, value);
      return typeof value === "object" && value !== null && mark in value;
    },
  });
}
