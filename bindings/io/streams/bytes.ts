// Bytes as this package takes and gives them: Uint8Array.
import { describe } from "../../errors/checks.js";

/** TypeError unless `value` is a Uint8Array, of whichever realm. */
export function checkBytes(value: unknown, where: string): asserts value is Uint8Array {
  if (value instanceof Uint8Array || Object.prototype.toString.call(value) === "[object Uint8Array]") return;
  const hint = typeof value === "string" ? "; make bytes of text with new TextEncoder().encode(text)" : "";
  throw new TypeError(`${where} expects bytes, a Uint8Array, got ${describe(value)}${hint}`);
}

export function joinBytes(blocks: readonly Uint8Array[]): Uint8Array {
  if (blocks.length === 1) return blocks[0]!;
  let length = 0;
  for (const block of blocks) length += block.length;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const block of blocks) {
    joined.set(block, at);
    at += block.length;
  }
  return joined;
}
