import { describe } from "../../errors/checks.js";

/** TypeError unless `data` is bytes. */
export function checkBytes(data: unknown, where: string): asserts data is Uint8Array {
  if (data instanceof Uint8Array) return;
  const hint = typeof data === "string" ? "; encode it first: new TextEncoder().encode(text)" : "";
  throw new TypeError(`${where} expects bytes, a Uint8Array, got ${describe(data)}${hint}`);
}
