// Checks of arguments at the public doors: what was found, what was expected, what to do.

export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return value.name ? `function ${value.name}` : "a function";
  if (typeof value !== "object" || value === null) return String(value);
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  return typeof name === "string" && name !== "" ? `an object of class ${name}` : "an object";
}

/** Text for a message. What was thrown, or stands in a result, may refuse to be turned into text. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return describe(value);
  }
}

export function checkCallback(callback: unknown, where: string): void {
  if (typeof callback === "function") return;
  throw new TypeError(`${where} expects a function to call, got ${describe(callback)}`);
}

/** Durations and clock values: finite numbers of milliseconds. */
export function checkMilliseconds(value: unknown, where: string): void {
  if (typeof value === "number" && value - value === 0) return;
  throw new TypeError(`${where} expects a finite number of milliseconds, got ${describe(value)}`);
}

/** A timeout or deadline, `null` for none. */
export function checkTimeout(value: unknown, where: string): void {
  if (value === null || (typeof value === "number" && value - value === 0)) return;
  throw new TypeError(`${where} expects a finite number of milliseconds, or null for none, got ${describe(value)}`);
}

/** Counts and sizes. */
export function checkInteger(value: unknown, what: string): void {
  if (Number.isInteger(value)) return;
  throw new TypeError(`${what} must be an integer, got ${describe(value)}`);
}
